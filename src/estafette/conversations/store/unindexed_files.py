"""Statements about messages whose files are to be indexed."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def note(transaction: Transaction, message_ids: Sequence[UUID]) -> None:
    """Notes those of these messages that have files."""
    await transaction.execute(
        """
        INSERT INTO unindexed_files (message_id)
        SELECT DISTINCT message_id FROM attachments WHERE message_id = ANY ($1::uuid[]) ORDER BY message_id
        ON CONFLICT (message_id) DO UPDATE SET not_before = '-infinity'
        """,
        message_ids,
    )


async def note_with(transaction: Transaction, file_ids: Sequence[UUID]) -> None:
    """Notes the messages to which files are attached."""
    await transaction.execute(
        """
        INSERT INTO unindexed_files (message_id)
        SELECT DISTINCT message_id FROM attachments WHERE file_id = ANY ($1::uuid[]) ORDER BY message_id
        ON CONFLICT (message_id) DO UPDATE SET not_before = '-infinity'
        """,
        file_ids,
    )


async def claim(transaction: Transaction, limit: int) -> list[UUID]:
    """Takes some of them; if the transaction fails they are back."""
    rows = await transaction.fetch(
        """
        DELETE FROM unindexed_files WHERE message_id = ANY (ARRAY(
            SELECT message_id FROM unindexed_files WHERE not_before <= now()
            ORDER BY not_before LIMIT $1 FOR UPDATE SKIP LOCKED
        ))
        RETURNING message_id
        """,
        limit,
    )
    return [row["message_id"] for row in rows]


async def put_off(queries: Queries, message_id: UUID) -> None:
    """Tries again in a moment, after a failure."""
    await queries.execute(
        "UPDATE unindexed_files SET not_before = now() + interval '10 seconds' WHERE message_id = $1", message_id
    )
