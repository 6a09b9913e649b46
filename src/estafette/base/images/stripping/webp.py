"""WebP (RFC 9649): chunks in a RIFF container, animated ones with chunks inside their frames."""

from collections.abc import Iterator
from typing import Final

from estafette.base.images.stripping.errors import NotAPicture
from estafette.base.images.stripping.orientation import only_orientation

_FLAGS, _EXIF, _FRAME = b"VP8X", b"EXIF", b"ANMF"
_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM"})
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_FRAME_HEAD: Final = 16  # bytes: place, size, duration
_MOST_FLAGS: Final = 10  # bytes of VP8X that have a meaning


def stripped(data: bytes) -> bytes:
    """Without EXIF, XMP and unknown chunks, and without what follows the end."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise NotAPicture
    kept: list[bytes] = []
    turn: bytes | None = None
    for name, body in _chunks(data[: 8 + int.from_bytes(data[4:8], "little")], 12):
        if name == _EXIF:
            # Some write the mark of JPEG in front of it.
            turn = turn or only_orientation(body.removeprefix(b"Exif\0\0"))
        elif name == _FRAME:
            parts = [_chunk(*each) for each in _chunks(body, _FRAME_HEAD) if each[0] in _KEPT]
            kept.append(_chunk(_FRAME, body[:_FRAME_HEAD] + b"".join(parts)))
        elif name in _KEPT:
            kept.append(_chunk(name, body))
        elif name == _FLAGS and body:
            kept.append(_chunk(name, bytes((body[0] & ~(_HAS_EXIF | _HAS_XMP),)) + body[1:_MOST_FLAGS]))
    if turn is not None and kept and kept[0].startswith(_FLAGS):
        kept[0] = kept[0][:8] + bytes((kept[0][8] | _HAS_EXIF,)) + kept[0][9:]
        kept.append(_chunk(_EXIF, turn))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
