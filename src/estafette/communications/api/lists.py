"""Lists of clients over HTTP."""

from collections.abc import AsyncIterator
from typing import Annotated, Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import Malformed, TooLarge
from estafette.base.quotas import Quotas
from estafette.communications.actions import listing
from estafette.communications.models.lists import ClientLists, UploadedList
from estafette.http import ClientDisconnect, Cursor, Limit, Query, Request, delete, get, post

TAGS: Final = ["Communications"]

Name = Annotated[str, Query("How the list is called")]


@get("/client-lists", tags=TAGS, summary="Lists of clients", operation_id="listClientLists")
async def list_client_lists(
    database: Database, signed_in: SignedIn, cursor: Cursor = None, limit: Limit = 50
) -> ClientLists:
    """Those that were uploaded, newest first."""
    return await listing.list_lists(database, signed_in, cursor, limit)


@post(
    "/client-lists",
    own_idempotency=True,
    tags=TAGS,
    summary="Upload a list of clients",
    description=(
        "The body is the file itself: CSV, a workbook (XLSX), JSON Lines or one per line, at most 128 MB and "
        "1,000,000 lines. Clients are named by id, external id, e-mail address or phone number, each is on the list "
        "once; `unknown` are the first 1,000 lines that name nobody."
    ),
    operation_id="uploadClientList",
)
async def upload_client_list(
    request: Request, database: Database, quotas: Quotas, signed_in: SignedIn, name: Name = ""
) -> UploadedList:
    """A list to which communications can be sent."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > listing.MAX_BYTES:
        raise TooLarge(max=listing.MAX_BYTES)
    return await listing.upload_list(database, quotas, signed_in, name, _body(request))


@delete("/client-lists/{list_id}", tags=TAGS, summary="Delete a list of clients", operation_id="deleteClientList")
async def delete_client_list(database: Database, signed_in: SignedIn, list_id: UUID) -> None:
    """Communications that were made for it keep their clients."""
    await listing.delete_list(database, signed_in, list_id)


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            if piece:
                yield piece
    except ClientDisconnect as error:
        raise Malformed from error
