"""What somebody writes to one of our numbers or addresses."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.deliveries.models.messages import Medium, Receipt

InboundChannel = Literal["sms", "whatsapp", "email"]


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a long text message it is: those with the same reference belong together."""

    reference: int
    number: int  # from 1
    of: int


class InboundMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message as a transport hands it in."""

    body: bytes  # as it came
    channel: InboundChannel
    sender: str  # a phone number or an e-mail address, as the gateway writes it
    recipient: str = ""  # which of ours
    text: str
    subject: str | None = None
    sender_name: str | None = None
    media: tuple[Medium, ...] = ()
    provider_id: str | None = None  # names it for ever; None: the same body within ten minutes is the same message
    answers: tuple[str, ...] = ()  # how the gateway calls messages of ours that it answers
    automatic: bool = False  # a program wrote it (RFC 3834)
    segment: Segment | None = None
    happened_at: datetime | None = None


Told = Receipt | InboundMessage
"""What a gateway can tell: what became of a message of ours, or what somebody wrote to us."""


class Inbound(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it is stored; times are UTC."""

    id: UUID
    gateway_id: UUID
    channel: InboundChannel
    sender: str
    sender_name: str | None = None
    recipient: str
    subject: str | None = None
    text: str
    media: tuple[Medium, ...] = ()
    automatic: bool = False
    delivery_id: int | None = None  # that it says it answers
    answered_address: str | None = None  # to whom that delivery went
    happened_at: datetime | None = None
    received_at: datetime
