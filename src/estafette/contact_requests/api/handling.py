"""Contact requests over HTTP, as the members of a partner take care of them."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.quotas import Quotas
from estafette.contact_requests.actions import answering, handling
from estafette.contact_requests.models.handling import FirstWords, Note, OpenedConversation, RequestChanges
from estafette.contact_requests.models.requests import RequestDetails
from estafette.http import patch, post

TAGS = ["Contact requests"]


@patch(
    "/partners/{partner_id}/contact-requests/{request_id}",
    tags=TAGS,
    summary="Move a contact request on",
    operation_id="changeContactRequest",
)
async def change_request(
    database: Database, signed_in: SignedIn, partner_id: UUID, request_id: UUID, data: RequestChanges
) -> RequestDetails:
    """Another state, in whatever order, or another member who handles it and is notified of that."""
    return await handling.change_request(database, signed_in, partner_id, request_id, data)


@post(
    "/partners/{partner_id}/contact-requests/{request_id}/notes",
    tags=TAGS,
    summary="Note something about a contact request",
    operation_id="noteOnContactRequest",
)
async def add_note(
    database: Database, signed_in: SignedIn, partner_id: UUID, request_id: UUID, data: Note
) -> RequestDetails:
    """For the partner's members alone; at most 5,000 characters."""
    return await handling.add_note(database, signed_in, partner_id, request_id, data.text)


@post(
    "/partners/{partner_id}/contact-requests/{request_id}/conversation",
    tags=TAGS,
    summary="Answer a contact request with a conversation",
    operation_id="openConversationFromContactRequest",
)
async def open_conversation(
    database: Database, quotas: Quotas, signed_in: SignedIn, partner_id: UUID, request_id: UUID, data: FirstWords
) -> OpenedConversation:
    """Says something in the storefront conversation with the person, which is opened if there is none."""
    return await answering.open_conversation(database, signed_in, partner_id, request_id, data.text, quotas)
