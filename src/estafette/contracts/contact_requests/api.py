"""The operations of document D1: leave a request, and for advertisers list and count them."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

import msgspec

from estafette import contact_requests
from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database
from estafette.base.errors import Invalid, invalid
from estafette.contact_requests import Acceptor, CountQuestion, Filters, Grouping, State
from estafette.contracts.contact_requests.models import (
    ContactRequestCount,
    ContactRequestGroup,
    StoredContactRequest,
    StoredContactRequests,
    wire_request,
)
from estafette.contracts.contact_requests.reading import NAMES, read, read_id
from estafette.contracts.contact_requests.schema import SCHEMA
from estafette.http import Key, Limit, Neighbourhood, Query, Response, get, post

TAGS: Final = ["Contract D1"]
SCHEMA_TYPE: Final = "application/schema+json"

Ad = Annotated[str | None, Query("The reference or the id of an advert")]
InState = Annotated[State | None, Query("Those in a state alone", "state")]
From = Annotated[date | None, Query("The first day, in the advertiser's time zone", "from")]
To = Annotated[date | None, Query("The last day", "to")]


@post(
    "/v1/contact-requests",
    own_idempotency=True,
    tags=TAGS,
    summary="Leave a contact request",
    operation_id="d1LeaveContactRequest",
)
async def leave_contact_request(
    request_acceptor: Acceptor, signed_in: SignedIn, neighbourhood: Neighbourhood, body: bytes, key: Key = None
) -> StoredContactRequest:
    """Takes `{ad, advertiser, starts_at, profile?, message?}` as JSON, whatever the Content-Type says."""
    try:
        stored = await request_acceptor.accept(read(body, signed_in, neighbourhood, key))
    except Invalid as error:
        raise error.renamed(NAMES) from None
    return wire_request(contact_requests.as_asked(stored))


@get(
    "/v1/contact-requests/schema",
    media_type=SCHEMA_TYPE,
    tags=TAGS,
    summary="The schema of a contact request",
    operation_id="d1GetSchema",
)
async def get_schema() -> Response:
    """JSON Schema, draft 2019-09, of the body that is posted."""
    return Response(msgspec.json.encode(SCHEMA), media_type=SCHEMA_TYPE)


@get(
    "/v1/advertisers/{advertiser_id}/contact-requests",
    tags=TAGS,
    summary="Contact requests of an advertiser",
    operation_id="d1ListContactRequests",
)
async def list_contact_requests(
    database: Database,
    signed_in: SignedIn,
    advertiser_id: str,
    ad: Ad = None,
    in_state: InState = None,
    first: From = None,
    last: To = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> StoredContactRequests:
    """For the advertiser's members and administrators, newest first."""
    partner_id = read_id(advertiser_id)
    advert_id = await _advert(database, signed_in, partner_id, ad)
    items, following = await contact_requests.list_requests(
        database,
        signed_in,
        partner_id,
        Filters(advert_id=advert_id, state=in_state, first=first, last=last),
        read_cursor(cursor),
        limit,
    )
    return StoredContactRequests(items=[wire_request(each) for each in items], next=write_cursor(following))


@get(
    "/v1/advertisers/{advertiser_id}/contact-requests/count",
    tags=TAGS,
    summary="Count the contact requests of an advertiser",
    operation_id="d1CountContactRequests",
)
async def count_contact_requests(
    database: Database,
    signed_in: SignedIn,
    advertiser_id: str,
    ad: Ad = None,
    first: From = None,
    last: To = None,
    group_by: Grouping | None = None,
) -> ContactRequestCount:
    """How many came, in all or about one advert; days are inclusive. Parts without requests are left out."""
    partner_id = read_id(advertiser_id)
    asked = CountQuestion(
        partner_id=partner_id,
        advert_id=await _advert(database, signed_in, partner_id, ad),
        first=first,
        last=last,
    )
    found = await contact_requests.count_requests(database, signed_in, asked, group_by)
    groups = [ContactRequestGroup(key=each.reference or each.key, count=each.count) for each in found.groups]
    return ContactRequestCount(count=found.count, groups=groups)


async def _advert(database: Database, who: SignedIn, partner_id: UUID, ad: str | None) -> UUID | None:
    if ad is None:
        return None
    advert_id = await contact_requests.named_advert(database, who, partner_id, ad)
    if advert_id is None:
        raise invalid("ad", "unknown")
    return advert_id


ENDPOINTS = [leave_contact_request, get_schema, list_contact_requests, count_contact_requests]
