"""Pages of documents over HTTP, as pictures."""

from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta

from estafette.base.database import Database
from estafette.base.pdf_pages import MAX_WIDTH, Sizes
from estafette.files import actions
from estafette.files.actions import MayFetch, Previews
from estafette.files.api.handing_out import HARMLESS, KEPT, empty
from estafette.files.rules import THUMBNAIL_TYPE, ranges
from estafette.http import CallerId, Query, Request, Response, get

WIDEST: Final = 1_200
"""Where nobody asks for another width."""

Width = Annotated[Annotated[int, Meta(ge=16, le=MAX_WIDTH)], Query("Pixels that it is shown in")]


@get("/files/{file_id}/pages", tags=["Files"], summary="Ask how many pages a document has")
async def sizes(
    database: Database, previews: Previews, may_fetch: MayFetch, caller: CallerId | None, file_id: UUID
) -> Sizes:
    """Tells it of a PDF of at most 50 MB, with the size of each of the first 500 pages in points (1/72 inch)."""
    stored, _ = await actions.fetch(database, caller, file_id, may_fetch)
    return await previews.sizes(caller, stored)


@get(
    "/files/{file_id}/pages/{number}",
    tags=["Files"],
    summary="Fetch a page of a document as a picture",
    media_type=THUMBNAIL_TYPE,
)
async def page(
    request: Request,
    database: Database,
    previews: Previews,
    may_fetch: MayFetch,
    caller: CallerId | None,
    file_id: UUID,
    number: int,
    width: Width = WIDEST,
) -> Response:
    """Hands out a WebP of a page, numbered from 1; a very long one is drawn narrower than asked for."""
    stored, reach = await actions.fetch(database, caller, file_id, may_fetch)
    headers = HARMLESS | {
        "Cache-Control": KEPT[reach],
        "ETag": f'"{stored.sha256.hex()}-page-{number}-{width}"',
        "Content-Disposition": "inline",
    }
    # Whoever holds it got it from us: it is not drawn again to say so.
    if ranges.matches(request.headers.get("if-none-match"), headers["ETag"]):
        return empty(304, headers)
    drawn = await previews.page(caller, stored, number, width)
    return Response(drawn, headers=headers, media_type=THUMBNAIL_TYPE)
