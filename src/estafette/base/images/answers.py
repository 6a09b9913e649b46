"""What the process that decodes answers: the content to keep, then the picture, each after its length.

Asked for copies, it answers with them alone.
"""

import struct
from typing import BinaryIO, Final, NamedTuple

_LENGTH: Final = struct.Struct(">Q")
_PICTURE: Final = struct.Struct(">II")
_COPY: Final = struct.Struct(">HQ")


class Picture(NamedTuple):
    """An image that decoded: its size in pixels as seen, and its small copy as WebP without any metadata."""

    width: int
    height: int
    thumbnail: bytes


class Copy(NamedTuple):
    """A scaled copy of an image: the name of its width, and its bytes without any metadata."""

    width: int
    content: bytes


def write_copy(target: BinaryIO, copy: Copy) -> None:
    """Writes a copy; as many as there are follow each other."""
    target.write(_COPY.pack(copy.width, len(copy.content)) + copy.content)
    target.flush()


def read_copies(answer: bytes) -> list[Copy]:
    """The copies that were written whole."""
    found: list[Copy] = []
    while len(answer) >= _COPY.size:
        width, length = _COPY.unpack_from(answer)
        content, answer = answer[_COPY.size : _COPY.size + length], answer[_COPY.size + length :]
        if len(content) == length:
            found.append(Copy(width, content))
    return found


def write_content(target: BinaryIO, content: bytes) -> None:
    """Writes the stripped content."""
    target.write(_LENGTH.pack(len(content)))
    target.write(content)
    target.flush()


def write_picture(target: BinaryIO, picture: Picture | None) -> None:
    """Writes what decoding gave; nothing for what does not decode."""
    if picture is not None:
        target.write(_PICTURE.pack(picture.width, picture.height) + picture.thumbnail)


def read(answer: bytes) -> tuple[bytes, Picture | None] | None:
    """Content and picture; None when the process ended before it said what to keep."""
    start = _LENGTH.size
    if len(answer) < start:
        return None
    end = start + _LENGTH.unpack_from(answer)[0]
    if len(answer) < end:
        return None
    rest = answer[end:]
    if len(rest) <= _PICTURE.size:
        return answer[start:end], None
    width, height = _PICTURE.unpack_from(rest)
    return answer[start:end], Picture(width, height, rest[_PICTURE.size :])
