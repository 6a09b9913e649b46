"""A delivery: one message to one recipient on one channel, and what became of it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.deliveries.models.messages import Channel, Medium, Options

Status = Literal[
    "CREATED",
    "SENT",
    "DELIVERED",
    "SYSTEM_ERROR",
    "RECEIVER_ERROR",
    "OPERATOR_ERROR",
    "UNCERTAIN",
    "CANCELLED",
    "SUPPRESSED",
    "EXPIRED",
]
"""The six of document D2, and four of ours that its six cannot tell apart."""

PublicStatus = Literal["CREATED", "SENT", "DELIVERED", "SYSTEM_ERROR", "RECEIVER_ERROR", "OPERATOR_ERROR"]
Encoding = Literal["gsm7", "ucs2"]
Urgency = Literal["urgent", "normal", "bulk"]


class NewDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants delivered, checked; `key` makes a retry answer with the first one."""

    owner_id: UUID
    channel: Channel
    sender: str
    recipient: str
    text: str
    subject: str | None = None
    html: str | None = None
    media: tuple[Medium, ...] = ()
    options: Options = Options()
    urgency: int = 1
    send_at: datetime | None = None  # None: at once
    expires_at: datetime | None = None  # None: as long as the channel's validity
    key: str | None = None
    only_gateway_id: UUID | None = None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery as its owner sees it; times are UTC."""

    id: int
    channel: Channel
    sender: str
    recipient: str
    text: str
    subject: str | None = None
    html: str | None = None
    media: tuple[Medium, ...] = ()
    options: Options = Options()
    urgency: Urgency
    encoding: Encoding | None = None  # of a text message
    segments: int  # of a text message; 1 for all others
    status: Status
    public_status: PublicStatus
    reason: str | None = None  # a stable code: no_gateway, throttled, awaiting_receipt …
    sequence: int  # how many changes of status there were
    attempts: int
    gateway_id: UUID | None = None
    key: str | None = None
    created_at: datetime
    changed_at: datetime
    send_at: datetime
    expires_at: datetime


class StatusChange(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a delivery: when it came to which status, and why."""

    ordinal: int
    at: datetime
    status: Status
    reason: str | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One submission to a gateway, and how it ended."""

    ordinal: int
    gateway_id: UUID
    gateway: str
    started_at: datetime
    ended_at: datetime
    outcome: Literal["accepted", "refused", "unknown"]
    code: str | None = None
    reason: str | None = None
    retry_at: datetime | None = None
    provider_ids: tuple[str, ...] = ()


class ReceiptSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway told about a delivery; `raw` is the body as it came, at most 2,000 characters of it."""

    received_at: datetime
    happened_at: datetime | None = None  # by the gateway's clock, where it tells
    provider_id: str | None = None
    status: str | None = None
    code: str | None = None
    reason: str | None = None
    raw: str


class DeliveryHistory(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of one delivery."""

    delivery: Delivery
    changes: tuple[StatusChange, ...]
    attempts: tuple[Attempt, ...]
    receipts: tuple[ReceiptSeen, ...]
    next_attempt_at: datetime | None = None
    read_at: datetime | None = None  # when the recipient read it, where the channel tells that


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many deliveries came to a status by a gateway; without a gateway: before any was tried."""

    gateway_id: UUID | None
    gateway: str | None
    status: Status
    count: int
