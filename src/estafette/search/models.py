"""What can be searched and what was found."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be found: `audience` are the parties who may find it, `version` grows with each change of it."""

    id: UUID
    kind: str
    container_id: UUID
    audience: list[UUID]
    version: int
    text: str
    at: datetime


class Hit(msgspec.Struct, frozen=True):
    """A document that was found, the container it belongs to, and its time."""

    id: UUID
    container_id: UUID
    at: datetime


class Forgotten(msgspec.Struct, frozen=True):
    """A document that is gone since `version`: no older version can bring it back."""

    id: UUID
    version: int


class Forms(msgspec.Struct, frozen=True):
    """The stems of a word over the four languages; `is_stop` when one of them counts it as too common to matter."""

    stems: frozenset[str]
    is_stop: bool


AS_WRITTEN: Final = Forms(frozenset(), is_stop=False)
"""A word without other forms."""
