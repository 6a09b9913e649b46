"""The operations of document D3 on communications."""

from typing import Annotated, Final
from uuid import UUID

from msgspec import UNSET

from estafette import communications
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import Invalid
from estafette.communications import Channel, State, Status
from estafette.contracts.communications.clients import CLIENTS
from estafette.contracts.communications.models import (
    CommunicationDeliveries,
    CommunicationStatus,
    CommunicationStatuses,
    ScheduleChanges,
    ScheduledCommunication,
    ScheduleRequest,
    Stopped,
    wire_delivery,
    wire_scheduled,
    wire_status,
    wire_stopped,
)
from estafette.contracts.communications.reading import as_documented, communication_changes, new_communication
from estafette.http import Cursor, Limit, Query, delete, get, patch, post

TAGS: Final = ["Contract D3"]
MAX_BODY: Final = 8 * 1024 * 1024

InState = Annotated[State | None, Query("Those in a state alone", "state")]
OnChannel = Annotated[Channel | None, Query("Those on one channel alone", "channel")]
WithStatus = Annotated[Status | None, Query("Those with one status alone", "status")]


@post(
    "/v1/communications",
    max_body=MAX_BODY,
    tags=TAGS,
    summary="Schedule a communication",
    operation_id="d3ScheduleCommunication",
)
async def schedule(database: Database, signed_in: SignedIn, data: ScheduleRequest) -> ScheduledCommunication:
    """To one client or many, by one channel or several. Ids of nobody are all listed, and nothing is scheduled then.

    The message may have variables, such as `{{ name }}`; one that a client lacks is an error.
    """
    try:
        recipients = await communications.read_clients(database, signed_in, data.recipients)
        new = new_communication(data, signed_in, recipients)
        return wire_scheduled(await communications.create(database, signed_in, new))
    except Invalid as error:
        raise as_documented(error, data.subject) from None


@get("/v1/communications", tags=TAGS, summary="Communications", operation_id="d3ListCommunications")
async def list_communications(
    database: Database, signed_in: SignedIn, in_state: InState = None, cursor: Cursor = None, limit: Limit = 50
) -> CommunicationStatuses:
    """With their totals, the latest first."""
    states = () if in_state is None else (in_state,)
    found = await communications.list_communications(database, signed_in, states, None, None, None, cursor, limit)
    return CommunicationStatuses(items=[wire_status(each) for each in found.items], next=found.next)


@get(
    "/v1/communications/{communication_id}",
    tags=TAGS,
    summary="A communication",
    operation_id="d3GetCommunication",
)
async def get_communication(database: Database, signed_in: SignedIn, communication_id: UUID) -> CommunicationStatus:
    """With its totals per channel and status."""
    return wire_status(await communications.find(database, signed_in, communication_id))


@patch(
    "/v1/communications/{communication_id}",
    max_body=MAX_BODY,
    tags=TAGS,
    summary="Move or edit a communication",
    operation_id="d3ChangeCommunication",
)
async def change(
    database: Database, signed_in: SignedIn, communication_id: UUID, data: ScheduleChanges
) -> ScheduledCommunication:
    """Before it begins; while it is paused its message alone, for what has not gone out."""
    try:
        old = await communications.find(database, signed_in, communication_id)
        recipients = (
            None
            if data.recipients is UNSET
            else await communications.read_clients(database, signed_in, data.recipients)
        )
        changes = communication_changes(data, old, recipients)
        return wire_scheduled(await communications.change(database, signed_in, communication_id, changes))
    except Invalid as error:
        raise as_documented(error, data.subject) from None


@delete(
    "/v1/communications/{communication_id}",
    status=200,
    tags=TAGS,
    summary="Cancel a communication",
    operation_id="d3CancelCommunication",
)
async def cancel(database: Database, signed_in: SignedIn, communication_id: UUID) -> Stopped:
    """What has gone out stays out, and is said so."""
    return wire_stopped(await communications.delete(database, signed_in, communication_id))


@get(
    "/v1/communications/{communication_id}/deliveries",
    tags=TAGS,
    summary="Deliveries of a communication",
    operation_id="d3ListDeliveries",
)
async def list_deliveries(
    database: Database,
    signed_in: SignedIn,
    communication_id: UUID,
    on_channel: OnChannel = None,
    with_status: WithStatus = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CommunicationDeliveries:
    """What became of it for each client on each channel."""
    found = await communications.list_recipients(
        database, signed_in, communication_id, on_channel, with_status, cursor, limit
    )
    return CommunicationDeliveries(items=[wire_delivery(each) for each in found.items], next=found.next)


@post(
    "/v1/communications/{communication_id}/pause",
    status=200,
    tags=TAGS,
    summary="Pause a communication",
    operation_id="d3PauseCommunication",
)
async def pause(database: Database, signed_in: SignedIn, communication_id: UUID) -> Stopped:
    """Nothing more leaves than what is in flight."""
    return wire_stopped(await communications.pause(database, signed_in, communication_id))


@post(
    "/v1/communications/{communication_id}/resume",
    status=200,
    tags=TAGS,
    summary="Resume a communication",
    operation_id="d3ResumeCommunication",
)
async def resume(database: Database, signed_in: SignedIn, communication_id: UUID) -> Stopped:
    """It goes on where it was."""
    return wire_stopped(await communications.resume(database, signed_in, communication_id))


ENDPOINTS: Final = [
    schedule,
    list_communications,
    get_communication,
    change,
    cancel,
    list_deliveries,
    pause,
    resume,
    *CLIENTS,
]
