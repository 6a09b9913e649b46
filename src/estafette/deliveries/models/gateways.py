"""Gateways as administrators see them; what they sign in with is never shown again."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.deliveries.models.link_faults import LinkFault
from estafette.deliveries.models.messages import Channel


class GatewayInput(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A gateway as it is written: a credential that is left out keeps its value."""

    name: str
    transport: str
    channels: list[Channel]
    priority: int = 100
    enabled: bool = True
    settings: dict[str, Any] = {}
    credentials: dict[str, Any] = {}
    segments_per_second: float = 10.0
    links: int = 1
    receipts_expected: bool | None = None  # None: as the transport does


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How a gateway is doing now."""

    up: bool
    links_open: int
    paused_until: datetime | None = None
    down_since: datetime | None = None
    fault: LinkFault | None = None
    next_attempt_at: datetime | None = None  # of a gateway without a link
    error: str | None = None
    error_at: datetime | None = None
    accepted_at: datetime | None = None
    waiting: int  # messages of its channels that wait; counted up to 10,000
    not_understood: int  # what it told in the last 24 hours that was no receipt; counted up to 10,000
    not_understood_why: str | None = None  # of the newest of these
    mailbox_read_at: datetime | None = None  # when the mailbox for answers and bounces was last read to its end
    mailbox_error: str | None = None  # why it cannot be read now


class Gateway(msgspec.Struct, frozen=True, kw_only=True):
    """A gateway with its health and its counts of the last 24 hours by status."""

    id: UUID
    name: str
    transport: str
    channels: list[Channel]
    priority: int
    enabled: bool
    managed: bool
    settings: dict[str, Any]
    credentials_set: list[str]  # names of the credentials that have a value
    segments_per_second: float
    links: int
    receipts_expected: bool
    health: Health
    counts: dict[str, int]
    callback_url: str | None = None  # where this gateway reports by HTTP
    created_at: datetime
    changed_at: datetime


class TransportKind(msgspec.Struct, frozen=True, kw_only=True):
    """A transport that can be chosen: its settings and credentials as JSON Schema, for forms."""

    name: str
    channels: list[Channel]
    receipts: bool
    settings: dict[str, Any]
    credentials: dict[str, Any]
