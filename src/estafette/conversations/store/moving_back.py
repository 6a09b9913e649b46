"""Statements about read positions that their person moves back."""

from typing import Any
from uuid import UUID

from estafette.base.database import Transaction


async def move_back(transaction: Transaction, conversation_id: UUID, person_id: UUID, ordinal: int) -> Any:
    """Lets what stands after an ordinal count as unread again in a two-sided chat: `counted, moved, unread`.

    What the person has seen stays what it was.
    """
    return await transaction.fetchrow(
        """
        WITH mine AS (
            SELECT p.party_id, p.sent, c.last_ordinal, coalesce(r.counted, 0) AS counted,
                coalesce(r.others_read, 0) AS others_read
            FROM conversations c
            JOIN participants p ON p.conversation_id = c.id
            JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = $2
            LEFT JOIN reads r ON r.conversation_id = c.id AND r.person_id = $2
            WHERE c.id = $1
            ORDER BY p.party_id = $2 DESC LIMIT 1
        ), moved AS (
            UPDATE reads r SET counted = $3, others_read = r.others_read - (
                SELECT count(*) FROM messages m
                WHERE m.conversation_id = $1 AND m.ordinal > $3 AND m.ordinal <= r.counted
                    AND m.party_id <> mine.party_id
            )
            FROM mine WHERE r.conversation_id = $1 AND r.person_id = $2 AND r.counted > $3
            RETURNING r.counted, r.others_read
        )
        SELECT moved.counted IS NOT NULL AS moved, coalesce(moved.counted, mine.counted) AS counted, count_unread(
            $1, mine.last_ordinal - mine.sent - coalesce(moved.others_read, mine.others_read),
            coalesce(moved.counted, mine.counted), mine.party_id
        ) AS unread
        FROM mine LEFT JOIN moved ON true
        """,
        conversation_id,
        person_id,
        ordinal,
    )


async def move_back_as_member(transaction: Transaction, conversation_id: UUID, person_id: UUID, ordinal: int) -> Any:
    """As `move_back` for a member of a group or channel, with what is `mentioned`; no row for who is not in it."""
    return await transaction.fetchrow(
        """
        WITH moved AS (
            UPDATE memberships m SET read_ordinal = $3, seen_ordinal = greatest(m.seen_ordinal, m.read_ordinal),
                sent_after_read = m.sent_after_read + (
                    SELECT count(*) FROM messages x
                    WHERE x.conversation_id = $1 AND x.ordinal > $3 AND x.ordinal <= m.read_ordinal
                        AND x.sender_id = $2
                )
            WHERE m.conversation_id = $1 AND m.person_id = $2 AND m.read_ordinal > $3
            RETURNING m.read_ordinal, m.sent_after_read
        ), place AS (
            SELECT c.last_ordinal, coalesce(moved.read_ordinal, m.read_ordinal) AS ordinal,
                coalesce(moved.sent_after_read, m.sent_after_read) AS sent_after_read,
                moved.read_ordinal IS NOT NULL AS moved
            FROM memberships m JOIN conversations c ON c.id = m.conversation_id LEFT JOIN moved ON true
            WHERE m.conversation_id = $1 AND m.person_id = $2
        )
        SELECT ordinal AS counted, moved, count_unread(
            $1, last_ordinal - ordinal - sent_after_read, ordinal, $2
        ) AS unread, (
            SELECT count(*) FROM mentions x
            WHERE x.conversation_id = $1 AND x.person_id = $2 AND x.ordinal > place.ordinal
        ) AS mentioned
        FROM place
        """,
        conversation_id,
        person_id,
        ordinal,
    )
