"""The text of office documents: archives of XML, as Office Open XML and OpenDocument pack them."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from estafette.base.text_extraction.limits import MAX_MEMBERS, MAX_UNPACKED_BYTES
from estafette.base.text_extraction.refusals import NoText
from estafette.base.text_extraction.xml_texts import CELLS, SHEETS, WORDS, Words, XmlText

_PIECE_BYTES: Final = 64 * 1024
_ENCRYPTED: Final = 0x1
# The others unpack with as much memory as the archive asks for.
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_MANIFEST: Final = "META-INF/manifest.xml"
_READ: Final[tuple[tuple[re.Pattern[str], Words], ...]] = (
    (re.compile(r"word/(document|footnotes|endnotes|header\d+|footer\d+)\.xml"), WORDS),
    (re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml"), WORDS),
    (re.compile(r"xl/workbook\.xml"), SHEETS),
    (re.compile(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml"), CELLS),
    (re.compile(r"content\.xml"), WORDS),
)
"""Which members hold text, and what of them it is."""


def archive_texts(content: bytes) -> Iterator[str]:
    """The text of an office document, in pieces; raises NoText for what is encrypted, broken or unfolds too far."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found = _members(archive)
            if not found:
                raise NoText("no_text")
            if any(member.flag_bits & _ENCRYPTED for member, _ in found) or _is_sealed(archive):
                raise NoText("encrypted")
            budget = MAX_UNPACKED_BYTES
            for member, words in found:
                reader = XmlText(words)
                for piece in _pieces(archive, member):
                    budget -= len(piece)
                    if budget < 0:
                        raise NoText("too_costly")
                    yield reader.feed(piece)
                yield reader.close()
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OverflowError) as error:
        raise NoText("broken") from error


def _members(archive: zipfile.ZipFile) -> list[tuple[zipfile.ZipInfo, Words]]:
    """Those that hold text, in the order in which people read them."""
    found = [
        (member, words)
        for member in archive.infolist()[:MAX_MEMBERS]
        for name, words in _READ
        if name.fullmatch(member.filename) and member.compress_type in _METHODS
    ]
    return sorted(found, key=lambda each: [int(part) if part.isdigit() else -1 for part in _parts(each[0].filename)])


def _parts(name: str) -> list[str]:
    return re.split(r"(\d+)", name)


def _is_sealed(archive: zipfile.ZipFile) -> bool:
    """Whether it is an OpenDocument with a password: its members look like any other, and are none."""
    if _MANIFEST not in archive.namelist():
        return False
    with archive.open(_MANIFEST) as manifest:
        return b"encryption-data" in manifest.read(_PIECE_BYTES)


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as source:
        while piece := source.read(_PIECE_BYTES):
            yield piece
