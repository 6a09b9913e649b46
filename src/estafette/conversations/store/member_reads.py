"""Statements about how far members have read, and what is unread of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries


async def positions(queries: Queries, conversation_ids: Sequence[UUID], most: int) -> list[Any]:
    """How far members have read, where there are at most so many.

    `conversation_id, person_id, name, picture, ordinal, at`.
    """
    return await queries.fetch(
        """
        SELECT m.conversation_id, m.person_id, k.name, k.picture,
            greatest(m.read_ordinal, m.seen_ordinal) AS ordinal, m.read_at AS at
        FROM groups g
        JOIN memberships m ON m.conversation_id = g.conversation_id
        JOIN person_cards k ON k.id = m.person_id
        WHERE g.conversation_id = ANY ((SELECT $1::uuid[])::uuid[]) AND g.members <= $2 AND m.read_at IS NOT NULL
        """,
        conversation_ids,
        most,
    )


async def seen_by(queries: Queries, conversation_id: UUID, ordinal: int, author_id: UUID, limit: int) -> list[Any]:
    """The members who have read up to a message: `person_id, name, picture, at`, the last to read first."""
    return await queries.fetch(
        """
        SELECT m.person_id, k.name, k.picture, m.read_at AS at
        FROM memberships m JOIN person_cards k ON k.id = m.person_id
        WHERE m.conversation_id = $1 AND greatest(m.read_ordinal, m.seen_ordinal) >= $2 AND m.read_at IS NOT NULL
            AND m.person_id <> $3
        ORDER BY m.read_at DESC LIMIT $4
        """,
        conversation_id,
        ordinal,
        author_id,
        limit,
    )


async def count_unread(queries: Queries, person_id: UUID) -> Any:
    """What an employee has not read among colleagues: `conversations, messages, mentioned`.

    What is archived or put away is left out, and of what is muted all but mentions.
    """
    return await queries.fetchrow(
        """
        WITH mine AS MATERIALIZED (
            SELECT count_unread(
                c.id, c.last_ordinal - m.read_ordinal - m.sent_after_read, m.read_ordinal, m.person_id
            ) AS unread, (
                SELECT count(*) FROM mentions x
                WHERE x.conversation_id = m.conversation_id AND x.person_id = $1 AND x.ordinal > m.read_ordinal
            ) AS mentioned, EXISTS (
                SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = m.conversation_id
            ) AS marked_unread, m.level = 'nothing' AS muted
            FROM memberships m
            JOIN employees e ON e.person_id = m.person_id
            JOIN conversations c ON c.id = m.conversation_id
            JOIN groups g ON g.conversation_id = m.conversation_id AND g.archived_at IS NULL
            LEFT JOIN own_settings s ON s.person_id = m.person_id AND s.conversation_id = m.conversation_id
                AND s.put_away_at IS NOT NULL
            WHERE m.person_id = $1 AND NOT m.of_thread
                AND (m.level = 'nothing' OR s.put_away_after IS DISTINCT FROM c.last_ordinal)
            UNION ALL
            SELECT count_unread(
                c.id, c.last_ordinal - p.sent - coalesce(r.others_read, 0), coalesce(r.counted, 0), p.party_id
            ), 0, EXISTS (
                SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = p.conversation_id
            ), s.muted_at IS NOT NULL
            FROM participants p
            JOIN conversations c ON c.id = p.conversation_id
            LEFT JOIN reads r ON r.conversation_id = p.conversation_id AND r.person_id = $1
            LEFT JOIN own_settings s ON s.person_id = $1 AND s.conversation_id = p.conversation_id
            WHERE p.party_id = $1 AND p.role = 'person'
                AND (s.put_away_at IS NULL OR s.put_away_after <> c.last_ordinal)
        )
        SELECT count(*) FILTER (WHERE shown > 0 OR marked_unread AND NOT muted) AS conversations,
            coalesce(sum(shown), 0)::bigint AS messages, coalesce(sum(mentioned), 0)::bigint AS mentioned
        FROM mine CROSS JOIN LATERAL (SELECT CASE WHEN muted THEN mentioned ELSE unread END AS shown) AS counted
        """,
        person_id,
    )
