"""How many contact requests there are, in all and by advert or time."""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

Grouping = Literal["day", "week", "month", "ad"]


class CountQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted: all of a partner, or one advert; days are inclusive, in the partner's time zone."""

    partner_id: UUID
    advert_id: UUID | None = None
    first: date | None = None
    last: date | None = None


class CountGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the count: `key` is a day, a week such as 2026-W20, a month, or the id of an advert.

    Only adverts have a title and a reference.
    """

    key: str
    count: int
    title: str | None = None
    reference: str | None = None


class AdvertCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many requests there are about an advert."""

    advert_id: UUID
    reference: str
    title: str
    count: int


class RequestCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many requests came, and the parts of that which are not empty, if parts were asked for."""

    count: int
    groups: list[CountGroup] = []
