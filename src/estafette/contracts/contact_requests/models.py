"""The wire format of document D1: the fields of its schema, and what is known of a request that was stored."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from estafette.contact_requests import ContactRequest, State


class StoredContactRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it was stored, with the person's address and number at that time.

    `ad` is the advertiser's reference of the advert, `profile` the contact profile that was used; `repeat` says that
    the same person had asked about the same advert within a day before.
    """

    id: UUID
    ad: str
    advertiser: UUID
    profile: UUID
    message: str
    starts_at: date
    email: str
    phone: str
    state: State
    repeat: bool
    created_at: datetime


class StoredContactRequests(msgspec.Struct, frozen=True, kw_only=True):
    """A page of requests, newest first; `next` is the cursor of the page after it."""

    items: list[StoredContactRequest]
    next: str | None = None


class ContactRequestGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the count: an advert by its reference, a day, a week such as 2026-W20, a month such as 2026-05."""

    key: str
    count: int


class ContactRequestCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many requests an advertiser got, and the parts of that, if parts were asked for."""

    count: int
    groups: list[ContactRequestGroup]


def wire_request(request: ContactRequest) -> StoredContactRequest:
    """A request as this contract shows it."""
    return StoredContactRequest(
        id=request.id,
        ad=request.advert.reference,
        advertiser=request.partner_id,
        profile=request.profile_id,
        message=request.message,
        starts_at=request.starts_at,
        email=request.email,
        phone=request.phone,
        state=request.state,
        repeat=request.repeat_of is not None,
        created_at=request.created_at,
    )
