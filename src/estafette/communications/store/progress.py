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
    """The communications of which something may go on, or ended since, with their last sample."""
    return await queries.fetch(
        """
        SELECT m.id, latest.totals FROM (
            SELECT id FROM communications WHERE state IN ('preparing', 'running', 'cancelling')
            UNION
            SELECT communication_id FROM communication_state_changes
            WHERE at >= $1 AND state IN ('paused', 'completed', 'cancelled', 'failed')
        ) m
        LEFT JOIN LATERAL (
            SELECT totals FROM communication_progress WHERE communication_id = m.id ORDER BY at DESC LIMIT 1
        ) latest ON true
        ORDER BY m.id
        """,
        since,
    )


async def add_samples(transaction: Transaction, samples: Sequence[tuple[UUID, Totals]], at: datetime) -> None:
    """Notes totals as those at the end of a minute."""
    ids, totals = tuples(list(samples))
    await transaction.execute(
        """
        INSERT INTO communication_progress (communication_id, at, totals)
        SELECT id, $3, totals FROM unnest((SELECT $1::uuid[]), (SELECT $2::jsonb[])) AS given (id, totals)
        WHERE EXISTS (SELECT FROM communications m WHERE m.id = given.id)
        ON CONFLICT (communication_id, at) DO UPDATE SET totals = excluded.totals
        """,
        ids,
        totals,
        at,
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
