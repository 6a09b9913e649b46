"""The shapes of document D3, and what our communications look like in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from estafette.communications import (
    Channel,
    Outcome,
    Recipient,
    State,
    Status,
    Summary,
    Totals,
)


class ScheduleRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be sent to whom, when. Without `send_at` it is sent now.

    `send_at` has an offset (`2026-12-01T09:00:00-03:00`) or a zone (`2026-12-01T09:00:00[America/Sao_Paulo]`).
    `recipients` are ids of clients: one gets a personal message, many a campaign. `push` is a broadcast to all who
    subscribed; alone it takes no recipients.
    """

    send_at: str | None = None
    recipients: list[str] = []
    channels: list[Channel]
    message: str
    subject: str | None = None


class ScheduleChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes before it begins; what is not mentioned stays."""

    send_at: str | UnsetType | None = UNSET
    recipients: list[str] | UnsetType = UNSET
    channels: list[Channel] | UnsetType = UNSET
    message: str | UnsetType = UNSET
    subject: str | UnsetType | None = UNSET


class ScheduledCommunication(Struct, frozen=True, kw_only=True):
    """A communication that is scheduled; `recipients` is how many clients it is for, as far as that is known."""

    id: UUID
    state: State
    send_at: datetime | None
    recipients: int
    channels: list[Channel]


class CommunicationStatus(ScheduledCommunication, frozen=True, kw_only=True):
    """The same with how many messages stand where, by channel."""

    totals: Totals


class CommunicationStatuses(Struct, frozen=True, kw_only=True):
    """A page of communications, the latest first; `next` is the cursor of the page after it."""

    items: list[CommunicationStatus]
    next: str | None = None


class CommunicationDelivery(Struct, frozen=True, kw_only=True):
    """What became of it for one client on one channel; `id` is that of the message, once there is one."""

    id: int | None
    recipient: UUID
    channel: Channel
    address: str | None
    status: Status
    reason: str | None
    changed_at: datetime | None


class CommunicationDeliveries(Struct, frozen=True, kw_only=True):
    """A page of deliveries by channel and client; `next` is the cursor of the page after it."""

    items: list[CommunicationDelivery]
    next: str | None = None


class Stopped(Struct, frozen=True, kw_only=True):
    """What a cancellation, a pause or a resumption did; what has gone out stays out."""

    state: State
    cancelled: int
    gone_out: int
    in_flight: int


def wire_scheduled(of: Summary) -> ScheduledCommunication:
    """The answer to a request that was scheduled."""
    return ScheduledCommunication(**_common(of))


def wire_status(of: Summary) -> CommunicationStatus:
    """A communication with its totals: each of its channels has them, be they empty."""
    return CommunicationStatus(**_common(of), totals={each: of.totals.get(each, {}) for each in of.channels})


def wire_delivery(of: Recipient) -> CommunicationDelivery:
    """A recipient as one of the deliveries."""
    return CommunicationDelivery(
        id=of.delivery_id,
        recipient=of.client_id,
        channel=of.channel,
        address=of.address,
        status=of.status,
        reason=of.reason,
        changed_at=of.changed_at,
    )


def wire_stopped(of: Outcome) -> Stopped:
    """An outcome in the document's words."""
    return Stopped(state=of.state, cancelled=of.cancelled, gone_out=of.gone_out, in_flight=of.in_flight)


def _common(of: Summary) -> dict[str, Any]:
    return {
        "id": of.id,
        "state": of.state,
        "send_at": of.send_at or of.starts_at,
        "recipients": of.clients,
        "channels": of.channels,
    }
