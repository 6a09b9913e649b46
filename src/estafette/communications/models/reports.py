"""What is told of a communication beside its totals."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from estafette.communications.models.communications import FailureCount, Kind, Recipient, State, Status, Totals
from estafette.communications.models.content import Channel


class Failures(Struct, frozen=True, kw_only=True):
    """Why recipients got nothing, the most frequent reasons first."""

    items: list[FailureCount]
    next: str | None = None


class Progress(Struct, frozen=True, kw_only=True):
    """The totals as they were at a moment."""

    at: datetime
    totals: Totals


class StateChange(Struct, frozen=True, kw_only=True):
    """Since when a communication was in a state."""

    state: State
    pause_reason: str | None = None
    failure: str | None = None
    at: datetime


class Timeline(Struct, frozen=True, kw_only=True):
    """How a communication went on: totals at the ends of minutes, at most 500 of them, the last one of now; states."""

    items: list[Progress]
    states: list[StateChange]
    next: str | None = None


class Step(Struct, frozen=True, kw_only=True):
    """A status that a message came to; `reason` is a stable code, told by some of them."""

    status: Status
    reason: str | None = None
    at: datetime


class RecipientDetails(Recipient, frozen=True, kw_only=True):
    """A recipient with the words that were made for it, as far as it got to them, and every step of its message."""

    subject: str | None = None
    text: str | None = None
    steps: list[Step]


class ReceivedCommunication(Struct, frozen=True, kw_only=True):
    """What one client was or will be sent by a communication on a channel."""

    communication_id: UUID
    name: str
    kind: Kind
    state: State
    channel: Channel
    status: Status
    reason: str | None = None
    delivery_id: int | None = None
    subject: str | None = None
    text: str | None = None
    not_before: datetime
    changed_at: datetime | None = None


class ReceivedCommunications(Struct, frozen=True, kw_only=True):
    """Everything that a client was sent, newest first; `next` is the cursor of the page after it."""

    items: list[ReceivedCommunication]
    next: str | None = None
