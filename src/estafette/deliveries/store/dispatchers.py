"""Statements about workers that submit. Times are the server's: the clocks of workers may differ."""

from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def register(queries: Queries, id_: UUID) -> None:
    """A worker begins."""
    await queries.execute("INSERT INTO dispatchers (id, started_at, seen_at) VALUES ($1, now(), now())", id_)


async def see(queries: Queries, id_: UUID) -> bool:
    """Notes that a worker lives; False when it was declared dead."""
    return bool(await queries.fetchval("UPDATE dispatchers SET seen_at = now() WHERE id = $1 RETURNING true", id_))


async def alive(queries: Queries) -> int:
    """How many workers live."""
    return await queries.fetchval("SELECT count(*) FROM dispatchers WHERE seen_at > now() - interval '15 seconds'")


async def silent(queries: Queries) -> list[UUID]:
    """Workers that were not seen for 15 seconds."""
    rows = await queries.fetch("SELECT id FROM dispatchers WHERE seen_at < now() - interval '15 seconds'")
    return [row["id"] for row in rows]


async def lock(transaction: Transaction, id_: UUID, *, silent_only: bool) -> bool:
    """Locks a worker, so that it can claim nothing; waits for claims that are under way. Whether it was there."""
    return bool(
        await transaction.fetchval(
            """
            SELECT true FROM dispatchers
            WHERE id = $1 AND (NOT $2 OR seen_at < now() - interval '15 seconds') FOR UPDATE
            """,
            id_,
            silent_only,
        )
    )


async def submitting(transaction: Transaction, id_: UUID) -> list[Any]:
    """What a locked worker was submitting; reads the whole queue, which happens once in a worker's death."""
    return await transaction.fetch(
        """
        SELECT q.delivery_id, q.attempts, q.gateway_id, q.submitting_since, d.channel, d.created_at
        FROM delivery_queue q JOIN deliveries d ON d.id = q.delivery_id
        WHERE q.dispatcher_id = $1 ORDER BY q.delivery_id FOR UPDATE OF q
        """,
        id_,
    )


async def remove(transaction: Transaction, id_: UUID) -> None:
    """A worker is no more, nor its right to links."""
    await transaction.execute(
        "WITH links AS (DELETE FROM gateway_links WHERE dispatcher_id = $1) DELETE FROM dispatchers WHERE id = $1", id_
    )
