"""What a person wants to be notified of, by which channel, and when not."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from estafette.notifications.models.notices import Kind, OutgoingChannel

NotificationChannel = Literal["app", "push", "email", "sms", "whatsapp"]
Level = Literal["all", "app", "nothing"]
State = Literal["ready", "no_gateway", "gateway_down", "no_address", "no_device", "unconfirmed", "suppressed"]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Rule(Struct, frozen=True, kw_only=True):
    """Whether a person is notified of a kind by a channel, and after how many seconds in which it was not seen."""

    kind: Kind
    channel: NotificationChannel
    enabled: bool
    delay_seconds: int
    shortest_delay_seconds: int = 0


class Reach(Struct, frozen=True, kw_only=True):
    """Whether a way leads to a person now, and why not."""

    channel: OutgoingChannel
    state: State
    address: str | None = None


class NotificationSettings(Struct, frozen=True, kw_only=True):
    """All that a person has settled; times of day are HH:MM in the zone of the profile.

    Do not disturb without an end lasts until it is taken back.
    """

    quiet_from: str | None
    quiet_until: str | None
    do_not_disturb: bool
    do_not_disturb_until: datetime | None
    rules: list[Rule]
    reach: list[Reach]


class RuleChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about one rule."""

    kind: Kind
    channel: NotificationChannel
    enabled: bool | UnsetType = UNSET
    delay_seconds: int | UnsetType = UNSET


class SettingsChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person changes; what is not mentioned stays."""

    quiet_from: str | UnsetType | None = UNSET
    quiet_until: str | UnsetType | None = UNSET
    do_not_disturb_until: Moment | UnsetType | None = UNSET
    rules: list[RuleChange] = []


class ExceptionPut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much a person wants to be notified of one conversation, and until when."""

    level: Level
    until: Moment | None = None


class TopicException(Struct, frozen=True, kw_only=True):
    """How much a person is notified of one conversation."""

    topic_id: UUID
    level: Level
    until: datetime | None


class Unsubscription(Struct, frozen=True, kw_only=True):
    """What the link of an e-mail ends: the e-mails of this kind."""

    kind: Kind


class Quiet(Struct, frozen=True, kw_only=True):
    """When a person wants quiet: between two minutes of the day in their zone, or while they set do not disturb."""

    quiet_from: int | None = None
    quiet_until: int | None = None
    do_not_disturb: bool = False
    do_not_disturb_until: datetime | None = None
