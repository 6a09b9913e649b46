"""Statements about who is notified of what was said."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples


async def said(transaction: Transaction, message_ids: Sequence[UUID]) -> list[Any]:
    """The messages that a person wrote, in order, deleted ones left out.

    `id, conversation_id, kind, ordinal, at, sender_id, speaker_id, mentions, mentions_all, listeners`: `sender_id`
    wrote it for the party `speaker_id`; the listeners are the other party of a storefront or direct chat,
    unless it has written since; in groups and channels nobody (`lock_told_members` finds them).
    """
    return await transaction.fetch(
        """
        SELECT m.id, m.conversation_id, c.kind, m.ordinal, m.created_at AS at, m.sender_id, m.party_id AS speaker_id,
            m.mentions_all, m.mentions, ARRAY(
                SELECT p.party_id FROM participants p
                WHERE p.conversation_id = m.conversation_id AND p.party_id <> m.party_id
                    AND (p.wrote_at IS NULL OR p.wrote_at <= m.created_at)
            ) AS listeners
        FROM messages m JOIN conversations c ON c.id = m.conversation_id
        WHERE m.id = ANY ((SELECT $1::uuid[])::uuid[]) AND m.sender_id IS NOT NULL AND m.deleted_at IS NULL
        ORDER BY m.conversation_id, m.ordinal
        """,
        message_ids,
    )


async def deleted(transaction: Transaction, message_ids: Sequence[UUID]) -> list[Any]:
    """`id, conversation_id, kind` (of the conversation) of those of the messages that are deleted."""
    return await transaction.fetch(
        """
        SELECT m.id, m.conversation_id, c.kind FROM messages m JOIN conversations c ON c.id = m.conversation_id
        WHERE m.id = ANY ((SELECT $1::uuid[])::uuid[]) AND m.deleted_at IS NOT NULL
        ORDER BY m.conversation_id, m.ordinal
        """,
        message_ids,
    )


async def lock_told_members(
    transaction: Transaction,
    conversation_id: UUID,
    ordinal: int,
    author_id: UUID | None,
    mentioned: Sequence[UUID],
    after: UUID | None,
    limit: int,
) -> list[UUID]:
    """Members in the order of their ids, at most `limit`, who want to be told of a message and have not read on.

    Those who want all, and of the `mentioned` those who want mentions; none reads on until the transaction ends.
    """
    # An index on the level finds those who want all: the others of a large channel are not looked at.
    rows = await transaction.fetch(
        """
        SELECT m.person_id FROM memberships m
        WHERE m.conversation_id = $1 AND m.read_ordinal < $2 AND m.person_id IS DISTINCT FROM $3
            AND m.level <> 'nothing' AND (NOT m.of_thread OR may_read_thread($1, m.person_id))
            AND m.person_id = ANY (ARRAY(
                SELECT t.person_id FROM memberships t WHERE t.conversation_id = $1 AND t.level = 'all'
                UNION SELECT unnest($4::uuid[])
            )) AND ($5::uuid IS NULL OR m.person_id > $5)
        ORDER BY m.person_id LIMIT $6 FOR SHARE OF m
        """,
        conversation_id,
        ordinal,
        author_id,
        mentioned,
        after,
        limit,
    )
    return [row["person_id"] for row in rows]


async def lock_all_members(
    transaction: Transaction,
    conversation_id: UUID,
    ordinal: int,
    author_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> list[UUID]:
    """As `lock_told_members`, when a message mentions everybody."""
    rows = await transaction.fetch(
        """
        SELECT m.person_id FROM memberships m
        WHERE m.conversation_id = $1 AND m.read_ordinal < $2 AND m.person_id IS DISTINCT FROM $3
            AND m.level <> 'nothing' AND (NOT m.of_thread OR may_read_thread($1, m.person_id))
            AND ($4::uuid IS NULL OR m.person_id > $4)
        ORDER BY m.person_id LIMIT $5 FOR SHARE OF m
        """,
        conversation_id,
        ordinal,
        author_id,
        after,
        limit,
    )
    return [row["person_id"] for row in rows]


async def lock_members(transaction: Transaction, conversation_id: UUID, people: Sequence[UUID]) -> None:
    """Keeps those of the people who are members from being told and from reading, until the transaction ends."""
    await transaction.execute(
        """
        SELECT FROM memberships WHERE conversation_id = $1 AND person_id = ANY ($2::uuid[])
        ORDER BY person_id FOR NO KEY UPDATE
        """,
        conversation_id,
        people,
    )


async def continue_later(transaction: Transaction, message_id: UUID, after: UUID) -> None:
    """Notes that members beyond an id are still to be told of a message, or no more if it was deleted."""
    await transaction.execute(
        """
        INSERT INTO pending_notices (message_id, after_id) VALUES ($1, $2)
        ON CONFLICT (message_id) DO UPDATE SET after_id = excluded.after_id
        """,
        message_id,
        after,
    )


async def claim_later(transaction: Transaction, limit: int) -> list[Any]:
    """Takes messages of which members are still to be told, or no more if they are `deleted`.

    `message_id, after_id, deleted`, and the columns of `said`.
    """
    return await transaction.fetch(
        """
        WITH taken AS (
            DELETE FROM pending_notices WHERE message_id = ANY (ARRAY(
                SELECT message_id FROM pending_notices WHERE not_before <= now()
                ORDER BY not_before LIMIT $1 FOR UPDATE SKIP LOCKED
            ))
            RETURNING message_id, after_id
        )
        SELECT taken.message_id, taken.after_id, m.conversation_id, m.ordinal, m.created_at AS at, m.sender_id,
            m.mentions_all, m.mentions, m.deleted_at IS NOT NULL AS deleted
        FROM taken JOIN messages m ON m.id = taken.message_id
        """,
        limit,
    )


async def put_off(queries: Queries, message_ids: Sequence[UUID]) -> None:
    """Tries again in a moment, after a failure."""
    await queries.execute(
        "UPDATE pending_notices SET not_before = now() + interval '10 seconds' WHERE message_id = ANY ($1::uuid[])",
        message_ids,
    )


async def who_has_read(transaction: Transaction, spans: Sequence[tuple[UUID, int]]) -> list[tuple[UUID, UUID]]:
    """(person, conversation) of those who have read up to the ordinal or further, or hear nothing of a direct chat."""
    rows = await transaction.fetch(
        """
        SELECT given.conversation_id, ARRAY(
            SELECT r.person_id FROM reads r
            WHERE r.conversation_id = given.conversation_id AND r.ordinal >= given.ordinal
            UNION
            SELECT p.party_id FROM participants p
            JOIN own_settings s ON s.person_id = p.party_id AND s.conversation_id = p.conversation_id
            WHERE p.conversation_id = given.conversation_id AND p.role = 'person' AND s.muted_at IS NOT NULL
        ) AS people
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::bigint[])) AS given (conversation_id, ordinal)
        """,
        *tuples(spans),
    )
    return [(person, row["conversation_id"]) for row in rows for person in row["people"]]
