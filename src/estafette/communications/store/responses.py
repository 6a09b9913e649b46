"""Statements about what communications led to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples

Unsubscribe = tuple[UUID, str, UUID]
"""Communication, channel, client."""


async def add_unsubscribes(transaction: Transaction, rows: Sequence[Unsubscribe], at: datetime) -> None:
    """Notes which clients ended messages after a communication, each once."""
    await transaction.execute(
        """
        INSERT INTO communication_unsubscribes (communication_id, channel, client_id, at)
        SELECT communication_id, channel, client_id, $4
        FROM unnest((SELECT $1::uuid[]), $2::text[], $3::uuid[]) AS given (communication_id, channel, client_id)
        ORDER BY communication_id, channel, client_id
        ON CONFLICT DO NOTHING
        """,
        *tuples(rows),
        at,
    )


async def counted(queries: Queries, communication_id: UUID) -> list[Any]:
    """`channel, answers, unsubscribed` of a communication, of those channels that have any."""
    return await queries.fetch(
        """
        SELECT channel, sum(answers)::int AS answers, sum(unsubscribed)::int AS unsubscribed FROM (
            SELECT channel, count(*) AS answers, 0 AS unsubscribed FROM client_answers
            WHERE communication_id = $1 AND meaning = 'message' GROUP BY channel
            UNION ALL
            SELECT channel, 0, count(*) FROM communication_unsubscribes WHERE communication_id = $1 GROUP BY channel
        ) AS found
        GROUP BY channel ORDER BY channel
        """,
        communication_id,
    )


async def forget_of(transaction: Transaction, client_ids: Sequence[UUID]) -> None:
    """Takes the names of erased clients off; nobody is counted less for it."""
    await transaction.execute(
        """
        UPDATE communication_unsubscribes SET client_id = gen_random_uuid() WHERE client_id = ANY ($1::uuid[])
        """,
        list(client_ids),
    )
