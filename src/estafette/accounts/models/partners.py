"""Partners: organisations with members and a storefront."""

from datetime import datetime
from uuid import UUID

import msgspec

from estafette.accounts.models.people import Card, MemberRole
from estafette.base.languages import Language


class PartnerCard(msgspec.Struct, frozen=True, kw_only=True):
    """A partner in a list."""

    id: UUID
    name: str
    tagline: str
    picture: UUID | None


class OpeningSpan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Open on a day (0 is Monday) from and to HH:MM in the partner's zone; over midnight if it closes earlier."""

    day: int
    opens: str
    closes: str


class Storefront(msgspec.Struct, frozen=True, kw_only=True):
    """A partner as its visitors see it; members and administrators also see the confirmation texts."""

    id: UUID
    name: str
    tagline: str
    description: str
    picture: UUID | None
    cover: UUID | None
    city: str | None
    website: str | None
    time_zone: str
    opening_hours: list[OpeningSpan]
    open_now: bool
    confirmation_texts: dict[Language, str] | msgspec.UnsetType = msgspec.UNSET


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """What a partner answers by itself, in every language, and the name it answers under."""

    name: str
    texts: dict[Language, str]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A person who acts for a partner; the address is for owners and administrators, and the person itself."""

    person: Card
    email: str | None
    role: MemberRole
    since: datetime
