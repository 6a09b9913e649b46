"""Notifications as people see them in the app."""

from datetime import datetime
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.notifications.models.notices import Kind


class Notification(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a person is notified of, in their language; `path` is the page that opens the right place."""

    id: UUID
    kind: Kind
    topic_id: UUID
    party_id: UUID
    urgent: bool
    created_at: datetime
    changed_at: datetime
    read_at: datetime | None
    title: str
    text: str
    path: str
    place: str | None
    actor: Card | None


class Notifications(msgspec.Struct, frozen=True, kw_only=True):
    """A page of notifications, newest change first; `unread` counts all that are unread, to 100 at most."""

    items: list[Notification]
    unread: int
    next: str | None = None


class UnreadCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many notifications are unread, counted to 100 at most."""

    unread: int


class NotificationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A notification as it is stored."""

    id: UUID
    person_id: UUID
    kind: Kind
    topic_id: UUID
    party_id: UUID
    first_number: int
    urgent: bool
    created_at: datetime
    changed_at: datetime
    read_at: datetime | None
