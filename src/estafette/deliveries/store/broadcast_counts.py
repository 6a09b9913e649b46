"""Statements about how many subscriptions of broadcasts stand where."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.deliveries.models.deliveries import Status


async def add(transaction: Transaction, id_: UUID, counts: Mapping[tuple[Status, str], int]) -> None:
    """Counts on, or back, by status and reason; the broadcast is locked."""
    await transaction.execute(
        """
        INSERT INTO broadcast_counts AS known (broadcast_id, status, reason, count)
        SELECT $1, status, reason, count
        FROM unnest((SELECT $2::text[]), $3::text[], $4::bigint[]) AS given (status, reason, count)
        ON CONFLICT (broadcast_id, status, reason) DO UPDATE SET count = known.count + excluded.count
        """,
        id_,
        *tuples([(status, reason, count) for (status, reason), count in counts.items()]),
    )


async def of(queries: Queries, ids: Sequence[UUID]) -> list[Any]:
    """How many subscriptions of broadcasts stand where: `broadcast_id, status, reason, count`."""
    return await queries.fetch(
        """
        SELECT broadcast_id, status, reason, count FROM broadcast_counts
        WHERE broadcast_id = ANY ((SELECT $1::uuid[])::uuid[]) AND count > 0
        ORDER BY broadcast_id, status, reason
        """,
        ids,
    )
