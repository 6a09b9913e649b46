"""Statements about what the search index is told of messages, and about what it has to be told anew."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def said(transaction: Transaction, ids: Sequence[UUID]) -> list[Any]:
    """What can be searched of messages; of a deleted one only `id, conversation_id, number, deleted` say something.

    `id, conversation_id, parent_id, number, sender_id, party_id, text, attachments, mentions, mentions_all, pinned,
    reacted, created_at, deleted, readers`: `readers` are those of the conversation, of a thread those of its parent.
    """
    # The sub-select hides the number of ids from the planner, so that it keeps one plan for all.
    return await transaction.fetch(
        """
        SELECT m.id, m.conversation_id, c.parent_id, m.number, m.sender_id, m.party_id, m.text, m.attachments,
            m.mentions, m.mentions_all, m.pinned_at IS NOT NULL AS pinned, m.created_at,
            CASE WHEN m.reacted THEN EXISTS (
                SELECT FROM message_reaction_counts r WHERE r.message_id = m.id AND r.count > 0
            ) ELSE false END AS reacted,
            m.deleted_at IS NOT NULL AS deleted, place.readers
        FROM messages m
        JOIN conversations c ON c.id = m.conversation_id
        JOIN conversations place ON place.id = coalesce(c.parent_id, c.id)
        WHERE m.id = ANY ((SELECT $1::uuid[])::uuid[])
        """,
        ids,
    )


async def claim(transaction: Transaction, limit: int) -> list[Any]:
    """Takes some conversations that are to be indexed anew: `conversation_id, before_ordinal`."""
    return await transaction.fetch(
        """
        DELETE FROM unindexed_conversations WHERE conversation_id = ANY (ARRAY(
            SELECT conversation_id FROM unindexed_conversations WHERE not_before <= now()
            ORDER BY not_before LIMIT $1 FOR UPDATE SKIP LOCKED
        ))
        RETURNING conversation_id, before_ordinal
        """,
        limit,
    )


async def newest_before(
    transaction: Transaction, conversation_id: UUID, ordinal: int, limit: int, characters: int
) -> list[Any]:
    """The `id, ordinal` of the newest messages before an ordinal, newest first: until so many characters are full."""
    return await transaction.fetch(
        """
        SELECT id, ordinal FROM (
            SELECT id, ordinal, sum(length(text)) OVER (ORDER BY ordinal DESC) - length(text) AS later FROM (
                SELECT id, ordinal, text FROM messages WHERE conversation_id = $1 AND ordinal < $2
                ORDER BY ordinal DESC LIMIT $3
            ) AS newest
        ) AS summed
        WHERE later < $4 ORDER BY ordinal DESC
        """,
        conversation_id,
        ordinal,
        limit,
        characters,
    )


async def leave(transaction: Transaction, conversation_id: UUID, before_ordinal: int) -> None:
    """Notes how far a conversation has not been indexed anew yet."""
    await transaction.execute(
        """
        INSERT INTO unindexed_conversations (conversation_id, before_ordinal, not_before) VALUES ($1, $2, now())
        ON CONFLICT (conversation_id) DO NOTHING
        """,
        conversation_id,
        before_ordinal,
    )


async def put_off(queries: Queries, conversation_id: UUID) -> None:
    """Tries again in a moment, after a failure."""
    await queries.execute(
        "UPDATE unindexed_conversations SET not_before = now() + interval '10 seconds' WHERE conversation_id = $1",
        conversation_id,
    )
