"""Documents over HTTP, as their readers see them."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from estafette.accounts import SignedIn
from estafette.documents.actions import acknowledging, cards, waiting
from estafette.documents.actions.asking import Documents
from estafette.documents.models.cards import (
    Acknowledgement,
    Acknowledgers,
    DocumentCards,
    Links,
    NewAcknowledgement,
    Waiting,
)
from estafette.documents.models.systems import Origins
from estafette.documents.rules.patterns import LINK
from estafette.http import Query, get, post

TAGS = ["Documents"]

TheLink = Annotated[Annotated[str, Meta(max_length=LINK)], Query("The link, as it stands in the message")]


@get("/documents/origins", tags=TAGS, summary="Where documents are", operation_id="listDocumentOrigins")
async def list_origins(documents: Documents, signed_in: SignedIn) -> Origins:
    """Scheme, host and port of links that may lead to documents: only those need to be asked about."""
    return await cards.origins(documents, signed_in)


# Its answers are of other systems: they are kept by nobody, also not for a retry.
@post(
    "/documents/cards",
    status=200,
    own_idempotency=True,
    tags=TAGS,
    summary="Cards of documents",
    operation_id="showDocumentCards",
)
async def show_cards(documents: Documents, signed_in: SignedIn, data: Links) -> DocumentCards:
    """What the systems grant the caller to see of at most 50 links; those that lead to no system are left out."""
    return DocumentCards(items=await cards.cards(documents, signed_in, data.links))


@post("/documents/acknowledgements", tags=TAGS, summary="Acknowledge a document", operation_id="acknowledgeDocument")
async def acknowledge(documents: Documents, signed_in: SignedIn, data: NewAcknowledgement) -> Acknowledgement:
    """Once for each version: `told` says whether the system has taken it; it is told until it does."""
    return await acknowledging.acknowledge(documents, signed_in, data)


@get("/documents/waiting", tags=TAGS, summary="Documents that wait for you", operation_id="listWaitingDocuments")
async def list_waiting(documents: Documents, signed_in: SignedIn) -> Waiting:
    """For employees: what is to be signed or acknowledged in all systems, and which of them did not answer."""
    return await waiting.waiting(documents, signed_in)


@get(
    "/conversations/{conversation_id}/messages/{message_id}/acknowledgements",
    tags=TAGS,
    summary="Who has acknowledged a document",
    operation_id="listAcknowledgers",
)
async def list_acknowledgers(
    documents: Documents, signed_in: SignedIn, conversation_id: UUID, message_id: UUID, link: TheLink
) -> Acknowledgers:
    """For the author of the message, of those who read the conversation; at most 1,000."""
    return await acknowledging.acknowledgers(documents, signed_in, conversation_id, message_id, link)
