"""Segments of clients over HTTP."""

from typing import Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.clients.actions import segments
from estafette.clients.models.segments import (
    FilterToCount,
    NewSegment,
    Segment,
    SegmentChanges,
    SegmentCount,
    Segments,
)
from estafette.http import delete, get, patch, post

TAGS: Final = ["Clients"]


@get("/client-segments", tags=TAGS, summary="Segments of clients", operation_id="listClientSegments")
async def list_segments(database: Database, signed_in: SignedIn) -> Segments:
    """All by name; `GET /api/v1/clients?segment_id=…` tells who belongs to one."""
    return Segments(items=await segments.list_segments(database, signed_in))


@post("/client-segments", tags=TAGS, summary="Add a segment of clients", operation_id="addClientSegment")
async def add_segment(database: Database, signed_in: SignedIn, data: NewSegment) -> Segment:
    """A filter under a name; who belongs to it is found anew each time. At most 50 rules, groups three deep."""
    return await segments.add_segment(database, signed_in, data)


@post(
    "/client-segments/counts",
    status=200,
    tags=TAGS,
    summary="Count the clients that a filter meets",
    operation_id="countClients",
)
async def count_filter(database: Database, signed_in: SignedIn, data: FilterToCount) -> SegmentCount:
    """With five of them, by name. What takes longer than 0.7 seconds to count is estimated by a sample."""
    return await segments.count_filter(database, signed_in, data.filter)


@get("/client-segments/{segment_id}", tags=TAGS, summary="A segment of clients", operation_id="getClientSegment")
async def get_segment(database: Database, signed_in: SignedIn, segment_id: UUID) -> Segment:
    """Its filter, and the attributes it asks for that are no more."""
    return await segments.segment(database, signed_in, segment_id)


@patch(
    "/client-segments/{segment_id}",
    tags=TAGS,
    summary="Change a segment of clients",
    operation_id="changeClientSegment",
)
async def change_segment(database: Database, signed_in: SignedIn, segment_id: UUID, data: SegmentChanges) -> Segment:
    """`revision` is that of the segment as it was seen, 409 if there is a newer one."""
    return await segments.change_segment(database, signed_in, segment_id, data)


@delete(
    "/client-segments/{segment_id}",
    tags=TAGS,
    summary="Delete a segment of clients",
    operation_id="deleteClientSegment",
)
async def delete_segment(database: Database, signed_in: SignedIn, segment_id: UUID) -> None:
    """Its clients stay."""
    await segments.delete_segment(database, signed_in, segment_id)
