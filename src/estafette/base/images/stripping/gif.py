"""GIF (89a): blocks of data in pieces of at most 255 bytes."""

from typing import Final

from estafette.base.images.stripping.errors import NotAPicture

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_TIMING, _APPLICATION = 0xF9, 0xFF
# How often an animation runs, and what its colours mean.
_APPLICATIONS: Final = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
_HEAD: Final = 13  # bytes of signature and screen
_IMAGE_HEAD: Final = 10


def stripped(data: bytes) -> bytes:
    """Without comments, XMP and other extensions, and without what follows the end."""
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < _HEAD:
        raise NotAPicture
    at = _HEAD + _colours(data[10])
    kept = [data[:at]]
    images = 0
    while at < len(data):
        kind = data[at]
        if kind == _IMAGE:
            flags = data[at + 9] if at + 9 < len(data) else 0
            end = _after_pieces(data, at + _IMAGE_HEAD + _colours(flags) + 1)
            kept.append(data[at:end])
            images += 1
        elif kind == _EXTENSION:
            end = _after_pieces(data, at + 2)
            if _is_kept(data[at + 1 : at + 14]):
                kept.append(data[at:end])
        elif kind == _END:
            kept.append(data[at : at + 1])
            break
        elif images:
            break  # Nonsense behind the pictures.
        else:
            raise NotAPicture
        at = end
    return b"".join(kept)


def _is_kept(extension: bytes) -> bool:
    kind = extension[:1]
    return kind == bytes((_TIMING,)) or (kind == bytes((_APPLICATION,)) and extension[2:13] in _APPLICATIONS)


def _colours(flags: int) -> int:
    """Bytes of a table of colours."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_pieces(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1
