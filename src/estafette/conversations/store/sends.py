"""Statements of sending: lock, look, insert."""

from collections import Counter
from collections.abc import Mapping, Sequence
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


async def look(transaction: Transaction, drafts: Sequence[tuple[UUID, UUID, str | None]]) -> list[Any]:
    """For each (conversation, person, key): the side the person acts for, their card, the message with that key."""
    return await transaction.fetch(
        """
        SELECT d.position, mine.party_id AS acting_for, k.name AS sender_name, k.picture AS sender_picture,
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
        ORDER BY d.position
        """,
        *tuples(drafts),
    )


async def insert(transaction: Transaction, messages: Sequence[Message], parties: Mapping[UUID, Sequence[UUID]]) -> None:
    """Stores messages, moves their conversations on, and counts them for the sides that sent them.

    The messages of one conversation stand in the order of their ordinals; whoever archived it has it back. All bear the
    time of the first: to write a time costs a microsecond, and a batch has hundreds.
    """
    newest = {each.conversation_id: each for each in messages}
    sent = Counter((each.conversation_id, each.party_id) for each in messages)
    kinds = {(each.conversation_id, each.party_id): each.kind for each in messages}
    await transaction.execute(
        """
        WITH said AS (
            INSERT INTO messages (
                conversation_id, ordinal, id, number, kind, party_id, sender_id, text, attachments, key, created_at
            )
            SELECT conversation_id, ordinal, id, number, kind, party_id, sender_id, text, attachments::jsonb, key,
                $18::timestamptz
            FROM unnest(
                (SELECT $1::uuid[]), $2::bigint[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[], $7::uuid[],
                $8::text[], $9::text[], $10::text[]
            ) AS given (conversation_id, ordinal, id, number, kind, party_id, sender_id, text, attachments, key)
        ), moved AS (
            UPDATE conversations c SET head = n.head, last_ordinal = n.last_ordinal,
                last_message_at = greatest(c.last_message_at, $18)
            FROM unnest((SELECT $11::uuid[]), $12::bigint[], $13::bigint[]) AS n (id, head, last_ordinal)
            WHERE c.id = n.id
        )
        UPDATE participants p SET
            sent = p.sent + s.sent, last_message_at = greatest(p.last_message_at, $18),
            archived_at = NULL, archived_by = NULL,
            wrote_at = CASE s.kind WHEN 'text' THEN $18 ELSE p.wrote_at END,
            confirmed_at = CASE s.kind WHEN 'confirmation' THEN $18 ELSE p.confirmed_at END
        FROM unnest((SELECT $14::uuid[]), $15::uuid[], $16::bigint[], $17::text[])
            AS s (conversation_id, party_id, sent, kind)
        WHERE p.conversation_id = s.conversation_id AND p.party_id = s.party_id
        """,
        *tuples([_columns(each) for each in messages]),
        *tuples([(each.conversation_id, each.number, each.ordinal) for each in newest.values()]),
        *tuples([(id_, party, sent[id_, party], kinds.get((id_, party))) for id_ in newest for party in parties[id_]]),
        messages[0].created_at,
    )


def _columns(message: Message) -> tuple[object, ...]:
    return (
        message.conversation_id,
        message.ordinal,
        message.id,
        message.number,
        message.kind,
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
