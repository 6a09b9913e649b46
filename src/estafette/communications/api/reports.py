"""What became of communications, over HTTP."""

from collections.abc import AsyncGenerator
from typing import Annotated, Final, Literal
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.communications.actions import exporting, reporting, resending
from estafette.communications.models.communications import Communication, Recipients, Status
from estafette.communications.models.content import Channel
from estafette.communications.models.reports import Failures, ReceivedCommunications, RecipientDetails, Timeline
from estafette.http import Cursor, Limit, Query, StreamingResponse, get, post

TAGS: Final = ["Communications"]
CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

OnChannel = Annotated[Channel | None, Query("Those on one channel alone", "channel")]
WithStatus = Annotated[Status | None, Query("Those with one status alone", "status")]
TheChannel = Annotated[Channel, Query("On which channel", "channel")]
FileFormat = Annotated[Literal["csv", "xlsx"], Query("As a table or a workbook", "format")]


@get(
    "/communications/{communication_id}/recipients",
    tags=TAGS,
    summary="Recipients of a communication",
    operation_id="listRecipients",
)
async def list_recipients(
    database: Database,
    signed_in: SignedIn,
    communication_id: UUID,
    on_channel: OnChannel = None,
    with_status: WithStatus = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Recipients:
    """By channel and client. Where many were looked at in vain an empty page may have a next one."""
    return await reporting.list_recipients(
        database, signed_in, communication_id, on_channel, with_status, cursor, limit
    )


@get(
    "/communications/{communication_id}/recipients/{client_id}",
    tags=TAGS,
    summary="A recipient of a communication",
    operation_id="getRecipient",
)
async def get_recipient(
    database: Database, signed_in: SignedIn, communication_id: UUID, client_id: UUID, the_channel: TheChannel
) -> RecipientDetails:
    """The words that were made for this client, and every step of the message."""
    return await reporting.recipient(database, signed_in, communication_id, client_id, the_channel)


@get(
    "/communications/{communication_id}/failures",
    tags=TAGS,
    summary="What failed of a communication",
    operation_id="listCommunicationFailures",
)
async def list_failures(database: Database, signed_in: SignedIn, communication_id: UUID) -> Failures:
    """How many failed, were suppressed, expired or left out on each channel, by reason."""
    return await reporting.failures(database, signed_in, communication_id)


@get(
    "/communications/{communication_id}/timeline",
    tags=TAGS,
    summary="How a communication went on",
    operation_id="getCommunicationTimeline",
)
async def get_timeline(database: Database, signed_in: SignedIn, communication_id: UUID) -> Timeline:
    """The totals at the ends of minutes in which something changed, the last one of now; and its states."""
    return await reporting.timeline(database, signed_in, communication_id)


@get(
    "/communications/{communication_id}/export",
    tags=TAGS,
    summary="Export recipients",
    operation_id="exportRecipients",
    media_type=CSV,
)
async def export_recipients(
    database: Database,
    signed_in: SignedIn,
    communication_id: UUID,
    file_format: FileFormat = "csv",
    on_channel: OnChannel = None,
    with_status: WithStatus = None,
) -> StreamingResponse:
    """Heads in the caller's language, moments in the caller's zone; `format=xlsx` is an Office Open XML workbook."""
    export = exporting.export_csv if file_format == "csv" else exporting.export_workbook
    pieces = await export(database, signed_in, communication_id, on_channel, with_status)
    return _download(pieces, f"recipients.{file_format}", CSV if file_format == "csv" else XLSX)


@post(
    "/communications/{communication_id}/resend",
    tags=TAGS,
    summary="Send again what failed",
    operation_id="resendCommunication",
)
async def resend(
    database: Database, signed_in: SignedIn, communication_id: UUID, on_channel: OnChannel = None
) -> Communication:
    """A communication of its own, at once, to those for whom it is known to have failed and who did not get it since.

    What is uncertain is not sent again. Name the channel where several of them failed.
    """
    return await resending.resend_failed(database, signed_in, communication_id, on_channel)


@get(
    "/clients/{client_id}/communications",
    tags=TAGS,
    summary="What a client was sent",
    operation_id="listClientCommunications",
)
async def list_received(
    database: Database, signed_in: SignedIn, client_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> ReceivedCommunications:
    """Everything that is or was sent to a client, on each channel, newest first."""
    return await reporting.received(database, signed_in, client_id, cursor, limit)


def _download(pieces: AsyncGenerator[bytes, None], name: str, media_type: str) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, headers=headers, media_type=media_type)
