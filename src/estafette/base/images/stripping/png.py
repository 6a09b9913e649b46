"""PNG (W3C, third edition), animated ones too: chunks with a length, a name and a checksum."""

from typing import Final
from zlib import crc32

from estafette.base.images.stripping.errors import NotAPicture
from estafette.base.images.stripping.orientation import only_orientation

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEAD, _EXIF, _END = b"IHDR", b"eXIf", b"IEND"
# Pixels, palette, colours and size; animation. No text, no time, nothing of somebody's own.
_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs acTL fcTL fdAT".split()
)
_AROUND: Final = 12  # bytes of length, name and checksum


def stripped(data: bytes) -> bytes:
    """Without EXIF, XMP, texts and times, and without what follows the end."""
    if not data.startswith(_SIGNATURE) or data[12:16] != _HEAD:
        raise NotAPicture
    kept = [_SIGNATURE]
    at = len(_SIGNATURE)
    while at < len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + _AROUND + size
        if name == _EXIF and end <= len(data):
            turn = only_orientation(data[at + 8 : end - 4])
            if turn is not None:
                kept.append(_chunk(_EXIF, turn))
        elif name in _KEPT:
            kept.append(data[at:end])
        if name == _END:
            break
        at = end
    return b"".join(kept)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + crc32(name + body).to_bytes(4, "big")
