"""How the camera was held: the one entry of EXIF that is kept, for without it a photo lies on its side."""

from typing import Final

_TAG: Final = 0x0112
_SHORT: Final = 3
_UPRIGHT: Final = 1
_ENTRY: Final = 12
_MOST_ENTRIES: Final = 512


def only_orientation(tiff: bytes) -> bytes | None:
    """An EXIF block (TIFF 6.0) with nothing but the orientation of another; None when that is upright or unknown."""
    found = _orientation(tiff)
    if found is None or not _UPRIGHT < found <= 8:
        return None
    entry = _TAG.to_bytes(2, "big") + _SHORT.to_bytes(2, "big") + (1).to_bytes(4, "big") + bytes((0, found, 0, 0))
    return b"MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"


def _orientation(tiff: bytes) -> int | None:
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order not in ("little", "big"):
        return None

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    first = number(4, 4)
    for index in range(min(number(first, 2), _MOST_ENTRIES)):
        at = first + 2 + index * _ENTRY
        if number(at, 2) == _TAG and number(at + 2, 2) == _SHORT:
            return number(at + 8, 2)
    return None
