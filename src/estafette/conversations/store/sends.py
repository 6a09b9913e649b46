"""Statements of sending: lock, look, insert."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Transaction, tuples
from estafette.conversations.models import Message


async def lock(transaction: Transaction, conversation_ids: Sequence[UUID], *, wait: bool = True) -> list[Any]:
    """Locks conversations in the order of their ids and returns `id, head, last_ordinal, parties`.

    Without `wait` those that somebody else holds are left out.
    """
    return await transaction.fetch(_LOCK if wait else _LOCK_FREE, conversation_ids)


# The length of an array that comes through a sub-select is not known to the planner, so it keeps one plan for all.
_LOCK = """
    SELECT c.id, c.head, c.last_ordinal,
        ARRAY(SELECT p.party_id FROM participants p WHERE p.conversation_id = c.id) AS parties
    FROM conversations c WHERE c.id = ANY ((SELECT $1::uuid[])::uuid[])
    ORDER BY c.id FOR NO KEY UPDATE OF c
    """

_LOCK_FREE = """
    SELECT c.id, c.head, c.last_ordinal,
        ARRAY(SELECT p.party_id FROM participants p WHERE p.conversation_id = c.id) AS parties
    FROM conversations c WHERE c.id = ANY ((SELECT $1::uuid[])::uuid[])
    ORDER BY c.id FOR NO KEY UPDATE OF c SKIP LOCKED
    """


async def find_rights_and_keys(
    transaction: Transaction, drafts: Sequence[tuple[UUID, UUID, str | None]], today: date
) -> list[Any]:
    """For each (conversation, person, key): the side the person acts for, their card, what they have used of today's

    quotas, and the message with that key.
    """
    return await transaction.fetch(
        """
        SELECT d.position, mine.party_id AS acting_for, k.name AS sender_name, k.picture AS sender_picture,
            u.messages AS used_messages, u.bytes AS used_bytes,
            m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::text[])) WITH ORDINALITY
            AS d (conversation_id, person_id, key, position)
        LEFT JOIN LATERAL (
            SELECT p.party_id FROM participants p
            JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = d.person_id
            WHERE p.conversation_id = d.conversation_id
            ORDER BY p.party_id = d.person_id DESC LIMIT 1
        ) AS mine ON true
        LEFT JOIN LATERAL (
            SELECT * FROM messages x WHERE x.sender_id = d.person_id AND x.key = d.key LIMIT 1
        ) AS m ON true
        LEFT JOIN person_cards k ON k.id = d.person_id
        LEFT JOIN daily_usage u ON u.person_id = d.person_id AND u.day = $4
        ORDER BY d.position
        """,
        *tuples(drafts),
        today,
    )


async def insert(transaction: Transaction, messages: Sequence[Message]) -> None:
    """Stores messages, moves their conversations on, and counts them for the sides and people that sent them.

    The messages of one conversation stand in the order of their ordinals; whoever archived it has it back. All are of
    the kind and bear the time of the first: each value of each message costs a third of a microsecond to hand over.
    """
    await transaction.execute(
        """
        WITH given AS MATERIALIZED (
            SELECT * FROM unnest(
                (SELECT $1::uuid[]), $2::bigint[], $3::uuid[], $4::bigint[], $5::uuid[], $6::uuid[], $7::text[],
                $8::text[], $9::text[]
            ) AS given (conversation_id, ordinal, id, number, party_id, sender_id, text, attachments, key)
        ), said AS (
            INSERT INTO messages (
                conversation_id, ordinal, id, number, kind, party_id, sender_id, text, attachments, key, created_at
            )
            SELECT conversation_id, ordinal, id, number, $10, party_id, sender_id, text, attachments::jsonb, key, $11
            FROM given
        ), place AS MATERIALIZED (
            SELECT conversation_id, max(number) AS head, max(ordinal) AS last_ordinal, array_agg(party_id) AS speakers
            FROM given GROUP BY conversation_id
        ), moved AS (
            UPDATE conversations c SET head = place.head, last_ordinal = place.last_ordinal,
                last_message_at = greatest(c.last_message_at, $11)
            FROM place WHERE c.id = place.conversation_id
        ), used AS MATERIALIZED (
            SELECT count_usage(
                $12, array_agg(sender_id), array_agg(messages), array_agg(0::bigint), array_agg(bytes)
            )
            FROM (
                SELECT sender_id, count(*) AS messages, sum(octet_length(text))::bigint AS bytes
                FROM given WHERE sender_id IS NOT NULL GROUP BY sender_id
            ) AS each
        )
        UPDATE participants p SET
            sent = p.sent + cardinality(array_positions(speakers, p.party_id)),
            last_message_at = greatest(p.last_message_at, $11), archived_at = NULL, archived_by = NULL,
            wrote_at = CASE WHEN $10 = 'text' AND p.party_id = ANY (speakers) THEN $11 ELSE p.wrote_at END,
            confirmed_at = CASE
                WHEN $10 = 'confirmation' AND p.party_id = ANY (speakers) THEN $11 ELSE p.confirmed_at
            END
        FROM place, used WHERE p.conversation_id = place.conversation_id
        """,
        *tuples([_columns(each) for each in messages]),
        messages[0].kind,
        messages[0].created_at,
        messages[0].created_at.date(),
    )


def _columns(message: Message) -> tuple[object, ...]:
    return (
        message.conversation_id,
        message.ordinal,
        message.id,
        message.number,
        message.party_id,
        message.sender.id if message.sender else None,
        message.text,
        # As text: a list in a column of lists would be taken for a second dimension.
        msgspec.json.encode(message.attachments).decode() if message.attachments else None,
        message.key,
    )


async def attach(transaction: Transaction, message_id: UUID, conversation_id: UUID, file_ids: Sequence[UUID]) -> None:
    """Notes which files belong to a message."""
    await transaction.execute(
        """
        INSERT INTO attachments (file_id, message_id, conversation_id)
        SELECT file_id, $2, $3 FROM unnest($1::uuid[]) AS file_id
        """,
        file_ids,
        message_id,
        conversation_id,
    )
