"""HEIC and AVIF (ISO/IEC 23008-12, 14496-12): boxes whose items are found by their places in the file.

Nothing may move, so private items are written over where they stand. How a picture is to be turned is told by a
property of its own here, not by EXIF.
"""

from collections.abc import Iterator
from typing import Final

from estafette.base.images.stripping.errors import NotAPicture

_NOTHING: Final = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
"""An EXIF item without an entry."""
_PRIVATE_ITEMS: Final = frozenset({b"Exif", b"mime", b"uri "})
# Boxes in which programs keep what is their own.
_PRIVATE_BOXES: Final = frozenset({b"uuid", b"free", b"skip", b"udta"})
_INSIDE: Final = frozenset({b"moov", b"trak"})
_MOST_ITEMS: Final = 100_000

Box = tuple[bytes, int, int]
"""Its name, where its body begins, and where it ends."""


def stripped(data: bytes) -> bytes:
    """With EXIF, XMP and boxes of single programs overwritten."""
    target = bytearray(data)
    try:
        boxes = list(_boxes(data, 0, len(data)))
        if not boxes or boxes[0][0] != b"ftyp":
            raise NotAPicture
        for start, end in [*_private_boxes(data, boxes), *_private_items(data, boxes)]:
            _overwrite(target, start, min(end, len(target)))
    except (IndexError, KeyError) as error:
        raise NotAPicture from error
    return bytes(target)


def _overwrite(target: bytearray, start: int, end: int) -> None:
    size = max(0, end - start)
    target[start : start + size] = (_NOTHING if size >= len(_NOTHING) else b"").ljust(size, b"\0")


def _private_boxes(data: bytes, boxes: list[Box]) -> Iterator[tuple[int, int]]:
    for name, start, end in boxes:
        if name in _PRIVATE_BOXES:
            yield start, end
        elif name in _INSIDE:
            yield from _private_boxes(data, list(_boxes(data, start, end)))


def _private_items(data: bytes, boxes: list[Box]) -> Iterator[tuple[int, int]]:
    for name, start, end in boxes:
        if name == b"meta":
            inside = {each[0]: each for each in _boxes(data, start + 4, end)}
            if b"iinf" in inside and b"iloc" in inside:
                private = set(_named(data, inside[b"iinf"]))
                own_data = inside.get(b"idat", (b"", 0, 0))[1]
                yield from ((a, b) for item, a, b in _places(data, inside[b"iloc"], own_data) if item in private)


def _named(data: bytes, box: Box) -> Iterator[int]:
    """The numbers of the items of a private kind (ItemInfoBox)."""
    _, start, end = box
    for name, at, _ in _boxes(data, start + (6 if data[start] == 0 else 8), end):
        version = data[at]
        if name == b"infe" and version >= 2:
            wide = 2 if version == 2 else 4
            if data[at + 6 + wide : at + 10 + wide] in _PRIVATE_ITEMS:
                yield _number(data, at + 4, wide)


def _places(data: bytes, box: Box, own_data: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each piece of each item (ItemLocationBox)."""
    _, at, _ = box
    version = data[at]
    offset_size, length_size = data[at + 4] >> 4, data[at + 4] & 15
    base_size, index_size = data[at + 5] >> 4, data[at + 5] & 15 if version else 0
    wide = 4 if version == 2 else 2
    count = _number(data, at + 6, wide)
    at += 6 + wide
    for _ in range(min(count, _MOST_ITEMS)):
        item = _number(data, at, wide)
        at += wide
        inside = version > 0 and data[at + 1] & 15 == 1
        at += 4 if version else 2
        base = _number(data, at, base_size) + (own_data if inside else 0)
        pieces = _number(data, at + base_size, 2)
        at += base_size + 2
        for _ in range(min(pieces, _MOST_ITEMS)):
            at += index_size
            start = base + _number(data, at, offset_size)
            length = _number(data, at + offset_size, length_size)
            at += offset_size + length_size
            if at > len(data):
                raise NotAPicture
            yield item, start, start + length if length else len(data)


def _boxes(data: bytes, at: int, end: int) -> Iterator[Box]:
    while at + 8 <= end:
        size, head = _number(data, at, 4), 8
        if size == 1:
            size, head = _number(data, at + 8, 8), 16
        elif size == 0:
            size = end - at
        if size < head:
            raise NotAPicture
        yield data[at + 4 : at + 8], at + head, min(at + size, end)
        at += size


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")
