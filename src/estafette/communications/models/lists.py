"""Clients that were named one by one."""

from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

IDS_IN_A_BODY: Final = 100_000
"""Clients that a request may name by their ids; longer lists are uploaded."""
LINES: Final = 1_000_000
UNKNOWN_TOLD: Final = 1_000
UNKNOWN_TOLD_WHOLE: Final = 10_000
"""So many unknown ids are all told; of more the first 1,000 and how many there are."""


class ClientList(Struct, frozen=True, kw_only=True):
    """A list that was uploaded; clients that were erased are no longer on it."""

    id: UUID
    name: str
    clients: int
    created_at: datetime


class ClientLists(Struct, frozen=True, kw_only=True):
    """Lists, newest first; `next` is the cursor of the page after it."""

    items: list[ClientList]
    next: str | None = None


class UploadedList(ClientList, frozen=True, kw_only=True):
    """A new list, and what in the file names nobody of the register: the first 1,000 of these, and how many."""

    unknown: list[str]
    unknown_count: int


class Named(Struct, frozen=True):
    """What a line says, as that by which a client could be known; at least one of them is given."""

    line: str
    id: UUID | None = None
    external_id: str | None = None
    email_key: str | None = None
    phone: str | None = None
