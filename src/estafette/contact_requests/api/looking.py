"""Contact requests over HTTP, as the members of a partner look at them."""

from collections.abc import AsyncGenerator
from typing import Annotated
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database
from estafette.contact_requests.actions import counting, exporting, listing
from estafette.contact_requests.actions.listing import Filters
from estafette.contact_requests.api.inputs import AboutAdvert, AssignedTo, From, InState, To, Words
from estafette.contact_requests.models.counts import CountQuestion, Grouping, RequestCounts
from estafette.contact_requests.models.requests import ContactRequests, RequestDetails
from estafette.http import Cursor, Limit, Query, StreamingResponse, get

TAGS = ["Contact requests"]
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

GroupBy = Annotated[Grouping | None, Query("Into which parts the count is taken apart")]


@get(
    "/partners/{partner_id}/contact-requests",
    tags=TAGS,
    summary="Contact requests of a partner",
    operation_id="listContactRequests",
)
async def list_requests(
    database: Database,
    signed_in: SignedIn,
    partner_id: UUID,
    in_state: InState = None,
    advert_id: AboutAdvert = None,
    assigned_to: AssignedTo = None,
    first: From = None,
    last: To = None,
    q: Words = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ContactRequests:
    """For members and administrators, newest first; `q` looks into names, addresses, messages and adverts."""
    filters = Filters(state=in_state, advert_id=advert_id, assigned_to=assigned_to, first=first, last=last, q=q)
    items, following = await listing.list_requests(database, signed_in, partner_id, filters, read_cursor(cursor), limit)
    return ContactRequests(items=items, next=write_cursor(following))


@get(
    "/partners/{partner_id}/contact-requests/counts",
    tags=TAGS,
    summary="Count the contact requests of a partner",
    operation_id="countContactRequests",
)
async def count_requests(
    database: Database,
    signed_in: SignedIn,
    partner_id: UUID,
    advert_id: AboutAdvert = None,
    first: From = None,
    last: To = None,
    group_by: GroupBy = None,
) -> RequestCounts:
    """All that came, whatever became of them; weeks are those of ISO 8601. Parts without requests are left out."""
    asked = CountQuestion(partner_id=partner_id, advert_id=advert_id, first=first, last=last)
    return await counting.count_requests(database, signed_in, asked, group_by)


@get(
    "/partners/{partner_id}/contact-requests.csv",
    tags=TAGS,
    summary="Export the contact requests of a partner",
    operation_id="exportContactRequests",
    media_type=CSV,
)
async def export_csv(
    database: Database,
    signed_in: SignedIn,
    partner_id: UUID,
    in_state: InState = None,
    advert_id: AboutAdvert = None,
    assigned_to: AssignedTo = None,
    first: From = None,
    last: To = None,
    q: Words = None,
) -> StreamingResponse:
    """All that the filters meet, as a table for spreadsheets, in the caller's language and with its separator."""
    filters = Filters(state=in_state, advert_id=advert_id, assigned_to=assigned_to, first=first, last=last, q=q)
    pieces = await exporting.export_csv(database, signed_in, partner_id, filters)
    return _download(pieces, "contact-requests.csv", CSV)


@get(
    "/partners/{partner_id}/contact-requests.xlsx",
    tags=TAGS,
    summary="Export the contact requests of a partner as a workbook",
    operation_id="exportContactRequestsAsWorkbook",
    media_type=XLSX,
)
async def export_workbook(
    database: Database,
    signed_in: SignedIn,
    partner_id: UUID,
    in_state: InState = None,
    advert_id: AboutAdvert = None,
    assigned_to: AssignedTo = None,
    first: From = None,
    last: To = None,
    q: Words = None,
) -> StreamingResponse:
    """The same as an Office Open XML workbook, in which days are days; it begins to come when it is written."""
    filters = Filters(state=in_state, advert_id=advert_id, assigned_to=assigned_to, first=first, last=last, q=q)
    pieces = await exporting.export_workbook(database, signed_in, partner_id, filters)
    return _download(pieces, "contact-requests.xlsx", XLSX)


@get(
    "/partners/{partner_id}/contact-requests/{request_id}",
    tags=TAGS,
    summary="A contact request in detail",
    operation_id="getContactRequest",
)
async def get_request(database: Database, signed_in: SignedIn, partner_id: UUID, request_id: UUID) -> RequestDetails:
    """All that was done about it, and what else the person has asked; looking at it changes nothing."""
    return await listing.details(database, signed_in, partner_id, request_id)


def _download(pieces: AsyncGenerator[bytes, None], name: str, media_type: str) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, headers=headers, media_type=media_type)
