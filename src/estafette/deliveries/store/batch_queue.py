"""Statements about what waits of a batch; those that lock rows of the queue do it in the order of their deliveries."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.deliveries.models.batches import HELD


async def hold(transaction: Transaction, batch_id: UUID) -> int:
    """Sets what waits of a locked batch aside, unless it is being submitted; how many."""
    return await transaction.fetchval(
        """
        WITH waiting AS (
            SELECT delivery_id FROM delivery_queue
            WHERE batch_id = $1 AND dispatcher_id IS NULL AND lane <> $2 ORDER BY delivery_id FOR UPDATE
        ), held AS (
            UPDATE delivery_queue q SET lane = $2 FROM waiting WHERE q.delivery_id = waiting.delivery_id RETURNING 1
        )
        SELECT count(*) FROM held
        """,
        batch_id,
        HELD,
    )


async def put_back(transaction: Transaction, batch_id: UUID, now: datetime, later: Mapping[int, datetime]) -> list[str]:
    """Lets wait for their gateways again what was set aside, some of it until `later`; the lane of each."""
    # Whoever claims does not look for what came back with a time that is over.
    rows = await transaction.fetch(
        """
        WITH held AS (
            SELECT delivery_id FROM delivery_queue WHERE batch_id = $1 AND lane = $2 ORDER BY delivery_id FOR UPDATE
        )
        UPDATE delivery_queue q SET lane = d.channel, not_before = greatest(q.not_before, $3, later.not_before)
        FROM held JOIN deliveries d ON d.id = held.delivery_id
        LEFT JOIN unnest((SELECT $4::bigint[]), $5::timestamptz[]) AS later (delivery_id, not_before)
            ON later.delivery_id = held.delivery_id
        WHERE q.delivery_id = held.delivery_id RETURNING q.lane
        """,
        batch_id,
        HELD,
        now,
        list(later),
        list(later.values()),
    )
    return [row["lane"] for row in rows]


async def held(queries: Queries, batch_id: UUID) -> list[Any]:
    """What was set aside of a batch: `id, channel, member`."""
    return await queries.fetch(
        """
        SELECT d.id, d.channel, d.batch_member AS member
        FROM delivery_queue q JOIN deliveries d ON d.id = q.delivery_id
        WHERE q.batch_id = $1 AND q.lane = $2 ORDER BY d.id
        """,
        batch_id,
        HELD,
    )


async def late(queries: Queries, batch_id: UUID, since: datetime) -> list[Any]:
    """What waits of a batch after it was refused for now, or since before a time: `id, channel, member, not_before`."""
    return await queries.fetch(
        """
        SELECT d.id, d.channel, d.batch_member AS member, q.not_before
        FROM delivery_queue q JOIN deliveries d ON d.id = q.delivery_id
        WHERE q.batch_id = $1 AND q.lane <> $2 AND q.dispatcher_id IS NULL AND d.batch_member IS NOT NULL
            AND (q.attempts > 0 OR q.not_before < $3)
        ORDER BY d.id
        """,
        batch_id,
        HELD,
        since,
    )


async def put_off(transaction: Transaction, later: Mapping[int, datetime]) -> None:
    """Lets deliveries wait until these times, unless somebody submits them, or is about to."""
    await transaction.execute(
        """
        WITH waiting AS MATERIALIZED (
            SELECT delivery_id FROM delivery_queue
            WHERE delivery_id = ANY ((SELECT $1::bigint[])::bigint[]) AND dispatcher_id IS NULL
            ORDER BY delivery_id FOR UPDATE SKIP LOCKED
        )
        UPDATE delivery_queue q SET not_before = greatest(q.not_before, later.not_before)
        FROM waiting JOIN unnest((SELECT $1::bigint[]), $2::timestamptz[]) AS later (delivery_id, not_before)
            ON later.delivery_id = waiting.delivery_id
        WHERE q.delivery_id = waiting.delivery_id
        """,
        list(later),
        list(later.values()),
    )


async def take_out(transaction: Transaction, batch_id: UUID) -> list[int]:
    """Takes all that waits of a locked batch out of the queue, unless it is being submitted."""
    rows = await transaction.fetch(
        """
        WITH waiting AS (
            SELECT delivery_id FROM delivery_queue
            WHERE batch_id = $1 AND dispatcher_id IS NULL ORDER BY delivery_id FOR UPDATE
        )
        DELETE FROM delivery_queue q USING waiting WHERE q.delivery_id = waiting.delivery_id RETURNING q.delivery_id
        """,
        batch_id,
    )
    return [row["delivery_id"] for row in rows]


async def take_out_some(transaction: Transaction, ids: Sequence[int]) -> list[int]:
    """Takes deliveries out of the queue, unless they are being submitted; those that it took."""
    rows = await transaction.fetch(
        """
        WITH waiting AS (
            SELECT delivery_id FROM delivery_queue
            WHERE delivery_id = ANY ((SELECT $1::bigint[])::bigint[]) AND dispatcher_id IS NULL
            ORDER BY delivery_id FOR UPDATE
        )
        DELETE FROM delivery_queue q USING waiting WHERE q.delivery_id = waiting.delivery_id RETURNING q.delivery_id
        """,
        list(ids),
    )
    return [row["delivery_id"] for row in rows]


async def sizes(queries: Queries, batch_id: UUID) -> tuple[int, int]:
    """How many deliveries of a batch wait, held ones included, and how many are being submitted."""
    row = await queries.fetchrow(
        """
        SELECT coalesce(sum(waiting - submitting), 0)::bigint AS waiting, coalesce(sum(submitting), 0)::bigint AS out
        FROM waiting_batches WHERE batch_id = $1
        """,
        batch_id,
    )
    return (row["waiting"], row["out"]) if row else (0, 0)


async def filled(queries: Queries, batch_ids: Sequence[UUID], now: datetime, most_late: int) -> list[Any]:
    """How much of batches is offered to gateways, and of what is for later all above `most_late`, by lane."""
    return await queries.fetch(
        """
        SELECT batch_id, lane,
            count(*) FILTER (WHERE not_before <= $2)
                + greatest(count(*) FILTER (WHERE not_before > $2) - $3, 0) AS filled
        FROM delivery_queue
        WHERE batch_id = ANY ((SELECT $1::uuid[])::uuid[]) GROUP BY batch_id, lane
        """,
        list(batch_ids),
        now,
        most_late,
    )


async def is_empty(queries: Queries, batch_id: UUID) -> bool:
    """Whether nothing of a batch waits or is being submitted."""
    return await queries.fetchval("SELECT NOT EXISTS (SELECT FROM delivery_queue WHERE batch_id = $1)", batch_id)


async def blank(transaction: Transaction, ids: Sequence[int]) -> None:
    """Takes addresses and words away from deliveries; what is being submitted is not tried again."""
    await transaction.execute(
        """
        WITH given AS (SELECT unnest((SELECT $1::bigint[])) AS id), queued AS (
            UPDATE delivery_queue q SET expires_at = least(q.expires_at, q.not_before)
            FROM given WHERE q.delivery_id = given.id
        ), attempts AS (
            UPDATE delivery_attempts a SET reason = NULL FROM given WHERE a.delivery_id = given.id
        ), reported AS (
            UPDATE receipts r SET body = '' FROM given WHERE r.delivery_id = given.id
        )
        UPDATE deliveries d SET recipient = '', text = '', subject = NULL, html = NULL, media = NULL, options = NULL,
            batch_member = NULL, expires_at = least(d.expires_at, d.send_at)
        FROM given WHERE d.id = given.id
        """,
        list(ids),
    )
