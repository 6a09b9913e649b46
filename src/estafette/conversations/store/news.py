"""Statements about what there is to tell of what was said."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Queries, tuples

# A content looks at so many messages from where it begins.
LOOKED_AT: Final = 200


async def news(queries: Queries, asks: Sequence[tuple[UUID, UUID, UUID, UUID, int, Any]], limit: int) -> list[Any]:
    """What others said since, for each (ask, person, party, conversation, first ordinal, until): oldest first.

    Without `until` it is what the person has not read. `ask_id, ordinal, text, mentions, files, at, who, kind,
    parent_id, partner_name, for_partner, group_name` and of the speaker `who_id, who_picture`; `counted` of how many
    (200 at most) these are the newest `limit`, and `since` when. Who does not act for the party any more, or has left,
    gets no row.
    """
    return await queries.fetch(
        """
        SELECT given.ask_id, said.*, speaker.name AS who, speaker.id AS who_id, speaker.picture AS who_picture,
            c.kind, c.parent_id, partner.name AS partner_name,
            coalesce(partner.id = given.party_id, false) AS for_partner, groups.name AS group_name
        FROM unnest(
            (SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]), (SELECT $4::uuid[]), (SELECT $5::bigint[]),
            (SELECT $6::timestamptz[])
        ) AS given (ask_id, person_id, party_id, conversation_id, first, until)
        JOIN acting_parties a ON a.person_id = given.person_id AND a.party_id = given.party_id
        JOIN conversations c ON c.id = given.conversation_id
        JOIN conversations place ON place.id = coalesce(c.parent_id, c.id)
        LEFT JOIN storefronts s ON s.conversation_id = given.conversation_id
        LEFT JOIN party_cards partner ON partner.id = s.partner_id
        LEFT JOIN groups ON groups.conversation_id = place.id
        LEFT JOIN memberships member
            ON member.conversation_id = given.conversation_id AND member.person_id = given.person_id
        LEFT JOIN reads r ON r.conversation_id = given.conversation_id AND r.person_id = given.person_id
        CROSS JOIN LATERAL (
            SELECT newest.*, count(*) OVER () AS counted, min(newest.at) OVER () AS since
            FROM (
                SELECT m.ordinal, m.text, m.mentions, coalesce(jsonb_array_length(m.attachments), 0) AS files,
                    m.created_at AS at, m.sender_id
                FROM messages m
                WHERE m.conversation_id = given.conversation_id
                    -- Of what was notified and read the first is shown, of what is unread the newest.
                    AND CASE WHEN given.until IS NULL THEN
                        m.ordinal >= greatest(given.first, r.ordinal + 1, member.read_ordinal + 1)
                        ELSE m.ordinal < given.first + $8 AND m.created_at <= given.until END
                    AND m.ordinal >= given.first AND m.party_id <> given.party_id
                    AND m.deleted_at IS NULL AND m.sender_id IS NOT NULL
                ORDER BY m.ordinal DESC LIMIT $8
            ) AS newest
            ORDER BY newest.ordinal DESC LIMIT $7
        ) AS said
        LEFT JOIN person_cards speaker ON speaker.id = said.sender_id
        WHERE CASE
            WHEN c.parent_id IS NULL THEN given.party_id = ANY (c.readers) OR member.person_id IS NOT NULL
            ELSE member.person_id IS NOT NULL AND may_read_thread(c.id, given.person_id)
        END
        ORDER BY given.ask_id, said.ordinal
        """,
        *tuples(asks),
        limit,
        LOOKED_AT,
    )


async def silent(queries: Queries, unread: Sequence[tuple[UUID, UUID, UUID, int]]) -> list[tuple[UUID, UUID]]:
    """(person, conversation) of (person, party, conversation, first ordinal) to whom no message is left to tell."""
    rows = await queries.fetch(
        """
        SELECT given.person_id, given.conversation_id
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]), (SELECT $4::bigint[]))
            AS given (person_id, party_id, conversation_id, first)
        WHERE NOT EXISTS (
            SELECT FROM messages m
            WHERE m.conversation_id = given.conversation_id AND m.ordinal >= given.first
                AND m.party_id <> given.party_id AND m.sender_id IS NOT NULL AND m.deleted_at IS NULL
        )
        """,
        *tuples(unread),
    )
    return [(row["person_id"], row["conversation_id"]) for row in rows]
