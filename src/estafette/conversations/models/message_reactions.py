"""Emoji with which people react to messages."""

from datetime import datetime
from uuid import UUID

import msgspec

from estafette.accounts import Card


class Reaction(msgspec.Struct, frozen=True, kw_only=True):
    """An emoji under a message, of whom, and how many: `people` are the first 5, in the order in which they came.

    `since` is the number of the change with which it appeared; reactions stand in this order. `mine` says whether the
    person who asks is among them; live frames, which are the same for all, do not say it.
    """

    emoji: str
    count: int
    since: int
    people: list[Card]
    mine: bool | msgspec.UnsetType = msgspec.UNSET


class ReactionStep(msgspec.Struct, frozen=True, kw_only=True):
    """What a change did to one emoji under a message, as it is now; a `count` of 0: it is there no more."""

    message_id: UUID
    ordinal: int
    emoji: str
    count: int
    since: int
    people: list[Card]


class Reactor(msgspec.Struct, frozen=True, kw_only=True):
    """Who reacted with what, and when."""

    person: Card
    emoji: str
    at: datetime


class Reactors(msgspec.Struct, frozen=True, kw_only=True):
    """A page of them, the first first; `next` is the `after` of the page after it."""

    items: list[Reactor]
    next: int | None
