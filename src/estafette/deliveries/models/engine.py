"""What the engine passes around inside: gateways in use, what was claimed, how it ended."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec

from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.models.messages import Channel, ClaimedMessage, Outcome


class TransportEnvironment(msgspec.Struct, frozen=True, kw_only=True):
    """What transports may know of the installation."""

    public_url: str  # how the outside reaches this server, without a slash at the end
    data: Path
    private_addresses: bool = False  # whether URLs that others chose may lead into private networks


class ActiveGateway(msgspec.Struct, frozen=True, kw_only=True):
    """A gateway that is in use, as those need it who hold its links."""

    id: UUID
    name: str
    transport: str
    channels: list[Channel]
    settings: dict[str, Any]
    credentials: bytes | None  # encrypted
    links: int
    version: int


class GatewayLease(msgspec.Struct, frozen=True, kw_only=True):
    """Whose turn it is to claim: this dispatcher, for this gateway as it was set up then."""

    dispatcher_id: UUID
    gateway_id: UUID
    version: int


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim got, and for how many seconds there is certainly nothing more; None: until somebody tells."""

    messages: list[ClaimedMessage]
    since: datetime
    wait: float | None = None


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt and how it ended."""

    delivery_id: int
    attempt: int
    gateway_id: UUID
    dispatcher_id: UUID
    started_at: datetime
    ended_at: datetime
    outcome: Outcome


class DeliveryState(msgspec.Struct, kw_only=True):
    """Where a locked delivery stands, and the steps that it takes now."""

    id: int
    owner_id: UUID
    channel: Channel
    recipient: str
    status: Status
    reason: str | None
    events: int
    attempts: int
    gateway_id: UUID | None
    expires_at: datetime
    batch_id: UUID | None
    began_as: Status  # where it stood before these steps
    steps: list[tuple[Status, str | None]] = []


QUEUED: Final = "deliveries_queued"
"""The event that tells dispatchers that something waits now; its data are the lanes."""

GATEWAYS_CHANGED: Final = "gateways_changed"
"""The event that tells dispatchers to look which gateways are in use; it has no data."""
