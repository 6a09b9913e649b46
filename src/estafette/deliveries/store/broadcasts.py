"""Statements about broadcasts and how far they are. The lock of its row guards all that belongs to a broadcast."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.deliveries.models.broadcasts import NewBroadcast


async def insert(transaction: Transaction, new: NewBroadcast, last: int, at: datetime) -> bool:
    """Begins a broadcast to those up to the subscription `last`; False when it has begun already."""
    return bool(
        await transaction.fetchval(
            """
            INSERT INTO broadcasts (id, topic, content, state, last, served_at, created_at, expires_at)
            VALUES ($1, $2, $3, 'running', $4, $5, $5, $6)
            ON CONFLICT (id) DO NOTHING RETURNING true
            """,
            new.id,
            new.topic,
            new.content,
            last,
            at,
            new.expires_at,
        )
    )


async def lock(transaction: Transaction, ids: Sequence[UUID]) -> list[Any]:
    """Locks broadcasts: `id, state, reached, last, expires_at`."""
    return await transaction.fetch(
        """
        SELECT id, state, reached, last, expires_at FROM broadcasts
        WHERE id = ANY ((SELECT $1::uuid[])::uuid[]) ORDER BY id FOR UPDATE
        """,
        ids,
    )


async def lock_next(transaction: Transaction, now: datetime) -> Any:
    """Locks the running broadcast whose turn it is: the one that was served longest ago, of those that wait for it."""
    return await transaction.fetchrow(
        """
        SELECT b.id, b.topic, b.content, b.state, b.reached, b.last, b.created_at, b.expires_at FROM broadcasts b
        WHERE b.state = 'running' AND b.expires_at > $1 AND (
            b.reached < b.last OR EXISTS (
                SELECT FROM broadcast_retries r WHERE r.broadcast_id = b.id AND r.not_before <= $1
            )
        )
        ORDER BY b.served_at, b.id LIMIT 1 FOR UPDATE OF b SKIP LOCKED
        """,
        now,
    )


async def any_due(queries: Queries, now: datetime) -> bool:
    """Whether a broadcast waits for its turn, locked or not."""
    return bool(
        await queries.fetchval(
            """
            SELECT EXISTS (
                SELECT FROM broadcasts b WHERE b.state = 'running' AND b.expires_at > $1 AND (
                    b.reached < b.last OR EXISTS (
                        SELECT FROM broadcast_retries r WHERE r.broadcast_id = b.id AND r.not_before <= $1
                    )
                )
            )
            """,
            now,
        )
    )


async def lock_over(transaction: Transaction, now: datetime, limit: int) -> list[Any]:
    """Locks broadcasts that have expired with something that waits."""
    return await transaction.fetch(
        """
        SELECT b.id, b.state, b.reached, b.last, b.expires_at FROM broadcasts b
        WHERE b.state IN ('running', 'paused') AND b.expires_at <= $1 AND (
            b.reached < b.last OR EXISTS (SELECT FROM broadcast_retries r WHERE r.broadcast_id = b.id)
        )
        ORDER BY b.id LIMIT $2 FOR UPDATE OF b SKIP LOCKED
        """,
        now,
        limit,
    )


async def lock_running(transaction: Transaction, limit: int) -> list[Any]:
    """Locks broadcasts that run and have something that waits."""
    return await transaction.fetch(
        """
        SELECT b.id, b.state, b.reached, b.last, b.expires_at FROM broadcasts b
        WHERE b.state = 'running' AND (
            b.reached < b.last OR EXISTS (SELECT FROM broadcast_retries r WHERE r.broadcast_id = b.id)
        )
        ORDER BY b.id LIMIT $1 FOR UPDATE OF b SKIP LOCKED
        """,
        limit,
    )


async def serve(transaction: Transaction, id_: UUID, reached: int, at: datetime) -> None:
    """Notes up to which subscription a locked broadcast is leased, and that it had its turn."""
    await transaction.execute(
        "UPDATE broadcasts SET reached = greatest(reached, $2), served_at = $3 WHERE id = $1", id_, reached, at
    )


async def put_state(transaction: Transaction, id_: UUID, state: str, ended_at: datetime | None) -> None:
    """Changes the state of a locked broadcast."""
    await transaction.execute("UPDATE broadcasts SET state = $2, ended_at = $3 WHERE id = $1", id_, state, ended_at)


async def exhaust(transaction: Transaction, id_: UUID) -> None:
    """Lets nothing of a locked broadcast wait any more."""
    await transaction.execute(
        """
        WITH retries AS (DELETE FROM broadcast_retries WHERE broadcast_id = $1)
        UPDATE broadcasts SET reached = greatest(reached, last) WHERE id = $1
        """,
        id_,
    )


async def is_done(transaction: Transaction, id_: UUID) -> bool:
    """Whether nothing of a locked broadcast waits or is in flight."""
    return bool(
        await transaction.fetchval(
            """
            SELECT b.reached >= b.last
                AND NOT EXISTS (SELECT FROM broadcast_ranges g WHERE g.broadcast_id = b.id)
                AND NOT EXISTS (SELECT FROM broadcast_retries r WHERE r.broadcast_id = b.id)
            FROM broadcasts b WHERE b.id = $1
            """,
            id_,
        )
    )


async def ended(queries: Queries, ids: Sequence[UUID]) -> list[UUID]:
    """Those of the broadcasts of which nothing will go out any more and nothing is in flight."""
    rows = await queries.fetch(
        """
        SELECT b.id FROM broadcasts b
        WHERE b.id = ANY ((SELECT $1::uuid[])::uuid[]) AND b.ended_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM broadcast_ranges g WHERE g.broadcast_id = b.id)
        """,
        ids,
    )
    return [row["id"] for row in rows]
