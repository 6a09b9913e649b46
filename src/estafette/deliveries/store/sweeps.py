"""Statements about what has waited in vain."""

from datetime import datetime
from typing import Any

from estafette.base.database import Queries, Transaction


async def lanes_without_gateway(queries: Queries) -> list[str]:
    """Lanes that no gateway in use serves, whether or not anything waits there."""
    rows = await queries.fetch(
        """
        SELECT channel AS lane FROM unnest('{sms,mms,email,push,whatsapp}'::text[]) AS channel
        WHERE NOT EXISTS (
            SELECT FROM gateways g WHERE g.enabled AND g.removed_at IS NULL AND channel = ANY (g.channels)
        )
        UNION ALL
        SELECT id::text FROM gateways WHERE NOT enabled OR removed_at IS NOT NULL
        """
    )
    return [row["lane"] for row in rows]


async def expired(transaction: Transaction, now: datetime, limit: int) -> list[Any]:
    """Locks what waits and is no longer worth sending."""
    # A plan that was made while little waited would gather and sort everything for each batch of a million.
    await transaction.execute("SELECT set_config('enable_bitmapscan', 'off', true)")
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
