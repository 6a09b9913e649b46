"""The operations of document D3 on the register of clients, whose ids communications name."""

from collections.abc import AsyncIterator
from typing import Annotated, Final
from uuid import UUID

from estafette import clients
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import Malformed, TooLarge
from estafette.base.quotas import Quotas
from estafette.clients import ClientChanges, ClientDetails, ClientImport, Clients, MatchBy, NewClient
from estafette.files import Storage
from estafette.http import ClientDisconnect, Cursor, Limit, Query, Request, delete, get, patch, post

TAGS: Final = ["Contract D3"]

Words = Annotated[str | None, Query("Words that must all be found")]
FileName = Annotated[str, Query("What the file is called")]
Match = Annotated[MatchBy | None, Query("By which column those are found that are known already")]


@get("/v1/clients", tags=TAGS, summary="Registered clients", operation_id="d3ListClients")
async def list_clients(
    database: Database, signed_in: SignedIn, q: Words = None, cursor: Cursor = None, limit: Limit = 50
) -> Clients:
    """By name."""
    return await clients.list_clients(database, signed_in, q, None, cursor, limit)


@post("/v1/clients", tags=TAGS, summary="Register a client", operation_id="d3AddClient")
async def add_client(database: Database, signed_in: SignedIn, data: NewClient) -> ClientDetails:
    """With an e-mail address, and phone numbers for text messages and for WhatsApp."""
    return await clients.add_client(database, signed_in, data)


@get("/v1/clients/{client_id}", tags=TAGS, summary="A registered client", operation_id="d3GetClient")
async def get_client(database: Database, signed_in: SignedIn, client_id: UUID) -> ClientDetails:
    """With what it has agreed to."""
    return await clients.client_details(database, signed_in, client_id)


@patch("/v1/clients/{client_id}", tags=TAGS, summary="Change a registered client", operation_id="d3ChangeClient")
async def change_client(database: Database, signed_in: SignedIn, client_id: UUID, data: ClientChanges) -> ClientDetails:
    """What is not mentioned stays; `revision` is that of the client as it was seen."""
    return await clients.change_client(database, signed_in, client_id, data)


@delete("/v1/clients/{client_id}", tags=TAGS, summary="Erase a registered client", operation_id="d3EraseClient")
async def erase_client(database: Database, signed_in: SignedIn, client_id: UUID) -> None:
    """For good."""
    await clients.erase_client(database, signed_in, client_id)


@post(
    "/v1/clients/imports",
    own_idempotency=True,
    tags=TAGS,
    summary="Import clients",
    description=(
        "The body is the file itself: CSV, a workbook (XLSX) or JSON Lines, at most 256 MB and 1,000,000 lines. Its "
        "heads say what stands in each column; who is known already by `match_by` (external id, else e-mail address, "
        "else phone number, whichever there is a column of) is changed."
    ),
    operation_id="d3ImportClients",
)
async def import_clients(
    request: Request,
    database: Database,
    storage: Storage,
    quotas: Quotas,
    signed_in: SignedIn,
    name: FileName = "",
    match_by: Match = None,
) -> ClientImport:
    """A worker brings them in; ask how far it is."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > clients.MAX_BYTES:
        raise TooLarge(max=clients.MAX_BYTES)
    return await clients.import_file(database, storage, quotas, signed_in, name, _body(request), match_by)


@get("/v1/clients/imports/{import_id}", tags=TAGS, summary="An import of clients", operation_id="d3GetImport")
async def get_import(database: Database, signed_in: SignedIn, import_id: UUID) -> ClientImport:
    """How far it is, and what became of its lines so far."""
    return await clients.get_import(database, signed_in, import_id)


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            if piece:
                yield piece
    except ClientDisconnect as error:
        raise Malformed from error


CLIENTS: Final = [list_clients, add_client, import_clients, get_import, get_client, change_client, erase_client]
