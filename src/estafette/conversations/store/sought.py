"""Statements about what a search asks beside words: whom names mean, and what is unread."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries


async def parties_named(queries: Queries, person_id: UUID, names: Sequence[str], limit: int) -> list[UUID]:
    """Who of those a person meets in two-sided conversations has a name with words that begin with all `names`.

    The parties, and whoever has read there for one of them, in the newest 2,000 conversations of each side that the
    person acts for; and who acts for it, too.
    """
    rows = await queries.fetch(
        """
        SELECT card.id FROM (
            SELECT DISTINCT met.id FROM acting_parties a
            CROSS JOIN LATERAL (
                SELECT conversation_id FROM participants
                WHERE party_id = a.party_id AND last_message_at IS NOT NULL
                ORDER BY last_message_at DESC LIMIT 2000
            ) AS p
            CROSS JOIN LATERAL (
                SELECT party_id AS id FROM participants WHERE conversation_id = p.conversation_id
                UNION ALL
                SELECT person_id FROM reads WHERE conversation_id = p.conversation_id
            ) AS met
            WHERE a.person_id = $1
            UNION
            SELECT team.person_id FROM acting_parties a
            JOIN acting_parties team ON team.party_id = a.party_id
            WHERE a.person_id = $1
        ) AS known
        JOIN party_cards card ON card.id = known.id
        WHERE NOT EXISTS (
            SELECT FROM unnest($2::text[]) AS word WHERE position(' ' || word IN ' ' || card.name_key) = 0
        )
        ORDER BY card.name_key, card.id LIMIT $3
        """,
        person_id,
        names,
        limit,
    )
    return [row["id"] for row in rows]


async def unread_places(queries: Queries, person_id: UUID, limit: int) -> list[Any]:
    """Where a person has not read everything: `id` of a conversation or followed thread, and `since`, what they read.

    Of each order the newest `limit`.
    """
    return await queries.fetch(
        """
        SELECT place.id, coalesce((
            SELECT m.created_at FROM messages m
            WHERE m.conversation_id = place.id AND m.ordinal = place.read_ordinal
        ), '-infinity') AS since
        FROM (
            (
                SELECT c.id, m.read_ordinal FROM memberships m
                CROSS JOIN LATERAL (SELECT * FROM conversations WHERE id = m.conversation_id LIMIT 1) AS c
                WHERE m.person_id = $1 AND c.last_ordinal > m.read_ordinal
                ORDER BY c.last_message_at DESC LIMIT $2
            )
            UNION ALL (
                SELECT c.id, coalesce(r.counted, 0) FROM acting_parties a
                CROSS JOIN LATERAL (
                    SELECT conversation_id FROM participants
                    WHERE party_id = a.party_id AND last_message_at IS NOT NULL
                    ORDER BY last_message_at DESC LIMIT 2000
                ) AS p
                CROSS JOIN LATERAL (SELECT * FROM conversations WHERE id = p.conversation_id LIMIT 1) AS c
                LEFT JOIN reads r ON r.conversation_id = c.id AND r.person_id = $1
                WHERE a.person_id = $1 AND c.last_ordinal > coalesce(r.counted, 0)
                ORDER BY c.last_message_at DESC LIMIT $2
            )
        ) AS place
        """,
        person_id,
        limit,
    )
