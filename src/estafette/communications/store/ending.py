"""Statements that end what waits: of a cancelled communication, of an erased client."""

from typing import Any
from uuid import UUID

from estafette.base.database import Transaction


async def cancel_some(transaction: Transaction, id_: UUID, limit: int) -> int:
    """Ends so many of those who wait, and counts them; how many."""
    return await transaction.fetchval(
        """
        WITH chosen AS (
            SELECT channel, client_id FROM communication_recipients
            WHERE communication_id = $1 AND state = 'waiting'
            ORDER BY channel, not_before, client_id LIMIT $2 FOR UPDATE
        ), ended AS (
            UPDATE communication_recipients r SET state = 'cancelled', reason = 'cancelled', next_step_at = NULL
            FROM chosen
            WHERE r.communication_id = $1 AND r.channel = chosen.channel AND r.client_id = chosen.client_id
            RETURNING r.channel
        ), counted AS (
            INSERT INTO communication_counts AS known (communication_id, channel, status, share, count)
            SELECT $1, channel, status, pg_backend_pid() % 16, sum(sign) FROM ended
            CROSS JOIN (VALUES ('CANCELLED', 1), ('WAITING', -1)) AS moved (status, sign)
            GROUP BY channel, status ORDER BY channel, status
            ON CONFLICT (communication_id, channel, status, share) DO UPDATE SET count = known.count + excluded.count
        )
        SELECT count(*) FROM ended
        """,
        id_,
        limit,
    )


async def lock_client(transaction: Transaction, client_id: UUID) -> list[Any]:
    """Everything that one client gets or got, locked: `communication_id, channel, state, delivery_id`."""
    return await transaction.fetch(
        """
        SELECT communication_id, channel, state, delivery_id FROM communication_recipients
        WHERE client_id = $1 ORDER BY communication_id, channel FOR UPDATE
        """,
        client_id,
    )


async def cancel_client(transaction: Transaction, client_id: UUID, reason: str) -> None:
    """Ends what waits for a client, all of it locked."""
    await transaction.execute(
        """
        UPDATE communication_recipients
        SET state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END,
            reason = CASE WHEN state = 'waiting' THEN $2 ELSE reason END, next_step_at = NULL
        WHERE client_id = $1 AND (state = 'waiting' OR next_step_at IS NOT NULL)
        """,
        client_id,
        reason,
    )
