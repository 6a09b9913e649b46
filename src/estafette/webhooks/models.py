"""Webhooks and their calls."""

from datetime import datetime
from typing import Any, Final, Literal, get_args
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

Event = Literal["delivery.status_changed", "communication.state_changed"]
EVENTS: Final[tuple[Event, ...]] = get_args(Event)
TEST: Final = "webhook.test"

CallState = Literal["waiting", "answered", "given_up"]


class NewWebhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where to call, and when."""

    url: str
    events: list[Event] = msgspec.field(default_factory=lambda: list(EVENTS))


class WebhookChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about a webhook; what is not mentioned stays."""

    url: str | UnsetType = UNSET
    events: list[Event] | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """A program that is called when something happened; its secret is not shown again."""

    id: UUID
    url: str
    events: list[Event]
    enabled: bool
    failures: int  # failed calls in a row
    created_at: datetime
    disabled_at: datetime | None = None


class WebhookShown(Webhook, frozen=True, kw_only=True):
    """A webhook that has just been made: the only time its secret is shown."""

    secret: str  # whsec_ and base64, as the libraries of Standard Webhooks take it


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call and how it goes; `id` is the `webhook-id` that the receiver sees."""

    id: UUID
    event: str
    data: dict[str, Any]
    created_at: datetime
    state: CallState
    attempts: int
    status: int | None = None  # the HTTP status of the last answer
    failure: str | None = None  # why the last attempt failed
    next_attempt_at: datetime | None = None
    done_at: datetime | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A call that is about to be made."""

    call_id: UUID
    webhook_id: UUID
    url: str
    sealed_secret: bytes
    event: str
    data: dict[str, Any]
    created_at: datetime
    number: int  # 1 for the first attempt


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """How an attempt ended: with a status, or with a reason why there is none."""

    status: int | None = None
    failure: str | None = None

    @property
    def good(self) -> bool:
        """Whether the receiver has taken it."""
        return self.failure is None
