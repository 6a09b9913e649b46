"""Statements about who follows threads, and what they have not read in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def follow(queries: Queries, conversation_id: UUID, person_id: UUID, at: datetime) -> None:
    """Lets a person follow a thread, with nothing unread; who follows it already stays as they are."""
    await queries.execute(
        """
        INSERT INTO memberships (conversation_id, person_id, role, level, joined_at, read_ordinal, of_thread)
        SELECT id, $2, 'member', 'all', $3, last_ordinal, true FROM conversations WHERE id = $1
        ON CONFLICT (conversation_id, person_id) DO NOTHING
        """,
        conversation_id,
        person_id,
        at,
    )


async def unfollow(queries: Queries, conversation_id: UUID, person_id: UUID) -> None:
    """Lets a person follow a thread no more."""
    await queries.execute(
        """
        WITH unmarked AS (
            DELETE FROM unread_marks WHERE person_id = $2 AND conversation_id = $1
        )
        DELETE FROM memberships WHERE conversation_id = $1 AND person_id = $2 AND of_thread
        """,
        conversation_id,
        person_id,
    )


async def unfollow_all(transaction: Transaction, parent_id: UUID, people: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Lets people who leave follow none of its threads any more; returns (person, thread) of what they followed."""
    rows = await transaction.fetch(
        """
        WITH gone AS (
            DELETE FROM memberships m USING conversations c
            WHERE m.person_id = ANY ($2::uuid[]) AND m.of_thread AND c.id = m.conversation_id AND c.parent_id = $1
            RETURNING m.person_id, m.conversation_id
        ), unmentioned AS (
            DELETE FROM mentions WHERE (person_id, conversation_id) IN (SELECT person_id, conversation_id FROM gone)
        ), unmarked AS (
            DELETE FROM unread_marks WHERE (person_id, conversation_id) IN (SELECT person_id, conversation_id FROM gone)
        )
        SELECT person_id, conversation_id FROM gone
        """,
        parent_id,
        people,
    )
    return [(row["person_id"], row["conversation_id"]) for row in rows]


async def list_followed(
    queries: Queries,
    person_id: UUID,
    *,
    unread: bool | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Any]:
    """Ids of the threads that a person follows and may read, newest activity first: `conversation, active_at`."""
    # What a person may read is found out once, not for each thread.
    return await queries.fetch(
        """
        WITH topics AS MATERIALIZED (
            SELECT array_agg(topic_id) AS ids FROM person_topics WHERE person_id = $1
        ), followed AS (
            SELECT c.id AS conversation, coalesce(c.last_message_at, c.opened_at) AS active_at, m.read_ordinal,
                c.last_ordinal - m.read_ordinal - m.sent_after_read AS more
            FROM memberships m
            JOIN conversations c ON c.id = m.conversation_id
            JOIN conversations place ON place.id = c.parent_id
            WHERE m.person_id = $1 AND m.of_thread AND place.readers && (SELECT ids FROM topics)
        )
        SELECT conversation, active_at FROM followed
        WHERE ($2::boolean IS NULL OR (count_unread(conversation, more, read_ordinal, $1) > 0 OR EXISTS (
                SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = followed.conversation
            )) = $2)
            AND ($3::timestamptz IS NULL OR (active_at, conversation) < ($3, $4::uuid))
        ORDER BY active_at DESC, conversation DESC
        LIMIT $5
        """,
        person_id,
        unread,
        before[0] if before else None,
        before[1] if before else None,
        limit,
    )


async def count_unread(queries: Queries, person_id: UUID) -> Any:
    """What a person has not read in threads they follow: `threads, messages, mentioned`; archived parents left out.

    Of the 1,000 in which they took part last: who replies or is mentioned in an older one takes part in it again.
    """
    return await queries.fetchrow(
        """
        WITH topics AS MATERIALIZED (
            SELECT array_agg(topic_id) AS ids FROM person_topics WHERE person_id = $1
        ), newest AS MATERIALIZED (
            SELECT conversation_id, read_ordinal, sent_after_read FROM memberships
            WHERE person_id = $1 AND of_thread AND level <> 'nothing'
            ORDER BY joined_at DESC, conversation_id DESC LIMIT 1000
        ), mine AS MATERIALIZED (
            SELECT count_unread(
                c.id, c.last_ordinal - m.read_ordinal - m.sent_after_read, m.read_ordinal, $1
            ) AS unread, (
                SELECT count(*) FROM mentions x
                WHERE x.conversation_id = m.conversation_id AND x.person_id = $1 AND x.ordinal > m.read_ordinal
            ) AS mentioned, EXISTS (
                SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = m.conversation_id
            ) AS marked_unread
            FROM newest m
            JOIN conversations c ON c.id = m.conversation_id
            JOIN conversations place ON place.id = c.parent_id
            LEFT JOIN groups g ON g.conversation_id = place.id
            WHERE g.archived_at IS NULL AND place.readers && (SELECT ids FROM topics)
        )
        SELECT count(*) FILTER (WHERE unread > 0 OR marked_unread) AS threads,
            coalesce(sum(unread), 0)::bigint AS messages, coalesce(sum(mentioned), 0)::bigint AS mentioned
        FROM mine
        """,
        person_id,
    )
