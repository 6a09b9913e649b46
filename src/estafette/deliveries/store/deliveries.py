"""Statements for those who look at their deliveries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries


async def find(queries: Queries, owner_id: UUID, id_: int) -> Any:
    """A delivery of an owner, or None."""
    return await queries.fetchrow(
        """
        SELECT id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding, segments,
            status, reason, events, attempts, gateway_id, created_at, changed_at, send_at, expires_at
        FROM deliveries WHERE id = $2 AND owner_id = $1
        """,
        owner_id,
        id_,
    )


async def page(
    queries: Queries,
    owner_id: UUID,
    channel: str | None,
    statuses: Sequence[str] | None,
    gateway_id: UUID | None,
    words: str | None,
    before: int,
    limit: int,
) -> list[Any]:
    """Deliveries of an owner with smaller ids than `before`, newest first; `words` is a pattern of LIKE."""
    return await queries.fetch(
        """
        SELECT id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding, segments,
            status, reason, events, attempts, gateway_id, created_at, changed_at, send_at, expires_at
        FROM deliveries
        WHERE owner_id = $1 AND id < $6
            AND ($2::text IS NULL OR channel = $2)
            AND ($3::text[] IS NULL OR status = ANY ($3))
            AND ($4::uuid IS NULL OR gateway_id = $4)
            AND ($5::text IS NULL OR recipient ILIKE $5 OR text ILIKE $5 OR subject ILIKE $5)
        ORDER BY id DESC LIMIT $7
        """,
        owner_id,
        channel,
        statuses,
        gateway_id,
        words,
        before,
        limit,
    )


async def page_of_trouble(
    queries: Queries,
    owner_id: UUID,
    channel: str | None,
    status: str,
    gateway_id: UUID | None,
    words: str | None,
    before: int,
    limit: int,
) -> list[Any]:
    """As `page`, for a status that few have: found by the changes that led to it."""
    return await queries.fetch(
        """
        SELECT d.id, d.key, d.channel, d.urgency, d.sender, d.recipient, d.text, d.subject, d.html, d.media, d.options,
            d.encoding, d.segments, d.status, d.reason, d.events, d.attempts, d.gateway_id, d.created_at, d.changed_at,
            d.send_at, d.expires_at
        FROM delivery_events e
        JOIN deliveries d ON d.id = e.delivery_id AND d.status = $3 AND d.events = e.ordinal
        WHERE e.owner_id = $1 AND e.status = $3 AND e.status NOT IN ('SENT', 'DELIVERED') AND e.delivery_id < $6
            AND ($2::text IS NULL OR d.channel = $2)
            AND ($4::uuid IS NULL OR d.gateway_id = $4)
            AND ($5::text IS NULL OR d.recipient ILIKE $5 OR d.text ILIKE $5 OR d.subject ILIKE $5)
        ORDER BY e.delivery_id DESC LIMIT $7
        """,
        owner_id,
        channel,
        status,
        gateway_id,
        words,
        before,
        limit,
    )


async def count(queries: Queries, owner_id: UUID) -> int:
    """How many deliveries an owner has."""
    return await queries.fetchval("SELECT count(*) FROM deliveries WHERE owner_id = $1", owner_id)


async def changes(queries: Queries, id_: int) -> list[Any]:
    """The changes of a delivery's status, in order."""
    return await queries.fetch(
        "SELECT ordinal, at, status, reason FROM delivery_events WHERE delivery_id = $1 ORDER BY ordinal", id_
    )


async def attempts(queries: Queries, id_: int) -> list[Any]:
    """The attempts of a delivery, in order, with what its gateways call it."""
    # OFFSET keeps a plan from reading all that a gateway ever accepted, by the index that begins with the gateway.
    return await queries.fetch(
        """
        SELECT a.ordinal, a.gateway_id, coalesce(g.name, '') AS gateway, a.started_at, a.ended_at, a.outcome, a.code,
            a.reason, a.retry_at,
            CASE a.outcome WHEN 'accepted' THEN ARRAY(
                SELECT p.provider_id FROM (
                    SELECT * FROM provider_messages m WHERE m.delivery_id = a.delivery_id OFFSET 0
                ) AS p WHERE p.gateway_id = a.gateway_id ORDER BY p.part
            ) ELSE '{}' END AS provider_ids
        FROM delivery_attempts a LEFT JOIN gateways g ON g.id = a.gateway_id
        WHERE a.delivery_id = $1 ORDER BY a.ordinal
        """,
        id_,
    )


async def receipts(queries: Queries, id_: int, characters: int) -> list[Any]:
    """The receipts of a delivery, in the order in which they came, with the beginning of each."""
    return await queries.fetch(
        """
        SELECT received_at, provider_id, status, code, reason, substring(body FOR $2) AS raw
        FROM receipts WHERE delivery_id = $1 ORDER BY id LIMIT 200
        """,
        id_,
        characters,
    )


async def next_attempt(queries: Queries, id_: int) -> datetime | None:
    """When a delivery that waits will be tried, at the earliest."""
    return await queries.fetchval(
        "SELECT not_before FROM delivery_queue WHERE delivery_id = $1 AND dispatcher_id IS NULL", id_
    )
