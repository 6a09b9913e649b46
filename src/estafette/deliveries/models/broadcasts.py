"""Broadcasts: one text to all browsers that asked for the news of a topic."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.languages import Language
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.models.messages import ClaimedMessage, Outcome
from estafette.deliveries.models.push import SubscriptionKeys

NEWS: Final = "news"
"""The public topic: the news of this organisation."""

BROADCASTS_CHANGED: Final = "broadcasts_changed"
"""The event that tells workers that a broadcast runs now, or does not any more; its data are a `BroadcastHint`."""


class NewBroadcastSubscription(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A browser as `PushSubscription.toJSON` describes it, and the language it is told news in.

    `replaces` is a former subscription of the same browser, which ends and whose language is kept.
    """

    endpoint: str
    keys: SubscriptionKeys
    language: Language = "en"
    replaces: "FormerSubscription | None" = None
    expirationTime: float | None = None  # noqa: N815 - sent by browsers, always null today


class FormerSubscription(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A browser that unsubscribes; `auth` is the secret that it subscribed with, base64url."""

    endpoint: str
    auth: str


class BroadcastSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that is told news."""

    language: Language
    created_at: datetime


class BroadcastKey(msgspec.Struct, frozen=True, kw_only=True):
    """What browsers subscribe to news with (RFC 8292); none when no news are offered."""

    key: str | None


class BroadcastSubscribers(msgspec.Struct, frozen=True, kw_only=True):
    """How many browsers want news, and in which languages."""

    count: int
    languages: dict[Language, int]


class BroadcastSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether visitors are offered news by push."""

    offered: bool


class BroadcastText(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown, and the path of this server that a press opens."""

    title: str
    text: str
    url: str = "/"


class BroadcastContent(msgspec.Struct, frozen=True, kw_only=True):
    """A text for each language, with one for those that have none of their own."""

    default_language: Language
    texts: dict[Language, BroadcastText]

    def text(self, language: Language) -> BroadcastText:
        """What a subscriber with this language is told."""
        return self.texts.get(language) or self.texts[self.default_language]


class NewBroadcast(msgspec.Struct, frozen=True, kw_only=True):
    """A broadcast that begins at once; `id` is that of the communication. What has not left by its expiry does not."""

    id: UUID
    content: BroadcastContent
    expires_at: datetime
    topic: str = NEWS


class BroadcastOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a step did, exact at its commit.

    `waiting` go out later; `cancelled` do not; `gone_out` were taken by their push services, or may have been; of those
    `in_flight` it is not known yet.
    """

    waiting: int
    cancelled: int
    gone_out: int
    in_flight: int


class BroadcastReason(msgspec.Struct, frozen=True, kw_only=True):
    """How many subscriptions came to a status for one reason."""

    status: Status
    reason: str | None
    count: int


class BroadcastHint(msgspec.Struct, frozen=True, kw_only=True):
    """Which broadcast has changed, and whether it runs now."""

    id: UUID
    running: bool


class LeasedRange(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker submits now; each message names its subscription as `delivery_id`."""

    id: UUID
    broadcast_id: UUID
    messages: list[ClaimedMessage]


class RangeEnding(msgspec.Struct, frozen=True, kw_only=True):
    """How the submissions of a range ended, by subscription; None: it was not submitted."""

    id: UUID
    broadcast_id: UUID
    outcomes: dict[int, Outcome | None]
