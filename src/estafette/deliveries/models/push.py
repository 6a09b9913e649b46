"""Browsers that want to be told."""

from datetime import datetime
from uuid import UUID

import msgspec


class SubscriptionKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of a browser (RFC 8291), base64url."""

    p256dh: str
    auth: str


class NewSubscription(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A browser as `PushSubscription.toJSON` describes it, and what its person calls it."""

    endpoint: str
    keys: SubscriptionKeys
    label: str = ""
    expirationTime: float | None = None  # noqa: N815 - sent by browsers, always null today


class PushSubscription(msgspec.Struct, frozen=True, kw_only=True):
    """One of a person's browsers; `endpoint` tells a browser which of them it is."""

    id: UUID
    label: str
    endpoint: str
    created_at: datetime
