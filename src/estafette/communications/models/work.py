"""What workers know of a communication that they are at."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from estafette.base.languages import Language
from estafette.communications.models.audiences import Audience
from estafette.communications.models.communications import Kind, Mode, State
from estafette.communications.models.content import Channel, Content
from estafette.communications.models.schedules import Schedule

COMMUNICATIONS_CHANGED: Final = "communications_changed"
"""The event after which workers look what there is to do; its data is the id of the communication."""


class Work(Struct, frozen=True, kw_only=True):
    """A locked communication, as those need it who prepare, hand over and end it."""

    id: UUID
    kind: Kind
    state: State
    channels: list[Channel]
    mode: Mode
    content: Content
    audience: Audience
    schedule: Schedule
    list_id: UUID | None
    starts_at: datetime | None
    expires_at: datetime | None
    prepared_to: UUID | None
    prepared: bool
    revision: int
    started_at: datetime | None
    created_at: datetime
    ended_before: int
    failed_before: int
    organisation: str | None = None  # as texts call it; None: as the product

    @property
    def addressed(self) -> list[Channel]:
        """Its channels by which single clients are written to: all but push."""
        return [each for each in self.channels if each != "push"]

    def later_channels(self, channel: Channel) -> list[Channel]:
        """The channels of a ladder that are tried after this one."""
        return self.channels[self.channels.index(channel) + 1 :] if self.mode == "ladder" else []


class Addressee(Struct, frozen=True, kw_only=True):
    """A client of the register, as far as a message to it needs it."""

    id: UUID
    external_id: str | None = None
    name: str = ""
    email: str | None = None
    phone: str | None = None
    whatsapp: str | None = None
    language: Language | None = None
    time_zone: str | None = None
    attributes: dict[str, Any] = {}
    consented: list[Channel] = []
    refused: list[Channel] = []

    def address(self, channel: Channel) -> str | None:
        """Where the client is reached by a channel."""
        match channel:
            case "email":
                return self.email
            case "sms":
                return self.phone
            case "whatsapp":
                return self.whatsapp
            case "push":
                return None


class WaitingRecipient(Struct, frozen=True, kw_only=True):
    """A locked recipient that waits to be handed over."""

    client_id: UUID
    not_before: datetime


class Lane(Struct, frozen=True, kw_only=True):
    """A channel of a running communication, and how much waits for it to be handed over."""

    communication_id: UUID
    channel: Channel
    kind: Kind
    waiting: int


class Pace(Struct, frozen=True, kw_only=True):
    """How much of a throttled lane may be handed over."""

    tokens: float
    refilled_at: datetime
