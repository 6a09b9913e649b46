"""Contact requests over HTTP, as those leave them who wish to be contacted."""

from typing import Final
from uuid import UUID

from estafette.accounts import Card, SignedIn
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database
from estafette.base.errors import Invalid
from estafette.base.languages import Language
from estafette.base.phones import spaced
from estafette.contact_requests.actions import listing
from estafette.contact_requests.actions.accepting import Acceptor
from estafette.contact_requests.api.inputs import RequestToCheck, RequestToLeave
from estafette.contact_requests.models.requests import (
    CheckedRequest,
    ContactRequest,
    ContactRequests,
    NewRequest,
    Visitor,
)
from estafette.http import Cursor, Key, Limit, Neighbourhood, get, post

TAGS = ["Contact requests"]
# Whose advert it is goes without saying here.
_NAMES: Final = {"partner_id": "advert_id"}
_NOBODY: Final = Card(id=UUID(int=0), name="")


@post(
    "/contact-requests",
    tags=TAGS,
    summary="Leave a contact request",
    operation_id="leaveContactRequest",
    own_idempotency=True,
)
async def leave_request(
    request_acceptor: Acceptor, signed_in: SignedIn, neighbourhood: Neighbourhood, data: RequestToLeave, key: Key = None
) -> ContactRequest:
    """Stores it with the e-mail address and phone number of the profile, and tells the partner."""
    new = NewRequest(
        person=signed_in.card,
        parties=signed_in.parties,
        neighbourhood=neighbourhood,
        advert_id=data.advert_id,
        profile_id=data.profile_id,
        message=data.message,
        starts_at=data.starts_at,
        key=key,
    )
    try:
        return listing.as_asked(await request_acceptor.accept(new))
    except Invalid as error:
        raise error.renamed(_NAMES) from None


@post(
    "/contact-requests/checks",
    status=200,
    tags=TAGS,
    summary="Check a contact request before signing up",
    operation_id="checkContactRequest",
)
async def check_request(
    request_acceptor: Acceptor, neighbourhood: Neighbourhood, language: Language, data: RequestToCheck
) -> CheckedRequest:
    """Finds all that would be refused once there is an account. Nothing is stored, and nobody is told.

    A phone number without country code is understood by the countries of the caller and of the partner.
    """
    new = NewRequest(
        person=_NOBODY,
        parties=frozenset(),
        neighbourhood=neighbourhood,
        advert_id=data.advert_id,
        message=data.message,
        starts_at=data.starts_at,
    )
    asked = Visitor(phone=data.phone, language=language, time_zone=data.time_zone)
    try:
        phone = await request_acceptor.check(new, asked)
    except Invalid as error:
        raise error.renamed(_NAMES) from None
    return CheckedRequest(phone=phone, spaced=spaced(phone))


@get("/contact-requests", tags=TAGS, summary="Your contact requests", operation_id="listOwnContactRequests")
async def list_own_requests(
    database: Database, signed_in: SignedIn, cursor: Cursor = None, limit: Limit = 50
) -> ContactRequests:
    """What the caller has asked, newest first, and where each request stands."""
    items, following = await listing.own_requests(database, signed_in, read_cursor(cursor), limit)
    return ContactRequests(items=items, next=write_cursor(following))


@get(
    "/conversations/{conversation_id}/contact-requests",
    tags=TAGS,
    summary="Contact requests of a conversation",
    operation_id="listContactRequestsInConversation",
)
async def list_requests_in_conversation(
    database: Database, signed_in: SignedIn, conversation_id: UUID
) -> ContactRequests:
    """What its customer has asked its partner, newest first, linked to it or not; at most 100."""
    return ContactRequests(items=await listing.in_conversation(database, signed_in, conversation_id))
