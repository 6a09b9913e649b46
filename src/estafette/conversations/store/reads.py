"""Statements about who has read how far."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.accounts import Card
from estafette.base.database import Queries, Transaction, tuples
from estafette.conversations.models import Read, Seen


async def mark(transaction: Transaction, conversation_id: UUID, person_id: UUID, ordinal: int, at: datetime) -> Any:
    """Moves a person's read position forward: `party_id, ordinal, moved, unread, parties`; no row for strangers."""
    return await transaction.fetchrow(
        """
        WITH mine AS (
            SELECT p.party_id, p.sent, c.last_ordinal, least($3, c.last_ordinal) AS ordinal
            FROM conversations c
            JOIN participants p ON p.conversation_id = c.id
            JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = $2
            WHERE c.id = $1
            ORDER BY p.party_id = $2 DESC LIMIT 1
        ), counted AS (
            SELECT mine.*, mine.last_ordinal - mine.sent - (
                SELECT count(*) FROM messages m
                WHERE m.conversation_id = $1 AND m.ordinal > mine.ordinal AND m.party_id <> mine.party_id
            ) AS others
            FROM mine
        ), moved AS (
            INSERT INTO reads (conversation_id, person_id, party_id, ordinal, others, at)
            SELECT $1, $2, party_id, ordinal, others, $4 FROM counted WHERE ordinal > 0
            ON CONFLICT (conversation_id, person_id) DO UPDATE
                SET ordinal = excluded.ordinal, others = greatest(reads.others, excluded.others),
                    party_id = excluded.party_id, at = excluded.at
                WHERE reads.ordinal < excluded.ordinal
            RETURNING ordinal, others, at
        ), noted AS (
            INSERT INTO read_marks (conversation_id, person_id, ordinal, at)
            SELECT $1, $2, ordinal, at FROM moved
            ON CONFLICT DO NOTHING
        )
        SELECT counted.party_id, coalesce(moved.ordinal, old.ordinal, 0) AS ordinal, moved.ordinal IS NOT NULL AS moved,
            counted.last_ordinal - counted.sent - coalesce(moved.others, old.others, 0) AS unread,
            ARRAY(SELECT p.party_id FROM participants p WHERE p.conversation_id = $1) AS parties
        FROM counted
        LEFT JOIN moved ON true
        LEFT JOIN reads old ON old.conversation_id = $1 AND old.person_id = $2
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
        INSERT INTO reads (conversation_id, person_id, party_id, ordinal, others, at)
        SELECT p.conversation_id, a.person_id, p.party_id, 0, c.last_ordinal - p.sent - CASE
            WHEN c.last_message_at <= j.at THEN 0
            ELSE (
                SELECT count(*) FROM messages m
                WHERE m.conversation_id = c.id AND m.party_id <> p.party_id AND m.created_at > j.at
            )
        END, j.at
        FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS j (person_id, party_id, at)
        JOIN acting_parties a ON a.person_id = j.person_id AND a.party_id = j.party_id
        JOIN participants p ON p.party_id = a.party_id
        JOIN conversations c ON c.id = p.conversation_id AND c.opened_at <= j.at
        ORDER BY p.conversation_id, a.person_id
        ON CONFLICT (conversation_id, person_id) DO UPDATE SET others = excluded.others
            WHERE reads.party_id = excluded.party_id AND reads.others < excluded.others
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
    """Who outside a party has seen a message, and when first."""
    rows = await queries.fetch(
        """
        SELECT r.person_id, k.name, k.picture, r.party_id,
            (SELECT s.at FROM read_marks s
             WHERE s.conversation_id = $1 AND s.person_id = r.person_id AND s.ordinal >= $2
             ORDER BY s.ordinal LIMIT 1) AS seen_at
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


async def others_read(queries: Queries, conversation_id: UUID) -> dict[UUID, int]:
    """How far each party has read: the position of whoever of it has come furthest."""
    rows = await queries.fetch(
        "SELECT party_id, max(ordinal) AS ordinal FROM reads WHERE conversation_id = $1 GROUP BY party_id",
        conversation_id,
    )
    return {row["party_id"]: row["ordinal"] for row in rows}
