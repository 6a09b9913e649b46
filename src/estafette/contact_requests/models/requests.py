"""Contact requests as they are left, stored and shown."""

from datetime import date, datetime
from typing import Final, Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.base.errors import FieldError
from estafette.base.languages import Language
from estafette.contact_requests.models.adverts import AdvertCard

State = Literal["new", "seen", "in_progress", "done", "spam"]
StepKind = Literal["state", "assigned", "note", "conversation"]

STATES: Final[tuple[State, ...]] = ("new", "seen", "in_progress", "done", "spam")


class NewRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A contact request on its way in: who asks from which network address, about which advert.

    The advert is named by its id, or by the partner's own reference; without a partner it is whoever's advert it is.
    `wrong` are the fields of which the reader found that they cannot be read; they are None here.
    """

    person: Card
    parties: frozenset[UUID]
    neighbourhood: str
    partner_id: UUID | None = None
    advert_id: UUID | None = None
    reference: str | None = None
    profile_id: UUID | None = None
    message: str = ""
    starts_at: date | None
    key: str | None = None
    wrong: tuple[FieldError, ...] = ()


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of somebody without an account: the number as typed, and where they may be."""

    phone: str
    language: Language
    time_zone: str | None


class CheckedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing is wrong: the phone number in E.164, and as it is written for readers abroad (E.123)."""

    phone: str
    spaced: str


class ContactRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A contact request; name, e-mail and phone are those of the person when it was left.

    `repeat_of` is the first request of the same person about the same advert within a day, `repeats` counts those that
    came after this one. The person who left it does not see who handles it.
    """

    id: UUID
    partner_id: UUID
    partner: Card
    advert: AdvertCard
    person: Card
    profile_id: UUID
    name: str
    email: str
    phone: str
    message: str
    starts_at: date
    state: State
    repeat_of: UUID | None = None
    repeats: int = 0
    assigned_to: Card | None = None
    conversation_id: UUID | None = None
    created_at: datetime
    changed_at: datetime


class RequestStep(msgspec.Struct, frozen=True, kw_only=True):
    """What was done about a request: a new state, another who handles it, a note, a conversation."""

    ordinal: int
    kind: StepKind
    by: Card
    state: State | None = None
    assigned_to: Card | None = None
    text: str | None = None
    at: datetime


class OtherRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Another request of the same person to the same partner; `title` is that of its advert."""

    id: UUID
    title: str
    state: State
    created_at: datetime


class RequestDetails(ContactRequest, frozen=True, kw_only=True):
    """A request with all that was done about it, oldest first, and the person's other requests, newest first."""

    steps: list[RequestStep]
    others: list[OtherRequest]


class ContactRequests(msgspec.Struct, frozen=True, kw_only=True):
    """A page of requests, newest first; `next` is the cursor of the page after it.

    Where many were looked at in vain an empty page may have a next one.
    """

    items: list[ContactRequest]
    next: str | None = None
