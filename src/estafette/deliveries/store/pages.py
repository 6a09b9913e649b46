"""Statements for pages of an owner's deliveries: newest first, without HTML.

Each goes by an index and reads a bounded stretch of it, whatever is asked for; `end_of_…` says where that ends.
"""

from typing import Any, Final
from uuid import UUID

import msgspec

from estafette.base.database import Queries

STRETCH: Final = 20_000


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Whose deliveries, and which of them: None is all; `words` is a pattern of LIKE; ids are smaller than `before`."""

    owner_id: UUID
    channel: str | None = None
    status: str | None = None
    gateway_id: UUID | None = None
    words: str | None = None
    before: int
    limit: int


async def page(queries: Queries, wanted: Wanted) -> list[Any]:
    """A page of all, whatever their channel."""
    return await queries.fetch(
        """
        SELECT id, key, channel, urgency, sender, recipient, text, subject, NULL AS html, media, options, encoding,
            segments, status, reason, events, attempts, gateway_id, created_at, changed_at, send_at, expires_at
        FROM (
            SELECT * FROM deliveries WHERE owner_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
        ) AS stretch
        WHERE ($4::text IS NULL OR status = $4)
            AND ($5::uuid IS NULL OR gateway_id = $5)
            AND ($6::text IS NULL OR recipient ILIKE $6 OR text ILIKE $6 OR subject ILIKE $6)
        ORDER BY id DESC LIMIT $7
        """,
        wanted.owner_id,
        wanted.before,
        STRETCH,
        wanted.status,
        wanted.gateway_id,
        wanted.words,
        wanted.limit,
    )


async def end_of_stretch(queries: Queries, wanted: Wanted) -> int | None:
    """The smallest id that `page` has looked at; None when it looked at all."""
    return await queries.fetchval(
        """
        SELECT id FROM deliveries WHERE owner_id = $1 AND id < $2 ORDER BY id DESC OFFSET $3 - 1 LIMIT 1
        """,
        wanted.owner_id,
        wanted.before,
        STRETCH,
    )


async def page_of_channel(queries: Queries, wanted: Wanted) -> list[Any]:
    """A page of what has the channel."""
    return await queries.fetch(
        """
        SELECT id, key, channel, urgency, sender, recipient, text, subject, NULL AS html, media, options, encoding,
            segments, status, reason, events, attempts, gateway_id, created_at, changed_at, send_at, expires_at
        FROM (
            SELECT * FROM deliveries WHERE owner_id = $1 AND channel = $2 AND id < $3 ORDER BY id DESC LIMIT $4
        ) AS stretch
        WHERE ($5::text IS NULL OR status = $5)
            AND ($6::uuid IS NULL OR gateway_id = $6)
            AND ($7::text IS NULL OR recipient ILIKE $7 OR text ILIKE $7 OR subject ILIKE $7)
        ORDER BY id DESC LIMIT $8
        """,
        wanted.owner_id,
        wanted.channel,
        wanted.before,
        STRETCH,
        wanted.status,
        wanted.gateway_id,
        wanted.words,
        wanted.limit,
    )


async def end_of_channel_stretch(queries: Queries, wanted: Wanted) -> int | None:
    """The smallest id that `page_of_channel` has looked at; None when it looked at all."""
    return await queries.fetchval(
        """
        SELECT id FROM deliveries WHERE owner_id = $1 AND channel = $2 AND id < $3
        ORDER BY id DESC OFFSET $4 - 1 LIMIT 1
        """,
        wanted.owner_id,
        wanted.channel,
        wanted.before,
        STRETCH,
    )


async def page_of_waiting(queries: Queries, wanted: Wanted) -> list[Any]:
    """A page of what was not sent yet: all of these are in the queue."""
    return await queries.fetch(
        """
        SELECT d.id, d.key, d.channel, d.urgency, d.sender, d.recipient, d.text, d.subject, NULL AS html, d.media,
            d.options, d.encoding, d.segments, d.status, d.reason, d.events, d.attempts, d.gateway_id, d.created_at,
            d.changed_at, d.send_at, d.expires_at
        FROM (
            SELECT delivery_id FROM delivery_queue WHERE delivery_id < $2 ORDER BY delivery_id DESC LIMIT $3
        ) AS stretch
        JOIN deliveries d ON d.id = stretch.delivery_id AND d.owner_id = $1 AND d.status = $4
        WHERE ($5::text IS NULL OR d.channel = $5)
            AND ($6::uuid IS NULL OR d.gateway_id = $6)
            AND ($7::text IS NULL OR d.recipient ILIKE $7 OR d.text ILIKE $7 OR d.subject ILIKE $7)
        ORDER BY d.id DESC LIMIT $8
        """,
        wanted.owner_id,
        wanted.before,
        STRETCH,
        wanted.status,
        wanted.channel,
        wanted.gateway_id,
        wanted.words,
        wanted.limit,
    )


async def end_of_waiting_stretch(queries: Queries, wanted: Wanted) -> int | None:
    """The smallest id that `page_of_waiting` has looked at; None when it looked at all."""
    return await queries.fetchval(
        """
        SELECT delivery_id FROM delivery_queue WHERE delivery_id < $1 ORDER BY delivery_id DESC OFFSET $2 - 1 LIMIT 1
        """,
        wanted.before,
        STRETCH,
    )


async def page_of_trouble(queries: Queries, wanted: Wanted) -> list[Any]:
    """A page of a status that few have: found by the changes that led to it."""
    return await queries.fetch(
        """
        SELECT d.id, d.key, d.channel, d.urgency, d.sender, d.recipient, d.text, d.subject, NULL AS html, d.media,
            d.options, d.encoding, d.segments, d.status, d.reason, d.events, d.attempts, d.gateway_id, d.created_at,
            d.changed_at, d.send_at, d.expires_at
        FROM (
            SELECT delivery_id, ordinal FROM delivery_events
            WHERE owner_id = $1 AND status = $2 AND status NOT IN ('SENT', 'DELIVERED') AND delivery_id < $3
            ORDER BY delivery_id DESC LIMIT $4
        ) AS stretch
        JOIN deliveries d ON d.id = stretch.delivery_id AND d.status = $2 AND d.events = stretch.ordinal
        WHERE ($5::text IS NULL OR d.channel = $5)
            AND ($6::uuid IS NULL OR d.gateway_id = $6)
            AND ($7::text IS NULL OR d.recipient ILIKE $7 OR d.text ILIKE $7 OR d.subject ILIKE $7)
        ORDER BY d.id DESC LIMIT $8
        """,
        wanted.owner_id,
        wanted.status,
        wanted.before,
        STRETCH,
        wanted.channel,
        wanted.gateway_id,
        wanted.words,
        wanted.limit,
    )


async def end_of_trouble_stretch(queries: Queries, wanted: Wanted) -> int | None:
    """The smallest id that `page_of_trouble` has looked at; None when it looked at all."""
    return await queries.fetchval(
        """
        SELECT delivery_id FROM delivery_events
        WHERE owner_id = $1 AND status = $2 AND status NOT IN ('SENT', 'DELIVERED') AND delivery_id < $3
        ORDER BY delivery_id DESC OFFSET $4 - 1 LIMIT 1
        """,
        wanted.owner_id,
        wanted.status,
        wanted.before,
        STRETCH,
    )
