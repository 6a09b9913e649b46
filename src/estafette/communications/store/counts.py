"""Statements about how many recipients have no delivery, kept in the transaction that changes them."""

from collections.abc import Mapping
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.communications.models.communications import Status
from estafette.communications.models.content import Channel

Changed = Mapping[tuple[UUID, Channel, Status], int]
"""How many more recipients of a communication, or fewer, have a status on a channel."""


async def add(transaction: Transaction, changed: Changed) -> None:
    """Counts on; rows are taken in one order, so that two who count do not wait for each other in a circle."""
    rows = [(*key, number) for key, number in changed.items() if number]
    if rows:
        await transaction.execute(
            """
            INSERT INTO communication_counts AS known (communication_id, channel, status, share, count)
            SELECT communication_id, channel, status, pg_backend_pid() % 16, count
            FROM unnest((SELECT $1::uuid[]), $2::text[], $3::text[], $4::bigint[])
                AS given (communication_id, channel, status, count)
            ORDER BY communication_id, channel, status
            ON CONFLICT (communication_id, channel, status, share) DO UPDATE SET count = known.count + excluded.count
            """,
            *tuples(rows),
        )


async def waiting(queries: Queries, communication_id: UUID) -> int:
    """How many recipients wait to be handed over."""
    return await queries.fetchval(
        """
        SELECT coalesce(sum(count), 0)::bigint FROM communication_counts
        WHERE communication_id = $1 AND status = 'WAITING'
        """,
        communication_id,
    )
