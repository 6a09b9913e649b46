"""Threads: what is shown below the message that one begins with, and those that a person follows."""

from datetime import datetime
from uuid import UUID

import msgspec

from estafette.accounts import Card


class ThreadSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A thread in one line: how much was said, when last, and the first five who did.

    `id` is that of the conversation that the thread is, `number` of its newest change: of two summaries that with the
    greater one counts. Deleted replies do not count.
    """

    id: UUID
    number: int
    replies: int
    last_reply_at: datetime | None
    repliers: list[Card]


class ThreadLine(msgspec.Struct, frozen=True, kw_only=True):
    """The message that a thread begins with, and the line below it."""

    message_id: UUID
    ordinal: int
    thread: ThreadSummary


class ThreadLines(msgspec.Struct, frozen=True):
    """Lines in the order of their messages; `next` is the ordinal after which the others are asked for."""

    items: list[ThreadLine]
    next: int | None


class UnreadThreads(msgspec.Struct, frozen=True):
    """What a person has not read in threads they follow; muted ones and those of archived parents left out."""

    unread_threads: int
    unread_messages: int
    mentioned: int
