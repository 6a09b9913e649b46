"""Statements about ranges of subscriptions that workers submit, and those that wait singly to be submitted again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples

Retry = tuple[int, int, datetime]
"""A subscription, how many refusals running, and when it may be submitted again."""


async def take_due(transaction: Transaction, broadcast_id: UUID, now: datetime, limit: int) -> dict[int, int]:
    """Takes subscriptions of a locked broadcast off those that wait singly: how often each was refused."""
    rows = await transaction.fetch(
        """
        DELETE FROM broadcast_retries WHERE broadcast_id = $1 AND subscription_id IN (
            SELECT subscription_id FROM broadcast_retries
            WHERE broadcast_id = $1 AND not_before <= $2 ORDER BY not_before, subscription_id LIMIT $3
        )
        RETURNING subscription_id, refusals
        """,
        broadcast_id,
        now,
        limit,
    )
    return {row["subscription_id"]: row["refusals"] for row in rows}


async def wait(transaction: Transaction, broadcast_id: UUID, retries: Sequence[Retry]) -> None:
    """Lets subscriptions of a locked broadcast wait singly."""
    await transaction.execute(
        """
        INSERT INTO broadcast_retries (broadcast_id, subscription_id, refusals, not_before)
        SELECT $1, subscription_id, refusals, not_before
        FROM unnest((SELECT $2::bigint[]), $3::smallint[], $4::timestamptz[])
            AS given (subscription_id, refusals, not_before)
        """,
        broadcast_id,
        *tuples(retries),
    )


async def lease(
    transaction: Transaction, id_: UUID, broadcast_id: UUID, dispatcher_id: UUID, refusals: dict[int, int], at: datetime
) -> None:
    """Notes which subscriptions of a locked broadcast a worker is submitting."""
    await transaction.execute(
        """
        INSERT INTO broadcast_ranges (id, broadcast_id, dispatcher_id, subscription_ids, refusals, leased_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        id_,
        broadcast_id,
        dispatcher_id,
        list(refusals),
        list(refusals.values()),
        at,
    )


async def broadcast_of(queries: Queries, id_: UUID) -> UUID | None:
    """To which broadcast a range belongs, None when it is over."""
    return await queries.fetchval("SELECT broadcast_id FROM broadcast_ranges WHERE id = $1", id_)


async def broadcasts_of(transaction: Transaction, dispatcher_id: UUID | None) -> list[UUID]:
    """The broadcasts of which a worker, or any, is submitting something."""
    rows = await transaction.fetch(
        "SELECT DISTINCT broadcast_id FROM broadcast_ranges WHERE $1::uuid IS NULL OR dispatcher_id = $1",
        dispatcher_id,
    )
    return [row["broadcast_id"] for row in rows]


async def end(transaction: Transaction, id_: UUID) -> dict[int, int] | None:
    """Ends a range of a locked broadcast: how often each subscription was refused. None when it was over."""
    row = await transaction.fetchrow(
        "DELETE FROM broadcast_ranges WHERE id = $1 RETURNING subscription_ids, refusals", id_
    )
    return dict(zip(row["subscription_ids"], row["refusals"], strict=True)) if row else None


async def end_all(transaction: Transaction, broadcast_id: UUID, dispatcher_id: UUID | None) -> int:
    """Ends what a worker, or any, is submitting of a locked broadcast, and says how many subscriptions these are."""
    return await transaction.fetchval(
        """
        WITH ended AS (
            DELETE FROM broadcast_ranges WHERE broadcast_id = $1 AND ($2::uuid IS NULL OR dispatcher_id = $2)
            RETURNING cardinality(subscription_ids) AS count
        )
        SELECT coalesce(sum(count), 0)::bigint FROM ended
        """,
        broadcast_id,
        dispatcher_id,
    )


async def in_flight(queries: Queries, broadcast_id: UUID) -> int:
    """How many subscriptions are being submitted."""
    return await queries.fetchval(
        """
        SELECT coalesce(sum(cardinality(subscription_ids)), 0)::bigint FROM broadcast_ranges WHERE broadcast_id = $1
        """,
        broadcast_id,
    )
