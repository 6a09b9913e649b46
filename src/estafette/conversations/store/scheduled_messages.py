"""Statements about messages that are sent later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.conversations.models.scheduled_messages import ScheduledRow


async def take_turns(transaction: Transaction, person_id: UUID) -> None:
    """Lets one who schedules after the other, so that each counts what those before it have made."""
    await transaction.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('scheduled_messages ' || $1::uuid::text, 0))", person_id
    )


async def count(queries: Queries, person_id: UUID) -> int:
    """How many messages of a person wait."""
    return await queries.fetchval("SELECT count(*) FROM scheduled_messages WHERE person_id = $1", person_id)


async def add(transaction: Transaction, row: ScheduledRow) -> None:
    """Stores a message that goes out at its time."""
    await transaction.execute(
        """
        INSERT INTO scheduled_messages (
            id, person_id, conversation_id, text, attachments, mentions, mentions_all, created_at, send_at, due_at,
            reply_to
        ) VALUES ($1, $2, $3, $4, $5::uuid[], $6::uuid[], $7, $8, $9, $9, $10)
        """,
        row.id,
        row.person_id,
        row.conversation_id,
        row.text,
        row.attachments,
        row.mentions,
        row.mentions_all,
        row.created_at,
        row.send_at,
        row.reply_to,
    )


async def own(queries: Queries, person_id: UUID, conversation_id: UUID | None) -> list[ScheduledRow]:
    """Messages of a person that wait, in all conversations or in one, the next first."""
    rows = await queries.fetch(
        """
        SELECT id, person_id, conversation_id, text, attachments, mentions, mentions_all, reply_to, created_at, send_at,
            attempts, failure
        FROM scheduled_messages
        WHERE person_id = $1 AND ($2::uuid IS NULL OR conversation_id = $2)
        ORDER BY send_at, id
        """,
        person_id,
        conversation_id,
    )
    return [ScheduledRow(**row) for row in rows]


async def lock(transaction: Transaction, person_id: UUID, scheduled_id: UUID) -> ScheduledRow | None:
    """A message of a person that waits, and is not sent until the transaction ends; None when it is gone."""
    row: Any = await transaction.fetchrow(
        """
        SELECT id, person_id, conversation_id, text, attachments, mentions, mentions_all, reply_to, created_at, send_at,
            attempts, failure
        FROM scheduled_messages WHERE person_id = $1 AND id = $2 FOR UPDATE
        """,
        person_id,
        scheduled_id,
    )
    return ScheduledRow(**row) if row else None


async def change(transaction: Transaction, row: ScheduledRow) -> None:
    """Stores other words or another time; without a failure it is due at its time."""
    await transaction.execute(
        """
        UPDATE scheduled_messages SET text = $2, mentions = $3::uuid[], mentions_all = $4, send_at = $5::timestamptz,
            failure = $6, due_at = CASE WHEN $6::text IS NULL THEN $5::timestamptz END, attempts = 0
        WHERE id = $1
        """,
        row.id,
        row.text,
        row.mentions,
        row.mentions_all,
        row.send_at,
        row.failure,
    )


async def claim(transaction: Transaction, now: datetime, limit: int) -> list[ScheduledRow]:
    """Locks messages that are due and that no other worker has, in the order of their times."""
    rows = await transaction.fetch(
        """
        SELECT id, person_id, conversation_id, text, attachments, mentions, mentions_all, reply_to, created_at, send_at,
            attempts, failure
        FROM scheduled_messages
        WHERE due_at <= $1
        ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
        """,
        now,
        limit,
    )
    return [ScheduledRow(**row) for row in rows]


async def remove(transaction: Transaction, ids: Sequence[UUID]) -> None:
    """Messages that were sent, or are not to be."""
    await transaction.execute("DELETE FROM scheduled_messages WHERE id = ANY ($1::uuid[])", ids)


async def refuse(transaction: Transaction, scheduled_id: UUID, failure: str) -> None:
    """Notes for which problem a message was refused; it waits for its author."""
    await transaction.execute(
        "UPDATE scheduled_messages SET failure = $2, due_at = NULL WHERE id = $1", scheduled_id, failure
    )


async def put_off(queries: Queries, ids: Sequence[UUID], until: datetime) -> None:
    """Tries again later what the server could not send."""
    await queries.execute(
        """
        UPDATE scheduled_messages SET due_at = $2, attempts = attempts + 1
        WHERE id = ANY ($1::uuid[]) AND due_at IS NOT NULL
        """,
        ids,
        until,
    )


async def refused(queries: Queries, asks: Sequence[tuple[UUID, UUID, UUID]]) -> list[Any]:
    """Of (ask, person, scheduled message) those that were refused: `ask_id, text, files, place`.

    `place` is with whom or what the conversation is, None for who may not read it any more.
    """
    return await queries.fetch(
        """
        SELECT given.ask_id, s.text, cardinality(s.attachments) AS files, coalesce(groups.name, side.name) AS place
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[])) AS given (ask_id, person_id, id)
        JOIN scheduled_messages s ON s.id = given.id AND s.person_id = given.person_id AND s.failure IS NOT NULL
        JOIN conversations c ON c.id = s.conversation_id
        LEFT JOIN conversations home ON home.id = coalesce(c.parent_id, c.id)
            AND EXISTS (SELECT FROM person_topics t WHERE t.person_id = s.person_id AND t.topic_id = ANY (home.readers))
        LEFT JOIN groups ON groups.conversation_id = home.id
        LEFT JOIN LATERAL (
            SELECT k.name FROM participants p
            JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = s.person_id
            JOIN participants o ON o.conversation_id = p.conversation_id AND o.party_id <> p.party_id
            JOIN party_cards k ON k.id = o.party_id
            WHERE p.conversation_id = home.id
            ORDER BY p.party_id = s.person_id DESC LIMIT 1
        ) AS side ON true
        """,
        *tuples(asks),
    )


async def holds_file(queries: Queries, file_id: UUID, person_id: UUID) -> bool:
    """Whether a file belongs to a message that the person has scheduled."""
    return await queries.fetchval(
        """
        SELECT EXISTS (
            SELECT FROM scheduled_messages
            WHERE attachments @> ARRAY[$1::uuid] AND attachments <> '{}' AND person_id = $2
        )
        """,
        file_id,
        person_id,
    )
