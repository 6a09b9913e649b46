"""Lists that come page by page."""

from base64 import urlsafe_b64encode
from typing import Generic, TypeVar
from uuid import UUID

import msgspec

Item = TypeVar("Item")


class Page(msgspec.Struct, Generic[Item], frozen=True, kw_only=True):
    """A part of a list, and the cursor with which the next part is asked for; none at the end."""

    items: list[Item]
    next: str | None = None


class Place(msgspec.Struct, frozen=True, array_like=True):
    """The last row of a page: its sort key and id."""

    key: str
    id: UUID

    def cursor(self) -> str:
        """The place as clients carry it, to be understood by nobody else."""
        return urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")
