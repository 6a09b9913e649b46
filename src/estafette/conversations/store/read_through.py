"""Statements about up to when somebody has read all of an inbox."""

from datetime import datetime
from typing import Final
from uuid import UUID

from estafette.base.database import Queries, Transaction

MOST_EXCEPTIONS: Final = 200


async def until(queries: Queries, person_id: UUID, party_id: UUID) -> datetime | None:
    """Up to when all is read but for exceptions; None where that is not known."""
    return await queries.fetchval(
        "SELECT until FROM read_through WHERE person_id = $1 AND party_id = $2", person_id, party_id
    )


async def unread(
    queries: Queries, person_id: UUID, party_id: UUID, after: datetime, before: datetime | None, most: int
) -> list[UUID]:
    """What may be unread where all is read up to a time: what came since, exceptions, and what was marked by hand.

    At most so many of what came since, up to another time (or later in the same moment): the newest.
    """
    rows = await queries.fetch(
        """
        (
            SELECT p.conversation_id FROM participants p
            JOIN conversations n ON n.id = p.conversation_id
            LEFT JOIN reads r ON r.conversation_id = p.conversation_id AND r.person_id = $1
            WHERE p.party_id = $2 AND p.last_message_at > $3
                AND p.last_message_at <= coalesce($4, 'infinity'::timestamptz)
                AND n.last_ordinal - p.sent - coalesce(r.others_read, 0) > 0
            ORDER BY p.last_message_at DESC LIMIT $5
        )
        UNION
        SELECT unnest(except_ids) FROM read_through WHERE person_id = $1 AND party_id = $2
        UNION
        SELECT u.conversation_id FROM unread_marks u
        JOIN participants p ON p.conversation_id = u.conversation_id AND p.party_id = $2
        WHERE u.person_id = $1
        """,
        person_id,
        party_id,
        after,
        before,
        most,
    )
    return [row["conversation_id"] for row in rows]


async def reaches(queries: Queries, party_id: UUID, after: datetime | None, until: datetime, count: int) -> bool:
    """Whether so many conversations of a party have their last message after a time, up to another."""
    return await queries.fetchval(
        """
        SELECT count(*) = $4 FROM (
            SELECT FROM participants
            WHERE party_id = $1 AND last_message_at > coalesce($2, '-infinity'::timestamptz) AND last_message_at <= $3
            ORDER BY last_message_at DESC LIMIT $4
        ) AS newest
        """,
        party_id,
        after,
        until,
        count,
    )


async def take_turns(transaction: Transaction, person_id: UUID) -> None:
    """Keeps one who notes it and one who moves a position back apart, until the transaction ends."""
    await transaction.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('read_through ' || $1::uuid::text, 0))", person_id
    )


async def note(transaction: Transaction, person_id: UUID, party_id: UUID, until: datetime) -> None:
    """Looks through what came since the last time; what is too much to be an exception is left to be looked for."""
    await transaction.execute(
        """
        WITH before AS (
            SELECT until, except_ids FROM read_through WHERE person_id = $1 AND party_id = $2
        ), looked_at AS (
            SELECT conversation_id, sent FROM participants
            WHERE party_id = $2 AND last_message_at <= $3
                AND last_message_at > coalesce((SELECT until FROM before), '-infinity'::timestamptz)
            UNION
            SELECT conversation_id, sent FROM participants
            WHERE party_id = $2 AND conversation_id = ANY ((SELECT except_ids FROM before)::uuid[])
        ), unread AS (
            SELECT p.conversation_id FROM looked_at p
            JOIN conversations n ON n.id = p.conversation_id
            LEFT JOIN reads r ON r.conversation_id = p.conversation_id AND r.person_id = $1
            WHERE CASE WHEN n.last_ordinal - p.sent - coalesce(r.others_read, 0) > 0 THEN count_unread(
                n.id, n.last_ordinal - p.sent - coalesce(r.others_read, 0), coalesce(r.counted, 0), $2
            ) > 0 END
            LIMIT $4 + 1
        )
        INSERT INTO read_through (person_id, party_id, until, except_ids)
        SELECT $1, $2, $3, coalesce(array_agg(conversation_id), '{}') FROM unread HAVING count(*) <= $4
        ON CONFLICT (person_id, party_id) DO UPDATE SET until = excluded.until, except_ids = excluded.except_ids
        """,
        person_id,
        party_id,
        until,
        MOST_EXCEPTIONS,
    )


async def forget(transaction: Transaction, person_id: UUID) -> None:
    """Somebody has moved a position back: it is looked for again."""
    await transaction.execute("DELETE FROM read_through WHERE person_id = $1", person_id)
