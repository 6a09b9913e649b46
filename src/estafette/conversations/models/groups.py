"""Groups and channels: who is in them, and what is given about them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card

MemberRole = Literal["owner", "moderator", "member", "reader"]

Level = Literal["all", "mentions", "nothing"]
"""Of which messages of a group or channel a member wants to be notified."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Who is in a group or channel, and as what; who was deactivated cannot sign in any more."""

    person: Card
    role: MemberRole
    joined_at: datetime
    deactivated: bool


class NewGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group or channel to open; an open channel is found and joined by all of the organisation."""

    kind: Literal["group", "channel"]
    name: str
    purpose: str = ""
    is_open: bool = False


class GroupChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be different about a group or channel."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    purpose: str | msgspec.UnsetType = msgspec.UNSET
    is_open: bool | msgspec.UnsetType = msgspec.UNSET


class OpenChannel(msgspec.Struct, frozen=True, kw_only=True):
    """A channel that anybody of the organisation may read and join."""

    id: UUID
    name: str
    purpose: str
    members: int
    joined: bool
