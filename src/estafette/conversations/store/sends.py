"""Statements of sending: lock, look, insert."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Transaction, tuples
from estafette.conversations.models import Message


async def lock(transaction: Transaction, conversation_ids: Sequence[UUID]) -> list[Any]:
    """Locks conversations in the order of their ids and returns `id, head, last_ordinal, parties`."""
    return await transaction.fetch(
        """
        SELECT c.id, c.head, c.last_ordinal,
            ARRAY(SELECT p.party_id FROM participants p WHERE p.conversation_id = c.id) AS parties
        FROM conversations c WHERE c.id = ANY ($1::uuid[])
        ORDER BY c.id FOR NO KEY UPDATE OF c
        """,
        conversation_ids,
    )


async def look(transaction: Transaction, drafts: Sequence[tuple[UUID, UUID, str | None]]) -> list[Any]:
    """For each (conversation, person, key): the side the person acts for, their card, the message with that key."""
    return await transaction.fetch(
        """
        SELECT d.position, mine.party_id AS acting_for, k.name AS sender_name, k.picture AS sender_picture,
            m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at
        FROM unnest($1::uuid[], $2::uuid[], $3::text[]) WITH ORDINALITY AS d (conversation_id, person_id, key, position)
        LEFT JOIN LATERAL (
            SELECT p.party_id FROM participants p
            JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = d.person_id
            WHERE p.conversation_id = d.conversation_id
            LIMIT 1
        ) AS mine ON true
        LEFT JOIN messages m ON m.sender_id = d.person_id AND m.key = d.key
        LEFT JOIN person_cards k ON k.id = d.person_id
        ORDER BY d.position
        """,
        *tuples(drafts),
    )


async def insert(transaction: Transaction, messages: Sequence[Message]) -> None:
    """Stores messages, moves their conversations on, and counts them for the sides that sent them.

    The messages of one conversation stand in the order of their ordinals; whoever archived it has it back.
    """
    await transaction.execute(
        """
        WITH message AS (
            SELECT * FROM unnest(
                $1::uuid[], $2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[], $7::uuid[], $8::text[],
                $9::text[], $10::text[], $11::timestamptz[]
            ) AS given (
                conversation_id, ordinal, id, number, kind, party_id, sender_id, text, attachments, key, created_at
            )
        ), inserted AS (
            INSERT INTO messages (
                conversation_id, ordinal, id, number, kind, party_id, sender_id, text, attachments, key, created_at
            )
            SELECT conversation_id, ordinal, id, number, kind, party_id, sender_id, text, attachments::jsonb, key,
                created_at
            FROM message
        ), newest AS (
            SELECT conversation_id, max(ordinal) AS last_ordinal, max(number) AS head, max(created_at) AS at
            FROM message GROUP BY conversation_id
        ), moved AS (
            UPDATE conversations c SET head = n.head, last_ordinal = n.last_ordinal, last_message_at = n.at
            FROM newest n WHERE c.id = n.conversation_id
        ), spoken AS (
            SELECT conversation_id, party_id, count(*) AS sent,
                max(created_at) FILTER (WHERE kind = 'text') AS wrote_at,
                max(created_at) FILTER (WHERE kind = 'confirmation') AS confirmed_at
            FROM message GROUP BY conversation_id, party_id
        )
        UPDATE participants p SET
            sent = p.sent + coalesce(s.sent, 0), last_message_at = n.at, archived_at = NULL, archived_by = NULL,
            wrote_at = coalesce(s.wrote_at, p.wrote_at), confirmed_at = coalesce(s.confirmed_at, p.confirmed_at)
        FROM newest n
        CROSS JOIN LATERAL (SELECT x.party_id FROM participants x WHERE x.conversation_id = n.conversation_id) AS side
        LEFT JOIN spoken s ON s.conversation_id = n.conversation_id AND s.party_id = side.party_id
        WHERE p.conversation_id = n.conversation_id AND p.party_id = side.party_id
        """,
        *tuples(
            [
                (
                    each.conversation_id,
                    each.ordinal,
                    each.id,
                    each.number,
                    each.kind,
                    each.party_id,
                    each.sender.id if each.sender else None,
                    each.text,
                    # As text: a list in a column of lists would be taken for a second dimension.
                    msgspec.json.encode(each.attachments).decode() if each.attachments else None,
                    each.key,
                    each.created_at,
                )
                for each in messages
            ]
        ),
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
