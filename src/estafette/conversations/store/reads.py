"""Statements about who has read how far."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.accounts import Card
from estafette.base.database import Queries, Transaction, tuples
from estafette.conversations.models.conversations import Read
from estafette.conversations.models.messages import Seen


async def mark(transaction: Transaction, conversation_id: UUID, person_id: UUID, ordinal: int, at: datetime) -> Any:
    """Moves a person's read position forward in a two-sided chat.

    `party_id, ordinal, moved, unread, unmarked`; up to `counted` nothing is unread now; `seen`: what they had seen
    before; `was_back`: whether they had moved their position back from there.
    """
    # What lies between the old position and the new one is counted, and nothing when the end was read.
    return await transaction.fetchrow(
        """
        WITH mine AS (
            SELECT p.party_id, p.sent, c.last_ordinal, least($3, c.last_ordinal) AS ordinal,
                coalesce(old.ordinal, 0) AS seen, coalesce(old.counted, 0) AS counted,
                coalesce(old.others_read, 0) AS others_read
            FROM conversations c
            JOIN participants p ON p.conversation_id = c.id
            JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = $2
            LEFT JOIN reads old ON old.conversation_id = c.id AND old.person_id = $2
            WHERE c.id = $1
            ORDER BY p.party_id = $2 DESC LIMIT 1
        ), marked AS (
            SELECT party_id, sent, last_ordinal, ordinal, seen, counted < seen AS was_back,
                greatest(counted, ordinal) AS counted, CASE
                WHEN ordinal = last_ordinal THEN last_ordinal - sent
                WHEN ordinal <= counted THEN others_read
                ELSE others_read + (
                    SELECT count(*) FROM messages m
                    WHERE m.conversation_id = $1 AND m.ordinal > mine.counted AND m.ordinal <= mine.ordinal
                        AND m.party_id <> mine.party_id
                )
            END AS others_read
            FROM mine
        ), moved AS (
            INSERT INTO reads (conversation_id, person_id, party_id, ordinal, counted, others_read, at)
            SELECT $1, $2, party_id, ordinal, counted, others_read, $4 FROM marked WHERE ordinal > 0
            ON CONFLICT (conversation_id, person_id) DO UPDATE
                SET ordinal = greatest(reads.ordinal, excluded.ordinal),
                    counted = greatest(reads.counted, excluded.counted),
                    others_read = greatest(reads.others_read, excluded.others_read), party_id = excluded.party_id,
                    at = CASE WHEN reads.ordinal < excluded.ordinal THEN excluded.at ELSE reads.at END
                WHERE reads.ordinal < excluded.ordinal OR reads.counted < excluded.counted
            RETURNING ordinal, counted, others_read
        ), noted AS (
            INSERT INTO read_marks (conversation_id, person_id, ordinal, at)
            SELECT $1, $2, ordinal, $4 FROM moved
            ON CONFLICT DO NOTHING
        ), unmarked AS (
            DELETE FROM unread_marks WHERE person_id = $2 AND conversation_id = $1 RETURNING true AS gone
        )
        SELECT EXISTS (SELECT FROM unmarked) AS unmarked, marked.party_id,
            coalesce(moved.ordinal, marked.seen) AS ordinal, moved.ordinal IS NOT NULL AS moved, marked.seen,
            marked.was_back, coalesce(moved.counted, marked.counted) AS counted, count_unread(
                $1, marked.last_ordinal - marked.sent - coalesce(moved.others_read, marked.others_read),
                coalesce(moved.counted, marked.counted), marked.party_id
            ) AS unread
        FROM marked LEFT JOIN moved ON true
        """,
        conversation_id,
        person_id,
        ordinal,
        at,
    )


async def mark_as_member(
    transaction: Transaction, conversation_id: UUID, person_id: UUID, ordinal: int, at: datetime
) -> Any:
    """Moves the read position of a member of a group or channel forward, as `mark`, with what is `mentioned`.

    No row for who is not in it.
    """
    # What the person sent between the old position and the new one leaves what was sent after it. A message of their
    # own that is committed meanwhile is beyond the end that this statement sees, and counts in the row itself.
    return await transaction.fetchrow(
        """
        WITH place AS (
            SELECT c.id, c.last_ordinal, least($3, c.last_ordinal) AS ordinal FROM conversations c WHERE c.id = $1
        ), moved AS (
            UPDATE memberships m SET read_ordinal = place.ordinal,
                read_at = CASE WHEN m.seen_ordinal >= place.ordinal THEN m.read_at ELSE $4 END,
                seen_ordinal = CASE WHEN m.seen_ordinal > place.ordinal THEN m.seen_ordinal END,
                sent_after_read = CASE WHEN m.sent_after_read = 0 THEN 0 ELSE m.sent_after_read - (
                    SELECT count(*) FROM messages x
                    WHERE x.conversation_id = $1 AND x.ordinal > m.read_ordinal AND x.ordinal <= place.ordinal
                        AND x.sender_id = $2
                ) END
            FROM place
            WHERE m.conversation_id = $1 AND m.person_id = $2 AND m.read_ordinal < place.ordinal
            RETURNING m.read_ordinal, m.sent_after_read
        ), unmarked AS (
            DELETE FROM unread_marks WHERE person_id = $2 AND conversation_id = $1 RETURNING true AS gone
        )
        SELECT EXISTS (SELECT FROM unmarked) AS unmarked,
            greatest(moved.read_ordinal, m.read_ordinal, m.seen_ordinal) AS ordinal,
            moved.read_ordinal IS NOT NULL AS moved, greatest(m.read_ordinal, m.seen_ordinal) AS seen,
            coalesce(moved.read_ordinal, m.read_ordinal) AS counted,
            m.seen_ordinal IS NOT NULL AS was_back, count_unread(
                $1, place.last_ordinal - coalesce(moved.read_ordinal + moved.sent_after_read,
                    m.read_ordinal + m.sent_after_read), coalesce(moved.read_ordinal, m.read_ordinal), $2
            ) AS unread,
            (
                SELECT count(*) FROM mentions x WHERE x.conversation_id = $1 AND x.person_id = $2
                    AND x.ordinal > coalesce(moved.read_ordinal, m.read_ordinal)
            ) AS mentioned
        FROM place JOIN memberships m ON m.conversation_id = place.id AND m.person_id = $2
        LEFT JOIN moved ON true
        """,
        conversation_id,
        person_id,
        ordinal,
        at,
    )


async def begin(transaction: Transaction, joined: Sequence[tuple[UUID, UUID, datetime]]) -> None:
    """Lets (person, party, at) begin with nothing unread of what the party's conversations held at that time.

    The ordinal 0 says that they have not seen it: nobody is told that they had.
    """
    await transaction.execute(
        """
        WITH unmarked AS (
            DELETE FROM unread_marks u
            USING unnest($1::uuid[], $2::uuid[]) AS j (person_id, party_id), participants p
            WHERE u.person_id = j.person_id AND p.party_id = j.party_id AND p.conversation_id = u.conversation_id
        )
        INSERT INTO reads (conversation_id, person_id, party_id, ordinal, counted, others_read, at)
        SELECT p.conversation_id, a.person_id, p.party_id, 0, c.last_ordinal - later.messages,
            c.last_ordinal - p.sent - later.of_others, j.at
        FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS j (person_id, party_id, at)
        JOIN acting_parties a ON a.person_id = j.person_id AND a.party_id = j.party_id
        JOIN participants p ON p.party_id = a.party_id
        JOIN conversations c ON c.id = p.conversation_id AND c.opened_at <= j.at
        CROSS JOIN LATERAL (
            SELECT count(*) AS messages, count(*) FILTER (WHERE m.party_id <> p.party_id) AS of_others
            FROM messages m
            WHERE c.last_message_at > j.at AND m.conversation_id = c.id AND m.created_at > j.at
        ) AS later
        ORDER BY p.conversation_id, a.person_id
        ON CONFLICT (conversation_id, person_id) DO UPDATE
            SET others_read = excluded.others_read, counted = excluded.counted
            WHERE reads.party_id = excluded.party_id AND reads.others_read < excluded.others_read
        """,
        *tuples(joined),
    )


async def positions(queries: Queries, conversation_ids: Sequence[UUID]) -> dict[UUID, list[Read]]:
    """How far each reader of conversations has come; at most the 100 who read last in each."""
    rows = await queries.fetch(
        """
        SELECT given.id AS conversation_id, r.person_id, k.name, k.picture, r.party_id, r.ordinal, r.at
        FROM unnest($1::uuid[]) AS given (id)
        CROSS JOIN LATERAL (
            SELECT person_id, party_id, ordinal, at FROM reads
            WHERE conversation_id = given.id AND ordinal > 0 ORDER BY at DESC LIMIT 100
        ) AS r
        JOIN person_cards k ON k.id = r.person_id
        """,
        conversation_ids,
    )
    found: dict[UUID, list[Read]] = {}
    for row in rows:
        person = Card(id=row["person_id"], name=row["name"], picture=row["picture"])
        found.setdefault(row["conversation_id"], []).append(Read(person, row["party_id"], row["ordinal"], row["at"]))
    return found


async def seen_by(queries: Queries, conversation_id: UUID, ordinal: int, party_id: UUID) -> list[Seen]:
    """Who outside a party has seen a message, and when first; of what is older than the marks, when at the latest."""
    rows = await queries.fetch(
        """
        SELECT r.person_id, k.name, k.picture, r.party_id,
            coalesce(
                (
                    SELECT s.at FROM read_marks s
                    WHERE s.conversation_id = $1 AND s.person_id = r.person_id AND s.ordinal >= $2
                    ORDER BY s.ordinal LIMIT 1
                ),
                r.at
            ) AS seen_at
        FROM reads r JOIN person_cards k ON k.id = r.person_id
        WHERE r.conversation_id = $1 AND r.ordinal >= $2 AND r.party_id <> $3
        ORDER BY seen_at LIMIT 100
        """,
        conversation_id,
        ordinal,
        party_id,
    )
    return [
        Seen(Card(id=row["person_id"], name=row["name"], picture=row["picture"]), row["party_id"], row["seen_at"])
        for row in rows
    ]


async def forget_old_marks(queries: Queries, before: datetime, limit: int) -> int:
    """Removes steps that were made before a time, at most `limit`; returns how many."""
    return await queries.fetchval(
        """
        WITH gone AS (
            DELETE FROM read_marks WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM read_marks WHERE at < $1 ORDER BY at LIMIT $2
            ))
            RETURNING 1
        )
        SELECT count(*) FROM gone
        """,
        before,
        limit,
    )


async def others_read(queries: Queries, conversation_id: UUID) -> dict[UUID, int]:
    """How far each party has read: the position of whoever of it has come furthest."""
    rows = await queries.fetch(
        "SELECT party_id, max(ordinal) AS ordinal FROM reads WHERE conversation_id = $1 GROUP BY party_id",
        conversation_id,
    )
    return {row["party_id"]: row["ordinal"] for row in rows}
