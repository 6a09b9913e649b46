"""Statements about recipients for whom the next channel is to be tried."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.communications.models.content import Channel


async def with_steps(queries: Queries, now: datetime) -> list[UUID]:
    """Running ladders of which steps are due."""
    rows = await queries.fetch(
        """
        SELECT c.id FROM communications c
        WHERE c.state = 'running' AND c.mode = 'ladder' AND EXISTS (
            SELECT FROM communication_recipients r WHERE r.communication_id = c.id AND r.next_step_at <= $1
        )
        ORDER BY c.id
        """,
        now,
    )
    return [row["id"] for row in rows]


async def any_steps(queries: Queries, id_: UUID) -> bool:
    """Whether steps of a ladder are to come."""
    return await queries.fetchval(
        """
        SELECT EXISTS (
            SELECT FROM communication_recipients WHERE communication_id = $1 AND next_step_at IS NOT NULL
        )
        """,
        id_,
    )


async def due(transaction: Transaction, id_: UUID, now: datetime, limit: int) -> list[Any]:
    """Locks recipients whose next step is due: `channel, client_id, delivery_id`."""
    return await transaction.fetch(
        """
        SELECT channel, client_id, delivery_id FROM communication_recipients
        WHERE communication_id = $1 AND next_step_at <= $2
        ORDER BY next_step_at, channel, client_id LIMIT $3 FOR UPDATE
        """,
        id_,
        now,
        limit,
    )


async def arrived(queries: Queries, delivery_ids: Sequence[int]) -> set[int]:
    """Those of the deliveries that have arrived, as far as anybody can know."""
    rows = await queries.fetch(
        """
        SELECT id FROM batch_deliveries WHERE id = ANY ((SELECT $1::bigint[])::bigint[]) AND arrived
        """,
        list(delivery_ids),
    )
    return {row["id"] for row in rows}


async def end_steps(transaction: Transaction, id_: UUID, done: Sequence[tuple[Channel, UUID]]) -> None:
    """Notes that locked recipients have had their step."""
    await transaction.execute(
        """
        UPDATE communication_recipients r SET next_step_at = NULL
        FROM unnest((SELECT $2::text[]), $3::uuid[]) AS g (channel, client_id)
        WHERE r.communication_id = $1 AND r.channel = g.channel AND r.client_id = g.client_id
        """,
        id_,
        *tuples(done),
    )


async def put_off(transaction: Transaction, id_: UUID, steps: Sequence[tuple[str, UUID, datetime]]) -> None:
    """Lets those of recipients (channel, client, when) who have a next step have it no earlier than then."""
    # Locked as by those who erase clients: one client after the other.
    await transaction.execute(
        """
        WITH put_off AS MATERIALIZED (
            SELECT r.channel, r.client_id, g.at
            FROM unnest((SELECT $2::text[]), $3::uuid[], $4::timestamptz[]) AS g (channel, client_id, at)
            JOIN communication_recipients r
                ON r.communication_id = $1 AND r.channel = g.channel AND r.client_id = g.client_id
            WHERE r.next_step_at < g.at
            ORDER BY r.client_id, r.channel FOR UPDATE OF r
        )
        UPDATE communication_recipients r SET next_step_at = put_off.at FROM put_off
        WHERE r.communication_id = $1 AND r.channel = put_off.channel AND r.client_id = put_off.client_id
        """,
        id_,
        *tuples(steps),
    )


async def add_next(
    transaction: Transaction,
    id_: UUID,
    order: Sequence[Channel],
    failed: Sequence[tuple[Channel, UUID]],
    now: datetime,
) -> list[Channel]:
    """Lets clients wait on the next channel after one by which they can be reached; the channel of each."""
    rows = await transaction.fetch(
        """
        INSERT INTO communication_recipients (communication_id, channel, client_id, state, not_before)
        SELECT $1, next.channel, c.id, 'waiting', $5
        FROM unnest((SELECT $3::text[]), $4::uuid[]) AS g (channel, client_id)
        JOIN registered_clients c ON c.id = g.client_id
        CROSS JOIN LATERAL (
            SELECT w.channel FROM unnest($2::text[]) WITH ORDINALITY AS w (channel, place)
            WHERE w.place > array_position($2::text[], g.channel) AND NOT w.channel = ANY (c.refused)
                AND CASE w.channel WHEN 'email' THEN c.email WHEN 'sms' THEN c.phone ELSE c.whatsapp END IS NOT NULL
            ORDER BY w.place LIMIT 1
        ) AS next
        ORDER BY next.channel, c.id
        ON CONFLICT DO NOTHING
        RETURNING channel
        """,
        id_,
        list(order),
        *tuples(failed),
        now,
    )
    return [row["channel"] for row in rows]
