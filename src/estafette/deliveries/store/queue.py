"""Statements about what waits or is being submitted. Rows of the queue are locked before their deliveries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.deliveries.models.batches import HELD

QueuePosition = tuple[str, int, datetime]
"""A lane, an urgency, and a time: those that wait there, none that could go out before that time."""


async def take_out_waiting(transaction: Transaction, id_: int) -> bool:
    """Takes a delivery out of the queue unless it is being submitted; whether it was there."""
    return bool(
        await transaction.fetchval(
            "DELETE FROM delivery_queue WHERE delivery_id = $1 AND dispatcher_id IS NULL RETURNING true", id_
        )
    )


async def pick(transaction: Transaction, positions: Sequence[QueuePosition], now: datetime, limit: int) -> list[Any]:
    """Locks at most `limit` that are due, one position after the other; what somebody else holds is left out."""
    # Each position is read in the order of the index, and none of them once there are enough.
    return await transaction.fetch(
        """
        SELECT picked.delivery_id, picked.segments, picked.expires_at, picked.lane, picked.urgency, picked.not_before
        FROM unnest((SELECT $1::text[]), $2::smallint[], $3::timestamptz[]) AS places (lane, urgency, since)
        CROSS JOIN LATERAL (
            SELECT q.delivery_id, q.segments, q.expires_at, q.lane, q.urgency, q.not_before
            FROM delivery_queue q
            WHERE q.lane = places.lane AND q.urgency = places.urgency
                AND q.not_before >= places.since AND q.not_before <= $4 AND q.dispatcher_id IS NULL
            ORDER BY q.not_before, q.delivery_id LIMIT $5 FOR UPDATE SKIP LOCKED
        ) AS picked
        LIMIT $5
        """,
        *tuples(positions),
        now,
        limit,
    )


async def waiting(transaction: Transaction, now: datetime, limit: int) -> list[int]:
    """Locks at most `limit` that are due and that nobody is submitting."""
    rows = await transaction.fetch(
        """
        SELECT delivery_id FROM delivery_queue
        WHERE dispatcher_id IS NULL AND not_before <= $1 ORDER BY delivery_id LIMIT $2 FOR UPDATE
        """,
        now,
        limit,
    )
    return [row["delivery_id"] for row in rows]


async def mark(
    transaction: Transaction, ids: Sequence[int], dispatcher_id: UUID, claim_id: UUID, gateway_id: UUID, now: datetime
) -> None:
    """Notes who is submitting locked rows, through which gateway."""
    await transaction.execute(
        """
        UPDATE delivery_queue SET dispatcher_id = $2, claim_id = $3, gateway_id = $4, submitting_since = $5,
            attempts = attempts + 1
        WHERE delivery_id = ANY ((SELECT $1::bigint[])::bigint[])
        """,
        list(ids),
        dispatcher_id,
        claim_id,
        gateway_id,
        now,
    )


async def any_due(queries: Queries, positions: Sequence[QueuePosition], now: datetime) -> bool:
    """Whether anything waits whose turn it is."""
    return bool(
        await queries.fetchval(
            """
            SELECT EXISTS (
                SELECT FROM unnest((SELECT $1::text[]), $2::smallint[], $3::timestamptz[])
                    AS places (lane, urgency, since)
                CROSS JOIN LATERAL (
                    SELECT FROM delivery_queue q
                    WHERE q.lane = places.lane AND q.urgency = places.urgency
                        AND q.not_before >= places.since AND q.not_before <= $4 AND q.dispatcher_id IS NULL
                    ORDER BY q.not_before, q.delivery_id LIMIT 1
                ) AS due
            )
            """,
            *tuples(positions),
            now,
        )
    )


async def undo(transaction: Transaction, dispatcher_id: UUID, claim_id: UUID) -> None:
    """Lets wait again what a claim took whose commit was never confirmed."""
    await transaction.execute(
        """
        UPDATE delivery_queue SET dispatcher_id = NULL, claim_id = NULL, gateway_id = NULL, submitting_since = NULL,
            attempts = attempts - 1
        WHERE dispatcher_id = $1 AND claim_id = $2
        """,
        dispatcher_id,
        claim_id,
    )


async def messages(transaction: Transaction, ids: Sequence[int], now: datetime) -> list[Any]:
    """What is needed to submit deliveries, in the order of the ids; `suppressed` when their recipient wants nothing.

    A push subscription whose session has ended since is none any more: it has no `endpoint`. What belongs to a batch
    that was `stopped` meanwhile came back into the queue from being submitted. Who is `refused` has said so since it
    was handed in.
    """
    return await transaction.fetch(
        """
        SELECT d.id, q.attempts, d.channel, d.sender, d.recipient, d.text, d.subject, d.html, d.media, d.options,
            d.urgency, d.segments, d.created_at, d.expires_at, p.endpoint, p.p256dh, p.auth,
            (
                SELECT s.reason FROM suppressions s
                WHERE s.channel = d.channel AND s.recipient IN (d.recipient, lower(d.recipient)) LIMIT 1
            ) AS suppressed, b.stopped, EXISTS (
                SELECT FROM registered_clients c WHERE c.id = d.batch_member AND d.channel = ANY (c.refused)
            ) AS refused
        FROM unnest((SELECT $1::bigint[])) WITH ORDINALITY AS given (id, position)
        JOIN deliveries d ON d.id = given.id
        JOIN delivery_queue q ON q.delivery_id = given.id
        LEFT JOIN delivery_batches b ON b.id = d.batch_id
        LEFT JOIN LATERAL (
            SELECT e.endpoint, e.p256dh, e.auth
            FROM push_subscriptions subscription
            JOIN push_endpoints e ON e.id = subscription.endpoint_id
            JOIN open_sessions s ON s.id = subscription.session_id AND s.expires_at > $2
            WHERE subscription.id = CASE d.channel WHEN 'push' THEN d.recipient::uuid END
        ) AS p ON true
        ORDER BY given.position
        """,
        list(ids),
        now,
    )


async def set_aside(transaction: Transaction, ids: Sequence[int]) -> None:
    """Lets deliveries that are locked already wait until their batch goes on; not if it does so just now.

    Whoever lets it go on waits until it is committed, and finds them. Nobody is waited for, since they hold the batch
    first and rows of the queue then.
    """
    await transaction.execute(
        """
        WITH held AS MATERIALIZED (
            SELECT id FROM delivery_batches
            WHERE stopped = 'held' AND id IN (
                SELECT batch_id FROM delivery_queue WHERE delivery_id = ANY ((SELECT $1::bigint[])::bigint[])
            )
            FOR SHARE SKIP LOCKED
        )
        UPDATE delivery_queue q SET lane = $2 FROM held
        WHERE q.batch_id = held.id AND q.delivery_id = ANY ((SELECT $1::bigint[])::bigint[])
        """,
        list(ids),
        HELD,
    )


async def remove(transaction: Transaction, ids: Sequence[int]) -> None:
    """Takes deliveries out that are locked already."""
    await transaction.execute(
        "DELETE FROM delivery_queue WHERE delivery_id = ANY ((SELECT $1::bigint[])::bigint[])", list(ids)
    )


async def lock(transaction: Transaction, ids: Sequence[int]) -> dict[int, Any]:
    """Locks rows in the order of their deliveries; those that are out of the queue are missing."""
    rows = await transaction.fetch(
        """
        SELECT delivery_id, dispatcher_id, attempts, refused_as, refusals
        FROM delivery_queue WHERE delivery_id = ANY ((SELECT $1::bigint[])::bigint[])
        ORDER BY delivery_id FOR UPDATE
        """,
        list(ids),
    )
    return {row["delivery_id"]: row for row in rows}


async def wait_again(transaction: Transaction, rows: Sequence[tuple[int, datetime, int, str, int]]) -> None:
    """Lets (delivery, not before, attempts, refused as, refusals) wait; also those that were given up too early."""
    await transaction.execute(
        """
        INSERT INTO delivery_queue AS known (
            delivery_id, lane, urgency, not_before, expires_at, segments, attempts, refused_as, refusals, batch_id
        )
        SELECT d.id, coalesce(d.only_gateway_id::text, d.channel), d.urgency, given.not_before, d.expires_at,
            d.segments, given.attempts, given.refused_as, given.refusals, d.batch_id
        FROM unnest((SELECT $1::bigint[]), $2::timestamptz[], $3::integer[], $4::text[], $5::integer[])
            AS given (id, not_before, attempts, refused_as, refusals)
        JOIN deliveries d ON d.id = given.id
        ORDER BY d.id
        ON CONFLICT (delivery_id) DO UPDATE SET not_before = excluded.not_before, refused_as = excluded.refused_as,
            refusals = excluded.refusals, dispatcher_id = NULL, claim_id = NULL, gateway_id = NULL,
            submitting_since = NULL
        """,
        *tuples(rows),
    )
