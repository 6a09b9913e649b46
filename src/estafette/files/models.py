"""What is known of an uploaded file."""

from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from estafette.base.images.widths import WIDTHS


class File(msgspec.Struct, frozen=True, kw_only=True):
    """An uploaded file as people see it; `size` in bytes, `width` and `height` in pixels for images that decode."""

    id: UUID
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    has_thumbnail: bool = False


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A file with what only this capability needs: its owner, where its bytes lie, and when it was taken into use."""

    file: File
    owner_id: UUID
    sha256: bytes
    """Of what came; of a picture that was stripped, not of what is kept."""
    content_id: UUID
    claimed_at: datetime | None
    copy_widths: list[int]
    """For which widths there are copies; none until they are made."""

    def copy_for(self, width: int) -> int | None:
        """The smallest copy that is as wide, else the widest; None where there are none."""
        made = [each for each in self.copy_widths if each in WIDTHS]
        return min((each for each in made if each >= width), default=max(made, default=None))


Reach = Literal["everyone", "asker"]
"""For whom a file is, of whose fetching was asked: for everyone, signed in or not, or for this asker among others."""


class Swept(msgspec.Struct, frozen=True):
    """What a sweep did: how many old uploads it `abandoned`, how many files in all it `removed`, bytes and rows."""

    abandoned: int
    removed: int


class Part(NamedTuple):
    """Bytes of an upload that lie in a content of their own; `place` is the offset of the first of them."""

    content_id: UUID
    place: int
    size: int


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """What is uploaded in parts: `received` of `size` bytes are safe; `file_id` once it became a file."""

    id: UUID
    name: str
    size: int
    received: int
    expires_at: datetime
    created_at: datetime
    file_id: UUID | None = None


class OwnFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file and when its owner uploaded it."""

    file: File
    at: datetime


class OwnFiles(msgspec.Struct, frozen=True, kw_only=True):
    """A page of an owner's files; `files` and `bytes` count all of them, `next` is null at the end."""

    items: list[OwnFile]
    next: str | None
    files: int
    bytes: int
