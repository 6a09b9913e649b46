"""Chats with who is in them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """A direct chat, group or channel as one person sees it: `others` are who is in it beside its owner.

    A direct chat has the name of the other person, belongs to whoever looks, and is archived when they put it away.
    """

    id: UUID
    kind: Literal["direct", "group", "channel"]
    name: str
    owner_id: UUID | None
    others: list[UUID]
    archived: bool
    unread: int
    last_message_at: datetime | None
