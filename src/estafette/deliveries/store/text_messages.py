"""Statements for those who know of SMS and MMS only (document D2)."""

from typing import Any
from uuid import UUID

from estafette.base.database import Queries


async def page(queries: Queries, owner_id: UUID, before: int, limit: int) -> list[Any]:
    """Text messages of an owner with smaller ids than `before`, newest first."""
    return await queries.fetch(
        """
        (
            SELECT id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding,
                segments, status, reason, events, attempts, gateway_id, created_at, changed_at, send_at, expires_at
            FROM deliveries WHERE owner_id = $1 AND id < $2 AND channel = 'sms'
            ORDER BY id DESC LIMIT $3
        ) UNION ALL (
            SELECT id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding,
                segments, status, reason, events, attempts, gateway_id, created_at, changed_at, send_at, expires_at
            FROM deliveries WHERE owner_id = $1 AND id < $2 AND channel = 'mms'
            ORDER BY id DESC LIMIT $3
        )
        ORDER BY id DESC LIMIT $3
        """,
        owner_id,
        before,
        limit,
    )


async def count(queries: Queries, owner_id: UUID) -> int:
    """How many text messages an owner has."""
    return await queries.fetchval(
        """
        SELECT coalesce(sum(count), 0)::bigint FROM delivery_totals
        WHERE owner_id = $1 AND channel IN ('sms', 'mms')
        """,
        owner_id,
    )
