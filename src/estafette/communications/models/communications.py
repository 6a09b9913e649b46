"""Communications as they are written, kept and shown."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from estafette.communications.models.audiences import Audience
from estafette.communications.models.content import Channel, Content
from estafette.communications.models.schedules import Schedule

State = Literal[
    "draft", "scheduled", "preparing", "running", "paused", "completed", "cancelling", "cancelled", "failed"
]
Kind = Literal["campaign", "transactional"]
Mode = Literal["together", "ladder"]
PauseReason = Literal["by_hand", "errors", "late", "restored"]

ENDED: Final[frozenset[State]] = frozenset(("completed", "cancelled", "failed"))

Status = Literal[
    "WAITING",
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
    "SKIPPED",
]
"""Where one recipient stands on one channel: WAITING has no delivery yet and SKIPPED gets none; the others are those
of deliveries (document D2 and four of ours)."""

Totals = dict[Channel, dict[Status, int]]
"""How many recipients stand where; a status that nobody has is not named. They equal the rows at every moment."""


class NewCommunication(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody wants sent. A draft may be unfinished and is not sent until it is scheduled."""

    name: str = ""
    kind: Kind = "campaign"
    channels: list[Channel]
    mode: Mode = "together"
    content: Content
    audience: Audience
    schedule: Schedule = Schedule()
    draft: bool = False


class CommunicationChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about the communication that has this revision: all before it begins; while it is paused its name,
    the texts of what has not been handed over yet, pace and quiet hours."""

    revision: int
    name: str | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    channels: list[Channel] | UnsetType = UNSET
    mode: Mode | UnsetType = UNSET
    content: Content | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    schedule: Schedule | UnsetType = UNSET


class Summary(Struct, frozen=True, kw_only=True):
    """A communication as lists and the calendar show it; times are UTC."""

    id: UUID
    name: str
    kind: Kind
    state: State
    pause_reason: PauseReason | None = None
    channels: list[Channel]
    mode: Mode
    send_at: datetime | None = None  # None: at once, or a draft without a time
    starts_at: datetime | None = None
    clients: int  # how many it is for, as far as it is prepared
    totals: Totals
    revision: int
    created_at: datetime
    changed_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None


class Communication(Summary, frozen=True, kw_only=True):
    """A communication with all that was said of it; `failure` is a stable code."""

    content: Content
    audience: Audience
    schedule: Schedule
    expires_at: datetime | None = None
    failure: str | None = None
    created_by: UUID
    resend_of: UUID | None = None


class Communications(Struct, frozen=True, kw_only=True):
    """A page of communications; `next` is the cursor of the page after it."""

    items: list[Summary]
    next: str | None = None


class Outcome(Struct, frozen=True, kw_only=True):
    """What a pause, a resumption or a cancellation did, exact at its commit: messages by all channels.

    `waiting` go out later or, after a cancellation, not at all (`cancelled`); `gone_out` stay out; of those that are
    `in_flight` it is not known yet.
    """

    state: State
    revision: int
    waiting: int
    cancelled: int
    gone_out: int
    in_flight: int


class Recipient(Struct, frozen=True, kw_only=True):
    """What became of a communication for one client on one channel. `client` is None once it was erased."""

    client_id: UUID
    client: str | None
    channel: Channel
    address: str | None = None
    status: Status
    reason: str | None = None
    delivery_id: int | None = None
    not_before: datetime
    changed_at: datetime | None = None


class Recipients(Struct, frozen=True, kw_only=True):
    """A page of recipients; `next` is the cursor of the page after it."""

    items: list[Recipient]
    next: str | None = None


class FailureCount(Struct, frozen=True, kw_only=True):
    """How many recipients failed, were skipped or suppressed on a channel for one reason."""

    channel: Channel
    status: Status
    reason: str | None
    count: int
