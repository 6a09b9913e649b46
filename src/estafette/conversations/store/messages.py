"""Statements about single messages and runs of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.conversations.models.messages import Message
from estafette.conversations.store.completing import complete


async def page(queries: Queries, conversation_id: UUID, person_id: UUID, before: int | None, limit: int) -> list[Any]:
    """Where a conversation stands (`head, last_ordinal`, in every row), with at most 500 messages, oldest first.

    They are the newest, or those before an ordinal. Strangers get no row; without a message its columns are null.
    """
    # Ordinals have no gaps, so a page is a range of them. The second LIMIT only tells the planner how few there are.
    return await queries.fetch(
        """
        SELECT s.head, s.last_ordinal, m.*, k.name AS sender_name, k.picture AS sender_picture,
            CASE WHEN m.has_thread THEN (SELECT summary FROM thread_summaries t WHERE t.root_id = m.id) END AS thread
        FROM (
            SELECT c.head, c.last_ordinal, least($3, c.last_ordinal + 1) AS before
            FROM conversations c JOIN conversations place ON place.id = coalesce(c.parent_id, c.id)
            WHERE c.id = $1
                AND EXISTS (SELECT FROM person_topics t WHERE t.person_id = $2 AND t.topic_id = ANY (place.readers))
        ) AS s
        LEFT JOIN LATERAL (
            SELECT id, conversation_id, ordinal, number, kind AS message_kind, party_id, sender_id, text,
                attachments, key, created_at, edited_at, deleted_at, mentions, mentions_all, pinned_at,
                reacted, reply_to, forwarded, has_thread
            FROM messages
            WHERE conversation_id = $1 AND ordinal < s.before AND ordinal >= s.before - $4
            ORDER BY ordinal DESC LIMIT 500
        ) AS m ON true
        LEFT JOIN person_cards k ON k.id = m.sender_id
        ORDER BY m.ordinal
        """,
        conversation_id,
        person_id,
        before,
        limit,
    )


async def before(
    queries: Queries, conversation_id: UUID, ordinal: int, limit: int, viewer: UUID | None = None
) -> list[Message]:
    """At most `limit` messages with a smaller ordinal, newest first."""
    found = await queries.fetch(
        """
        SELECT m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at, m.mentions, m.mentions_all, m.pinned_at,
            m.reacted, m.reply_to, m.forwarded, k.name AS sender_name, k.picture AS sender_picture,
            CASE WHEN m.has_thread THEN (SELECT summary FROM thread_summaries t WHERE t.root_id = m.id) END AS thread
        FROM messages m LEFT JOIN person_cards k ON k.id = m.sender_id
        WHERE m.conversation_id = $1 AND m.ordinal < $2
        ORDER BY m.ordinal DESC LIMIT $3
        """,
        conversation_id,
        ordinal,
        limit,
    )
    return await complete(queries, found, viewer)


async def after(
    queries: Queries, conversation_id: UUID, ordinal: int, limit: int, viewer: UUID | None = None
) -> list[Message]:
    """At most `limit` messages with a larger ordinal, oldest first."""
    found = await queries.fetch(
        """
        SELECT m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at, m.mentions, m.mentions_all, m.pinned_at,
            m.reacted, m.reply_to, m.forwarded, k.name AS sender_name, k.picture AS sender_picture,
            CASE WHEN m.has_thread THEN (SELECT summary FROM thread_summaries t WHERE t.root_id = m.id) END AS thread
        FROM messages m LEFT JOIN person_cards k ON k.id = m.sender_id
        WHERE m.conversation_id = $1 AND m.ordinal > $2
        ORDER BY m.ordinal LIMIT $3
        """,
        conversation_id,
        ordinal,
        limit,
    )
    return await complete(queries, found, viewer)


async def first_since(queries: Queries, conversation_id: UUID, last_ordinal: int, at: datetime) -> int:
    """The ordinal of the first message at or after a time; the one after the last where there is none."""
    return await queries.fetchval("SELECT first_ordinal_since($1, $2, $3)", conversation_id, last_ordinal, at)


async def by_ids(queries: Queries, ids: Sequence[UUID], viewer: UUID | None = None) -> dict[UUID, Message]:
    """Messages by id."""
    found = await queries.fetch(
        """
        SELECT m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at, m.mentions, m.mentions_all, m.pinned_at,
            m.reacted, m.reply_to, m.forwarded, k.name AS sender_name, k.picture AS sender_picture,
            CASE WHEN m.has_thread THEN (SELECT summary FROM thread_summaries t WHERE t.root_id = m.id) END AS thread
        FROM messages m LEFT JOIN person_cards k ON k.id = m.sender_id
        WHERE m.id = ANY ($1::uuid[])
        """,
        ids,
    )
    return {each.id: each for each in await complete(queries, found, viewer)}


async def ordinal_of(queries: Queries, conversation_id: UUID, message_id: UUID) -> int | None:
    """The ordinal of a message of a conversation."""
    return await queries.fetchval(
        "SELECT ordinal FROM messages WHERE id = $2 AND conversation_id = $1", conversation_id, message_id
    )


async def edit(
    transaction: Transaction, message_id: UUID, text: str, number: int, author_id: UUID, at: datetime
) -> None:
    """Replaces the text of a message, and counts that for its author."""
    await transaction.execute(
        """
        WITH used AS MATERIALIZED (
            SELECT count_usage(
                $6, ARRAY[$5::uuid], ARRAY[1::bigint], ARRAY[0::bigint], ARRAY[octet_length($2::text)::bigint]
            )
        )
        UPDATE messages SET text = $2, number = $3, edited_at = $4 FROM used WHERE id = $1
        """,
        message_id,
        text,
        number,
        at,
        author_id,
        at.date(),
    )


async def delete(transaction: Transaction, message_id: UUID, number: int, at: datetime) -> list[UUID]:
    """Empties a message, which keeps its place, and returns the files, locked before, that belonged to it alone."""
    await transaction.execute(
        """
        WITH emptied AS (
            UPDATE messages SET text = '', attachments = NULL, mentions = NULL, mentions_all = false,
                pinned_at = NULL, reacted = false, reply_to = NULL, forwarded = NULL, number = $2, deleted_at = $3
            WHERE id = $1 RETURNING conversation_id, ordinal
        )
        DELETE FROM mentions WHERE (conversation_id, ordinal) IN (SELECT conversation_id, ordinal FROM emptied)
            AND person_id = ANY ((SELECT mentions FROM messages WHERE id = $1)::uuid[])
        """,
        message_id,
        number,
        at,
    )
    released = await transaction.fetch(
        """
        WITH gone AS (DELETE FROM attachments WHERE message_id = $1 RETURNING file_id)
        SELECT file_id FROM gone WHERE NOT EXISTS (
            SELECT FROM attachments other WHERE other.file_id = gone.file_id AND other.message_id <> $1
        )
        """,
        message_id,
    )
    return [row["file_id"] for row in released]


async def advance(transaction: Transaction, conversation_id: UUID, number: int) -> None:
    """Moves a locked conversation to its next number."""
    await transaction.execute("UPDATE conversations SET head = $2 WHERE id = $1", conversation_id, number)


async def shares_file(queries: Queries, file_id: UUID, person_id: UUID) -> bool:
    """Whether a file is attached to a message that the person may see."""
    return await queries.fetchval(
        """
        SELECT EXISTS (
            SELECT 1 FROM attachments f
            JOIN conversations c ON c.id = f.conversation_id
            JOIN conversations place ON place.id = coalesce(c.parent_id, c.id)
            JOIN person_topics t ON t.person_id = $2 AND t.topic_id = ANY (place.readers)
            WHERE f.file_id = $1
        )
        """,
        file_id,
        person_id,
    )


async def set_pinned(transaction: Transaction, message_id: UUID, number: int, at: datetime | None) -> None:
    """Pins a message, or unpins it (`at` is None)."""
    await transaction.execute("UPDATE messages SET pinned_at = $3, number = $2 WHERE id = $1", message_id, number, at)


async def pinned(queries: Queries, conversation_id: UUID, limit: int, viewer: UUID | None = None) -> list[Message]:
    """The pinned messages of a conversation, newest first, at most `limit`."""
    found = await queries.fetch(
        """
        SELECT m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at, m.mentions, m.mentions_all, m.pinned_at,
            m.reacted, m.reply_to, m.forwarded, k.name AS sender_name, k.picture AS sender_picture,
            CASE WHEN m.has_thread THEN (SELECT summary FROM thread_summaries t WHERE t.root_id = m.id) END AS thread
        FROM messages m LEFT JOIN person_cards k ON k.id = m.sender_id
        WHERE m.conversation_id = $1 AND m.pinned_at IS NOT NULL
        ORDER BY m.ordinal DESC LIMIT $2
        """,
        conversation_id,
        limit,
    )
    return await complete(queries, found, viewer)
