"""Statements about conversations of which the search index says the readers of yesterday."""

from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def note(transaction: Transaction, conversation_id: UUID) -> None:
    """Notes that the readers of a conversation are others now."""
    await transaction.execute(
        """
        INSERT INTO stale_search_entries (conversation_id) VALUES ($1)
        ON CONFLICT (conversation_id) DO UPDATE SET not_before = '-infinity'
        """,
        conversation_id,
    )


async def note_with_threads(transaction: Transaction, conversation_id: UUID) -> None:
    """Notes that the readers of a conversation, and so those of its threads, are others now."""
    await transaction.execute(
        """
        INSERT INTO stale_search_entries (conversation_id)
        SELECT $1 UNION ALL SELECT conversation_id FROM threads WHERE parent_id = $1
        ON CONFLICT (conversation_id) DO UPDATE SET not_before = '-infinity'
        """,
        conversation_id,
    )


async def claim(transaction: Transaction, limit: int) -> list[Any]:
    """Takes some of them: `id, readers`; if the transaction fails they are back."""
    return await transaction.fetch(
        """
        WITH taken AS (
            DELETE FROM stale_search_entries WHERE conversation_id = ANY (ARRAY(
                SELECT conversation_id FROM stale_search_entries WHERE not_before <= now()
                ORDER BY not_before LIMIT $1 FOR UPDATE SKIP LOCKED
            ))
            RETURNING conversation_id
        )
        SELECT c.id, place.readers
        FROM taken
        JOIN conversations c ON c.id = taken.conversation_id
        JOIN conversations place ON place.id = coalesce(c.parent_id, c.id)
        """,
        limit,
    )


async def put_off(queries: Queries, conversation_id: UUID) -> None:
    """Tries again in a moment, after a failure."""
    await queries.execute(
        "UPDATE stale_search_entries SET not_before = now() + interval '10 seconds' WHERE conversation_id = $1",
        conversation_id,
    )
