"""What fits into a text message: the GSM 7-bit alphabet, UCS-2, and where a long text is cut.

The alphabet and its extension table are those of 3GPP TS 23.038 (GSM 03.38), the room that is left beside the header
of a long message is that of TS 23.040. Many letters of Portuguese and French (á â ã ç ê í ó ô õ ú) are not in the
alphabet: one of them is enough to make a text of 150 characters three segments long.
"""

from typing import Final

import msgspec

from estafette.deliveries.models.deliveries import Encoding

# In the order of their codes, 0x00 to 0x7F; 0x1B is no character, it leads to the extension table.
_ALPHABET: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPE: Final = "\x1b"
_EXTENSION: Final = {
    "\f": 0x0A,
    "^": 0x14,
    "{": 0x28,
    "}": 0x29,
    "\\": 0x2F,
    "[": 0x3C,
    "~": 0x3D,
    "]": 0x3E,
    "|": 0x40,
    "€": 0x65,
}
_GSM7: Final = frozenset(_ALPHABET) - {_ESCAPE} | _EXTENSION.keys()
_SEPTETS: Final = str.maketrans(
    {letter: chr(code) for code, letter in enumerate(_ALPHABET) if letter != _ESCAPE}
    | {letter: _ESCAPE + chr(code) for letter, code in _EXTENSION.items()}
)
_LETTERS: Final = dict(enumerate(_ALPHABET))
_EXTENDED: Final = {code: letter for letter, code in _EXTENSION.items()}
# Septets or UTF-16 units of a message alone.
_ALONE: Final[dict[Encoding, int]] = {"gsm7": 160, "ucs2": 70}


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """How much room a text takes."""

    encoding: Encoding
    segments: int
    characters: int  # septets, of which those of the extension table take two, or UTF-16 units
    left: int  # how many of them still fit into the last segment


def encoding_of(text: str) -> Encoding:
    """The shortest encoding that holds every character of a text."""
    return "gsm7" if _GSM7.issuperset(text) else "ucs2"


def outside_gsm7(text: str) -> tuple[str, ...]:
    """The characters that keep a text from being GSM 7-bit, each once, in the order of their first use."""
    return tuple(letter for letter in dict.fromkeys(text) if letter not in _GSM7)


def count_segments(text: str) -> int:
    """How many messages a gateway counts for a text; an empty one is a message, too."""
    encoding = encoding_of(text)
    return 1 if _size(text, encoding) <= _ALONE[encoding] else len(segments(text))


def extent(text: str) -> Extent:
    """The segments of a text and what is left in the last of them."""
    encoding = encoding_of(text)
    parts = segments(text)
    limit = _ALONE[encoding] if len(parts) == 1 else _limit(encoding, 6)
    size = _size(text, encoding)
    return Extent(encoding=encoding, segments=len(parts), characters=size, left=limit - _size(parts[-1], encoding))


def segments(text: str, header: int = 6) -> list[str]:
    """A text cut so that each part fits; neither an extension character nor a surrogate pair is cut in two.

    `header` is how many octets the header of a long message takes: 6, or 7 with a reference of 16 bits.
    """
    encoding = encoding_of(text)
    if _size(text, encoding) <= _ALONE[encoding]:
        return [text]
    limit = _limit(encoding, header)
    parts: list[str] = []
    start = taken = 0
    for index, letter in enumerate(text):
        size = _size(letter, encoding)
        if taken + size > limit:
            parts.append(text[start:index])
            start, taken = index, 0
        taken += size
    return [*parts, text[start:]]


def encoded(text: str, encoding: Encoding) -> bytes:
    """A text as octets, a septet in each for GSM 7-bit; raises ValueError when that alphabet has not all of it."""
    if encoding == "ucs2":
        return text.encode("utf-16-be", "replace")
    if not _GSM7.issuperset(text):
        raise ValueError("not in the GSM 7-bit alphabet")
    return text.translate(_SEPTETS).encode("ascii")


def decoded(octets: bytes) -> str:
    """The text of octets with a septet in each; one with its eighth bit set is a letter of Latin-1, as gateways do."""
    letters: list[str] = []
    escaped = False
    for octet in octets:
        if octet == ord(_ESCAPE) and not escaped:
            escaped = True
            continue
        # A code that the extension table does not have is shown as that of the alphabet.
        letter = _EXTENDED.get(octet) if escaped else None
        letters.append(letter or _LETTERS.get(octet) or chr(octet))
        escaped = False
    return "".join(letters)


def _limit(encoding: Encoding, header: int) -> int:
    return (140 - header) * 8 // 7 if encoding == "gsm7" else (140 - header) // 2


def _size(text: str, encoding: Encoding) -> int:
    if encoding == "ucs2":
        return len(text) + sum(letter > "\uffff" for letter in text)
    return len(text) + sum(map(text.count, _EXTENSION))
