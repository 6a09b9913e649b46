"""Clients over HTTP, one by one and page by page."""

from typing import Annotated, Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.clients.actions import keeping, linking, looking
from estafette.clients.models.clients import (
    ClientChanges,
    ClientDetails,
    Clients,
    GivenConsent,
    NewClient,
)
from estafette.http import Cursor, Limit, Query, delete, get, patch, post, put

TAGS: Final = ["Clients"]

Words = Annotated[str | None, Query("Words that must all be found")]
OfSegment = Annotated[UUID | None, Query("Those that belong to a segment alone")]


@get("/clients", tags=TAGS, summary="The register of clients", operation_id="listClients")
async def list_clients(
    database: Database,
    signed_in: SignedIn,
    q: Words = None,
    segment_id: OfSegment = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Clients:
    """By name; `q` looks into names, e-mail addresses, external ids and phone numbers.

    For administrators, and employees and service accounts with the role `communications`; so is all of the register.
    """
    return await looking.list_clients(database, signed_in, q, segment_id, cursor, limit)


@post("/clients", tags=TAGS, summary="Add a client", operation_id="addClient")
async def add_client(database: Database, signed_in: SignedIn, data: NewClient) -> ClientDetails:
    """Phone numbers without a country are understood by zone and language of the client, else of the caller."""
    return await keeping.add_client(database, signed_in, data)


@get("/clients/{client_id}", tags=TAGS, summary="A client", operation_id="getClient")
async def get_client(database: Database, signed_in: SignedIn, client_id: UUID) -> ClientDetails:
    """With every consent and refusal, newest first."""
    return await looking.client(database, signed_in, client_id)


@patch("/clients/{client_id}", tags=TAGS, summary="Change a client", operation_id="changeClient")
async def change_client(database: Database, signed_in: SignedIn, client_id: UUID, data: ClientChanges) -> ClientDetails:
    """What is not mentioned stays; `revision` is that of the client as it was seen, 409 if there is a newer one."""
    return await keeping.change_client(database, signed_in, client_id, data)


@delete("/clients/{client_id}", tags=TAGS, summary="Erase a client", operation_id="eraseClient")
async def erase_client(database: Database, signed_in: SignedIn, client_id: UUID) -> None:
    """For good: what is kept is an id and when it was erased, so that what went out before can still be counted."""
    await keeping.erase_client(database, signed_in, client_id)


@put(
    "/clients/{client_id}/consents/{channel}",
    tags=TAGS,
    summary="Note what a client agreed to",
    operation_id="noteClientConsent",
)
async def note_consent(
    database: Database, signed_in: SignedIn, client_id: UUID, channel: str, data: GivenConsent
) -> ClientDetails:
    """That they may be written to by `email`, `sms` or `whatsapp`, or may not; what was said before is kept."""
    return await keeping.note_consent(database, signed_in, client_id, channel, data)


@put(
    "/clients/{client_id}/account",
    tags=TAGS,
    summary="Link a client to the account with its address",
    operation_id="linkClientAccount",
)
async def link_account(database: Database, signed_in: SignedIn, client_id: UUID) -> ClientDetails:
    """The person must have confirmed the address; 409 when there is none."""
    return await linking.link_account(database, signed_in, client_id)


@delete(
    "/clients/{client_id}/account",
    status=200,
    tags=TAGS,
    summary="End the link of a client to an account",
    operation_id="unlinkClientAccount",
)
async def unlink_account(database: Database, signed_in: SignedIn, client_id: UUID) -> ClientDetails:
    """The account itself stays as it is."""
    return await linking.unlink_account(database, signed_in, client_id)
