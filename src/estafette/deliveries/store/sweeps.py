"""Statements about what has waited in vain."""

from datetime import datetime
from typing import Any

from estafette.base.database import Queries, Transaction


async def lanes_without_gateway(queries: Queries) -> list[str]:
    """Where something waits that no gateway in use serves; each lane is one step in the index, however long it is."""
    rows = await queries.fetch(
        """
        WITH RECURSIVE lanes AS (
            (SELECT lane FROM delivery_queue ORDER BY lane LIMIT 1)
            UNION ALL
            SELECT (SELECT q.lane FROM delivery_queue q WHERE q.lane > lanes.lane ORDER BY q.lane LIMIT 1)
            FROM lanes WHERE lanes.lane IS NOT NULL
        )
        SELECT lane FROM lanes
        WHERE lane IS NOT NULL AND NOT EXISTS (
            SELECT FROM gateways g
            WHERE g.enabled AND g.removed_at IS NULL AND (lanes.lane = ANY (g.channels) OR lanes.lane = g.id::text)
        )
        """
    )
    return [row["lane"] for row in rows]


async def expired(transaction: Transaction, now: datetime, limit: int) -> list[Any]:
    """Locks what waits and is no longer worth sending."""
    return await transaction.fetch(
        """
        SELECT delivery_id, lane FROM delivery_queue
        WHERE expires_at <= $1 AND dispatcher_id IS NULL
        ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
        """,
        now,
        limit,
    )


async def watched_until(transaction: Transaction) -> datetime | None:
    """Up to which time was looked, locked; None when somebody else looks just now."""
    return await transaction.fetchval("SELECT until FROM delivery_watch FOR UPDATE SKIP LOCKED")


async def came_to_wait(transaction: Transaction, after: datetime, until: datetime, limit: int) -> list[Any]:
    """Deliveries that began to wait for a receipt in a span of time, in order, those of one moment never parted."""
    return await transaction.fetch(
        """
        SELECT e.at, e.delivery_id, coalesce(g.receipts_expected, false) AS receipts_expected
        FROM delivery_events e
        JOIN deliveries d ON d.id = e.delivery_id
        LEFT JOIN gateways g ON g.id = d.gateway_id
        WHERE e.status IN ('SENT', 'UNCERTAIN') AND e.at > $1 AND e.at <= $2
        ORDER BY e.at FETCH FIRST ($3) ROWS WITH TIES
        """,
        after,
        until,
        limit,
    )


async def watch_from(transaction: Transaction, until: datetime) -> None:
    """Notes up to which time was looked."""
    await transaction.execute("UPDATE delivery_watch SET until = $1", until)
