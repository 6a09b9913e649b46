"""Statements about how communications went on: their states, and their totals minute by minute."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.communications.models.communications import Totals


async def states(queries: Queries, communication_id: UUID, limit: int) -> list[Any]:
    """The states that a communication came to, in order; of very many the latest."""
    return await queries.fetch(
        """
        SELECT state, pause_reason, failure, at FROM (
            SELECT * FROM communication_state_changes WHERE communication_id = $1 ORDER BY id DESC LIMIT $2
        ) latest
        ORDER BY id
        """,
        communication_id,
        limit,
    )


async def samples(queries: Queries, communication_id: UUID, limit: int) -> list[Any]:
    """The totals at the ends of minutes, in order; of more than `limit` every second, third … one."""
    return await queries.fetch(
        """
        SELECT at, totals FROM (
            SELECT at, totals, row_number() OVER (ORDER BY at) AS number, count(*) OVER () AS count
            FROM communication_progress WHERE communication_id = $1
        ) numbered
        WHERE number % (1 + (count - 1) / $2) = 0
        ORDER BY at
        """,
        communication_id,
        limit,
    )


async def sampled(queries: Queries, since: datetime) -> list[Any]:
    """The communications that are at work, or were paused or over since, with their last sample."""
    return await queries.fetch(
        """
        SELECT m.id, m.started_at, latest.at, latest.totals FROM communications m
        LEFT JOIN LATERAL (
            SELECT at, totals FROM communication_progress WHERE communication_id = m.id ORDER BY at DESC LIMIT 1
        ) latest ON true
        WHERE m.state IN ('preparing', 'running', 'cancelling')
            OR m.state IN ('paused', 'completed', 'cancelled') AND m.changed_at >= $1 AND m.started_at IS NOT NULL
        ORDER BY m.id
        """,
        since,
    )


async def add_samples(transaction: Transaction, samples: Sequence[tuple[UUID, datetime, Totals]]) -> None:
    """Keeps totals as those of a moment."""
    ids, moments, counted = tuples(list(samples))
    await transaction.execute(
        """
        INSERT INTO communication_progress (communication_id, at, totals)
        SELECT given.id, given.at, given.totals
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::timestamptz[]), (SELECT $3::jsonb[])) AS given (id, at, totals)
        ORDER BY given.id
        ON CONFLICT (communication_id, at) DO UPDATE SET totals = excluded.totals
        """,
        ids,
        moments,
        counted,
    )


async def claim_untold(transaction: Transaction, limit: int) -> list[Any]:
    """State changes of which nobody was told yet, in order, with who made the communication; told from now on."""
    return await transaction.fetch(
        """
        WITH chosen AS (
            SELECT id FROM communication_state_changes WHERE NOT told ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
        ), told AS (
            UPDATE communication_state_changes c SET told = true FROM chosen WHERE c.id = chosen.id RETURNING c.*
        )
        SELECT told.id, told.communication_id, told.state, told.pause_reason, told.failure, told.revision, told.at,
            m.name, m.created_by
        FROM told JOIN communications m ON m.id = told.communication_id
        ORDER BY told.id
        """,
        limit,
    )
