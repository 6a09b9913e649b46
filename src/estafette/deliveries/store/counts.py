"""Statements about how many deliveries came to which status."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples

Count = tuple[UUID, UUID, datetime, str, int]
"""Owner, gateway (0: none), hour, status, how many more."""


async def add(transaction: Transaction, counts: Sequence[Count]) -> None:
    """Counts on; rows are taken in one order, so that two who count do not wait for each other in a circle."""
    await transaction.execute(
        """
        INSERT INTO delivery_counts AS known (owner_id, gateway_id, hour, status, count)
        SELECT owner_id, gateway_id, hour, status, count
        FROM unnest((SELECT $1::uuid[]), $2::uuid[], $3::timestamptz[], $4::text[], $5::bigint[])
            AS given (owner_id, gateway_id, hour, status, count)
        ORDER BY owner_id, gateway_id, hour, status
        ON CONFLICT (owner_id, gateway_id, hour, status) DO UPDATE SET count = known.count + excluded.count
        """,
        *tuples(counts),
    )


async def of_owner(queries: Queries, owner_id: UUID, since: datetime) -> list[Any]:
    """Gateway, its name, status and count since an hour, of one owner."""
    return await queries.fetch(
        """
        SELECT c.gateway_id, g.name AS gateway, c.status, sum(c.count)::bigint AS count
        FROM delivery_counts c LEFT JOIN gateways g ON g.id = c.gateway_id
        WHERE c.owner_id = $1 AND c.hour >= $2
        GROUP BY c.gateway_id, g.name, c.status ORDER BY g.name, c.gateway_id, c.status
        """,
        owner_id,
        since,
    )


async def of_all(queries: Queries, since: datetime) -> list[Any]:
    """Gateway, its name, status and count since an hour, of everybody."""
    return await queries.fetch(
        """
        SELECT c.gateway_id, g.name AS gateway, c.status, sum(c.count)::bigint AS count
        FROM delivery_counts c LEFT JOIN gateways g ON g.id = c.gateway_id
        WHERE c.hour >= $1
        GROUP BY c.gateway_id, g.name, c.status ORDER BY g.name, c.gateway_id, c.status
        """,
        since,
    )
