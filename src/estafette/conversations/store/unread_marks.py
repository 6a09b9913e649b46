"""Statements about conversations that people have marked unread."""

from datetime import datetime
from uuid import UUID

from estafette.base.database import Transaction


async def add(transaction: Transaction, person_id: UUID, conversation_id: UUID, at: datetime) -> bool:
    """Marks a conversation unread; False when it was."""
    return (
        await transaction.fetchval(
            """
            INSERT INTO unread_marks (person_id, conversation_id, at) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING RETURNING true
            """,
            person_id,
            conversation_id,
            at,
        )
        is True
    )


async def remove(transaction: Transaction, person_id: UUID, conversation_id: UUID, at: datetime) -> bool:
    """Takes away a mark that was made until a time; False when there is none."""
    return (
        await transaction.fetchval(
            "DELETE FROM unread_marks WHERE person_id = $1 AND conversation_id = $2 AND at <= $3 RETURNING true",
            person_id,
            conversation_id,
            at,
        )
        is True
    )
