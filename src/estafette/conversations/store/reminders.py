"""Statements about messages of which people want to be reminded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples


async def take_turns(transaction: Transaction, person_id: UUID) -> None:
    """Lets one who asks for a reminder after the other, so that each counts what those before it have made."""
    await transaction.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('reminders ' || $1::uuid::text, 0))", person_id
    )


async def count_others(queries: Queries, person_id: UUID, message_id: UUID) -> int:
    """How many reminders of other messages a person has."""
    return await queries.fetchval(
        "SELECT count(*) FROM reminders WHERE person_id = $1 AND message_id <> $2", person_id, message_id
    )


async def put(transaction: Transaction, person_id: UUID, message_id: UUID, conversation_id: UUID, at: datetime) -> None:
    """Stores when a person is reminded of a message, in place of what was there."""
    await transaction.execute(
        """
        INSERT INTO reminders (person_id, message_id, conversation_id, at, due_at) VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT (person_id, message_id) DO UPDATE SET at = excluded.at, due_at = excluded.due_at
        """,
        person_id,
        message_id,
        conversation_id,
        at,
    )


async def remove(transaction: Transaction, person_id: UUID, message_id: UUID) -> bool:
    """Takes a reminder away; False when there is none."""
    return (
        await transaction.fetchval(
            "DELETE FROM reminders WHERE person_id = $1 AND message_id = $2 RETURNING true", person_id, message_id
        )
        is True
    )


async def own(queries: Queries, person_id: UUID) -> list[Any]:
    """The `message_id, conversation_id, at` of what a person is to be reminded of, the next first."""
    return await queries.fetch(
        "SELECT message_id, conversation_id, at FROM reminders WHERE person_id = $1 ORDER BY at, message_id", person_id
    )


async def claim(transaction: Transaction, now: datetime, limit: int) -> list[Any]:
    """Takes those that are due: `person_id, message_id`, and whether the message is `there` for the person.

    If the transaction fails they are back.
    """
    return await transaction.fetch(
        """
        WITH taken AS (
            DELETE FROM reminders r USING (
                SELECT person_id, message_id FROM reminders WHERE due_at <= $1
                ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
            ) AS due
            WHERE r.person_id = due.person_id AND r.message_id = due.message_id
            RETURNING r.person_id, r.message_id
        )
        SELECT taken.person_id, taken.message_id, EXISTS (
            SELECT FROM messages m JOIN conversations c ON c.id = m.conversation_id
            JOIN conversations place ON place.id = coalesce(c.parent_id, c.id)
            JOIN person_topics t ON t.person_id = taken.person_id AND t.topic_id = ANY (place.readers)
            WHERE m.id = taken.message_id AND m.deleted_at IS NULL
        ) AS there
        FROM taken
        """,
        now,
        limit,
    )


async def put_off(queries: Queries, person_id: UUID, message_id: UUID, until: datetime) -> None:
    """Tries again later, after a failure."""
    await queries.execute(
        "UPDATE reminders SET due_at = $3 WHERE person_id = $1 AND message_id = $2", person_id, message_id, until
    )


async def told(queries: Queries, asks: Sequence[tuple[UUID, UUID, UUID]]) -> list[Any]:
    """What there is to tell of (ask, person, message): none where it was deleted or may not be read any more.

    `ask_id, conversation_id, ordinal, text, mentions, files, at`, of its author `who_id, who, who_picture`, and where
    it was said: `kind, place`, `parent_id` of a thread, and `partner_id` for who reads it as a partner.
    """
    return await queries.fetch(
        """
        SELECT given.ask_id, m.conversation_id, m.ordinal, m.text, m.mentions,
            coalesce(jsonb_array_length(m.attachments), 0) AS files, m.created_at AS at,
            author.id AS who_id, author.name AS who, author.picture AS who_picture,
            home.kind, c.parent_id, coalesce(groups.name, side.name, '') AS place, side.partner_id
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]))
            AS given (ask_id, person_id, message_id)
        JOIN messages m ON m.id = given.message_id AND m.deleted_at IS NULL
        JOIN conversations c ON c.id = m.conversation_id
        JOIN conversations home ON home.id = coalesce(c.parent_id, c.id)
        LEFT JOIN person_cards author ON author.id = m.sender_id
        LEFT JOIN groups ON groups.conversation_id = home.id
        LEFT JOIN LATERAL (
            SELECT k.name, CASE WHEN p.role = 'partner' THEN p.party_id END AS partner_id FROM participants p
            JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = given.person_id
            JOIN participants o ON o.conversation_id = p.conversation_id AND o.party_id <> p.party_id
            JOIN party_cards k ON k.id = o.party_id
            WHERE p.conversation_id = home.id
            ORDER BY p.party_id = given.person_id DESC LIMIT 1
        ) AS side ON true
        WHERE EXISTS (
            SELECT FROM person_topics t WHERE t.person_id = given.person_id AND t.topic_id = ANY (home.readers)
        )
        """,
        *tuples(asks),
    )
