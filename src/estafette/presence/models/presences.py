"""Who is there: as colleagues see it, as one sees oneself, and what one hands in."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

ChosenStatus = Literal["available", "away", "do_not_disturb"]
Status = Literal["available", "away", "do_not_disturb", "offline"]
Moment = Annotated[datetime, Meta(tz=True)]


class CustomStatus(Struct, frozen=True, kw_only=True):
    """What somebody says of themselves, until a time or for good; one of emoji and text may be empty."""

    emoji: str
    text: str
    until: datetime | None = None


class Presence(Struct, frozen=True, kw_only=True):
    """Whether somebody is there; `until` is the end of a status that was set by hand.

    `last_seen_at` is told of who is not connected and does not hide it.
    """

    id: UUID
    status: Status
    until: datetime | None = None
    last_seen_at: datetime | None = None
    custom: CustomStatus | None = None


class Presences(Struct, frozen=True, kw_only=True):
    """Who of some people is there."""

    items: list[Presence]
    next: str | None = None


class OwnPresence(Struct, frozen=True, kw_only=True):
    """One's own presence as colleagues see it, and what of it was set by hand."""

    id: UUID
    status: Status
    chosen: ChosenStatus | None
    until: datetime | None
    custom: CustomStatus | None
    last_seen_hidden: bool


class StatusPut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A status by hand, until a time or for good; none: what is known of one's connections."""

    status: ChosenStatus | None
    until: Moment | None = None


class CustomStatusPut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one says of oneself: an emoji, a text, or both, until a time or for good."""

    emoji: str = ""
    text: str = ""
    until: Moment | None = None


class LastSeenPut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether colleagues are told when one was last connected."""

    hidden: bool


class PresenceRow(Struct, frozen=True, kw_only=True):
    """What is stored of somebody; `is_active` is None for who is not connected. What has an end may be past it."""

    person_id: UUID
    status: ChosenStatus | None = None
    status_until: datetime | None = None
    emoji: str | None = None
    custom_text: str | None = None
    custom_until: datetime | None = None
    last_seen_at: datetime | None = None
    last_seen_hidden: bool = False
    is_active: bool | None = None
