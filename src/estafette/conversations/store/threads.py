"""Statements about threads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def find(queries: Queries, parent_id: UUID, root_id: UUID) -> UUID | None:
    """The thread below a message of a conversation."""
    return await queries.fetchval(
        "SELECT conversation_id FROM threads WHERE root_id = $2 AND parent_id = $1", parent_id, root_id
    )


async def insert(
    transaction: Transaction,
    conversation_id: UUID,
    parent_id: UUID,
    *,
    root_id: UUID,
    root_ordinal: int,
    author_id: UUID | None,
    at: datetime,
) -> None:
    """Opens a thread below a message of a locked conversation, with its first change; the message's author follows."""
    await transaction.execute(
        """
        WITH conversation AS (
            INSERT INTO conversations (id, kind, parent_id, head, opened_at, readers)
            VALUES ($1, 'thread', $2, 1, $6, '{}')
        ), details AS (
            INSERT INTO threads (conversation_id, parent_id, root_id, root_ordinal) VALUES ($1, $2, $3, $4)
        ), noted AS (
            UPDATE messages SET has_thread = true WHERE id = $3
        )
        INSERT INTO memberships (conversation_id, person_id, role, level, joined_at, read_ordinal, of_thread)
        SELECT $1, $5, 'member', 'all', $6, 0, true WHERE $5::uuid IS NOT NULL
        """,
        conversation_id,
        parent_id,
        root_id,
        root_ordinal,
        author_id,
        at,
    )


async def count_out(transaction: Transaction, conversation_id: UUID, message_id: UUID) -> None:
    """Takes a reply that was just deleted out of what stands below the message of its locked thread."""
    incomplete = await transaction.fetchval(
        """
        UPDATE threads t SET replies = t.replies - 1,
            last_reply_at = CASE WHEN gone.created_at < t.last_reply_at THEN t.last_reply_at ELSE (
                SELECT created_at FROM messages WHERE conversation_id = $1 AND deleted_at IS NULL
                ORDER BY ordinal DESC LIMIT 1
            ) END,
            (repliers, replies_of) = (
                SELECT coalesce(array_agg(person ORDER BY place), '{}'),
                    coalesce(array_agg(replies ORDER BY place), '{}')
                FROM (
                    SELECT person, place, CASE person WHEN gone.sender_id THEN replies - 1 ELSE replies END AS replies
                    FROM unnest(t.repliers, t.replies_of) WITH ORDINALITY AS there (person, replies, place)
                ) AS each
                WHERE replies > 0
            )
        FROM messages gone WHERE t.conversation_id = $1 AND gone.id = $2
        RETURNING t.replies > coalesce((SELECT sum(each) FROM unnest(t.replies_of) AS each), 0)
            AND cardinality(t.repliers) < 5
        """,
        conversation_id,
        message_id,
    )
    if incomplete:
        await _name_repliers(transaction, conversation_id)


async def _name_repliers(transaction: Transaction, conversation_id: UUID) -> None:
    """Looks through a thread for the first five who replied: only when one of five has no reply left, and more have."""
    await transaction.execute(
        """
        UPDATE threads SET repliers = first.people, replies_of = first.replies
        FROM (
            SELECT array_agg(sender_id ORDER BY beginning) AS people, array_agg(replies ORDER BY beginning) AS replies
            FROM (
                SELECT sender_id, min(ordinal) AS beginning, count(*) AS replies FROM messages
                WHERE conversation_id = $1 AND deleted_at IS NULL AND sender_id IS NOT NULL
                GROUP BY sender_id ORDER BY min(ordinal) LIMIT 5
            ) AS each
        ) AS first
        WHERE threads.conversation_id = $1
        """,
        conversation_id,
    )


async def lines(queries: Queries, parent_id: UUID, after: int, limit: int) -> list[Any]:
    """What stands below messages after an ordinal, in their order: `root_id, root_ordinal, summary`."""
    return await queries.fetch(
        """
        SELECT root_id, root_ordinal, summary FROM thread_summaries
        WHERE parent_id = $1 AND root_ordinal > $2 ORDER BY root_ordinal LIMIT $3
        """,
        parent_id,
        after,
        limit,
    )


async def lines_of(queries: Queries, root_ids: Sequence[UUID]) -> list[Any]:
    """What stands below some messages: `parent_id, root_id, number, summary`."""
    return await queries.fetch(
        """
        SELECT parent_id, root_id, number, summary FROM thread_summaries
        WHERE root_id = ANY ((SELECT $1::uuid[])::uuid[])
        """,
        root_ids,
    )


async def by_ids(queries: Queries, person_id: UUID, ids: Sequence[UUID]) -> list[Any]:
    """Threads that a person may read, followed or not, newest activity first, with their last messages."""
    return await queries.fetch(
        """
        SELECT c.id AS conversation, c.kind, c.head, c.last_ordinal, c.opened_at, c.last_message_at,
            coalesce(c.last_message_at, c.opened_at) AS active_at, t.root_id, t.replies, last.id AS last_id,
            place.id AS parent_id, place.kind AS parent_kind, coalesce(g.name, other.name) AS parent_name,
            other.picture AS parent_picture, g.archived_at, member.role AS my_role, mine.level AS my_level,
            CASE WHEN mine.person_id IS NULL THEN 0 ELSE count_unread(
                c.id, c.last_ordinal - mine.read_ordinal - mine.sent_after_read, mine.read_ordinal, mine.person_id
            ) END AS unread, coalesce(mine.read_ordinal, 0) AS read_ordinal, EXISTS (
                SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = c.id
            ) AS marked_unread, (
                SELECT count(*) FROM mentions x
                WHERE x.conversation_id = c.id AND x.person_id = mine.person_id AND x.ordinal > mine.read_ordinal
            ) AS mentioned
        FROM threads t
        JOIN conversations c ON c.id = t.conversation_id
        JOIN conversations place ON place.id = t.parent_id
        LEFT JOIN groups g ON g.conversation_id = place.id
        LEFT JOIN memberships member ON member.conversation_id = place.id AND member.person_id = $1
        LEFT JOIN participants o ON o.conversation_id = place.id AND o.party_id <> $1
        LEFT JOIN person_cards other ON other.id = o.party_id
        LEFT JOIN memberships mine ON mine.conversation_id = c.id AND mine.person_id = $1
        LEFT JOIN messages last ON last.conversation_id = c.id AND last.ordinal = c.last_ordinal
        WHERE t.conversation_id = ANY ((SELECT $2::uuid[])::uuid[])
            AND EXISTS (SELECT FROM person_topics p WHERE p.person_id = $1 AND p.topic_id = ANY (place.readers))
        ORDER BY active_at DESC, c.id DESC
        """,
        person_id,
        ids,
    )
