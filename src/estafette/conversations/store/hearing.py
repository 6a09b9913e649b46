"""Statements about who is to hear of what was said, and what there is to tell of it."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples

# A content looks at so many messages from where it begins.
LOOKED_AT: Final = 200


async def said(transaction: Transaction, message_ids: Sequence[UUID]) -> list[Any]:
    """The messages that a person wrote: `conversation_id, ordinal, at, sender_id, speaker_id, listeners`, in order.

    `sender_id` wrote it for the party `speaker_id`; the listeners are the other parties, unless they have written
    since. Deleted ones are left out.
    """
    return await transaction.fetch(
        """
        SELECT m.conversation_id, m.ordinal, m.created_at AS at, m.sender_id, m.party_id AS speaker_id, ARRAY(
            SELECT p.party_id FROM participants p
            WHERE p.conversation_id = m.conversation_id AND p.party_id <> m.party_id
                AND (p.wrote_at IS NULL OR p.wrote_at <= m.created_at)
        ) AS listeners
        FROM messages m
        WHERE m.id = ANY ((SELECT $1::uuid[])::uuid[]) AND m.sender_id IS NOT NULL AND m.deleted_at IS NULL
        ORDER BY m.conversation_id, m.ordinal
        """,
        message_ids,
    )


async def who_has_read(transaction: Transaction, spans: Sequence[tuple[UUID, int]]) -> list[tuple[UUID, UUID]]:
    """(person, conversation) of those who have read up to the ordinal or further."""
    rows = await transaction.fetch(
        """
        SELECT given.conversation_id, ARRAY(
            SELECT r.person_id FROM reads r
            WHERE r.conversation_id = given.conversation_id AND r.ordinal >= given.ordinal
        ) AS people
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::bigint[])) AS given (conversation_id, ordinal)
        """,
        *tuples(spans),
    )
    return [(person, row["conversation_id"]) for row in rows for person in row["people"]]


async def news(queries: Queries, asks: Sequence[tuple[UUID, UUID, UUID, UUID, int, Any]], limit: int) -> list[Any]:
    """What others said since, for each (ask, person, party, conversation, first ordinal, until): oldest first.

    Without `until` it is what the person has not read. `ask_id, ordinal, text, files, at, who, partner_name` and of
    the speaker `who_id, who_picture`; `counted` of how many (200 at most) these are the newest `limit`, and `since`
    when. Who does not act for the party any more gets no row.
    """
    return await queries.fetch(
        """
        SELECT given.ask_id, said.*, speaker.name AS who, speaker.id AS who_id, speaker.picture AS who_picture,
            partner.name AS partner_name, partner.id = given.party_id AS for_partner
        FROM unnest(
            (SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]), (SELECT $4::uuid[]), (SELECT $5::bigint[]),
            (SELECT $6::timestamptz[])
        ) AS given (ask_id, person_id, party_id, conversation_id, first, until)
        JOIN acting_parties a ON a.person_id = given.person_id AND a.party_id = given.party_id
        JOIN participants mine ON mine.conversation_id = given.conversation_id AND mine.party_id = given.party_id
        JOIN storefronts s ON s.conversation_id = given.conversation_id
        JOIN party_cards partner ON partner.id = s.partner_id
        LEFT JOIN reads r ON r.conversation_id = given.conversation_id AND r.person_id = given.person_id
        CROSS JOIN LATERAL (
            SELECT newest.*, count(*) OVER () AS counted, min(newest.at) OVER () AS since
            FROM (
                SELECT m.ordinal, m.text, coalesce(jsonb_array_length(m.attachments), 0) AS files,
                    m.created_at AS at, m.sender_id
                FROM messages m
                WHERE m.conversation_id = given.conversation_id
                    -- Of what was notified and read the first is shown, of what is unread the newest.
                    AND CASE WHEN given.until IS NULL THEN m.ordinal >= greatest(given.first, r.ordinal + 1)
                        ELSE m.ordinal < given.first + $8 AND m.created_at <= given.until END
                    AND m.ordinal >= given.first AND m.party_id <> given.party_id
                    AND m.deleted_at IS NULL AND m.sender_id IS NOT NULL
                ORDER BY m.ordinal DESC LIMIT $8
            ) AS newest
            ORDER BY newest.ordinal DESC LIMIT $7
        ) AS said
        LEFT JOIN person_cards speaker ON speaker.id = said.sender_id
        ORDER BY given.ask_id, said.ordinal
        """,
        *tuples(asks),
        limit,
        LOOKED_AT,
    )
