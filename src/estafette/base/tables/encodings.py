"""The encoding of a text that some program has saved, and what separates its cells."""

import codecs
import itertools
import re
from collections.abc import Callable, Iterable
from typing import Final

SEPARATORS: Final = ",;\t|"
# Cyrillic of the older Windows: whole words of letters that Western Europe puts one by one among the others.
_CYRILLIC: Final = re.compile(rb"[\xc0-\xff]{4}")
_CODECS: Final = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
    "Windows-1251": "cp1251",
    "Windows-1252": "cp1252",
}
_HEAD: Final = 4_096


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a small file, and its encoding."""
    encoding = encoding_of([content])
    return content.decode(codec(encoding), "replace"), encoding


def codec(encoding: str) -> str:
    """What Python calls an encoding that `encoding_of` has found."""
    return _CODECS[encoding]


def encoding_of(pieces: Iterable[bytes]) -> str:
    """The encoding of a text in pieces: UTF-8, UTF-16 with its mark or without, or what Windows used before."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    more = faults = 0
    cyrillic = False
    for number, piece in enumerate(itertools.chain(pieces, [b""])):
        if number == 0 and (wide := _wide(piece)):
            return wide
        text = decoder.decode(piece, final=not piece)
        # Bytes beyond one for each character: with those of its letters UTF-8 goes on as no other encoding does.
        more += len(piece) - len(text)
        faults += text.count("\ufffd")
        # It is looked at to the end: a Cyrillic name may be far below a Latin head.
        cyrillic = cyrillic or _CYRILLIC.search(piece) is not None
    # A broken letter or two among many that are whole make no other encoding of it.
    if not faults or more > faults:
        return "UTF-8"
    return "Windows-1251" if cyrillic else "Windows-1252"


def separator_of(line: str, score: Callable[[str], bool] | None = None) -> str:
    """What separates the cells of a head line: what parts the most cells for which `score` is true, else the most."""

    def parted(separator: str) -> tuple[int, int]:
        cells = line.split(separator)
        return sum(map(score, cells)) if score else 0, len(cells)

    return max(SEPARATORS, key=parted)


def _wide(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    some = head[:_HEAD]
    # Without a mark: of Latin text every other byte is zero.
    for start, name in ((1, "UTF-16LE"), (0, "UTF-16BE")):
        if len(some) >= 8 and some[start::2].count(0) > len(some) * 0.3 and not some[1 - start :: 2].count(0):
            return name
    return None
