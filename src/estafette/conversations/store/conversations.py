"""Statements about conversations and who is in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def list_two_sided(
    queries: Queries,
    person_id: UUID,
    *,
    ids: Sequence[UUID] | None = None,
    kinds: Sequence[str] | None = None,
    role: str | None = None,
    party_id: UUID | None = None,
    archived: bool | None = None,
    unread: bool | None = None,
    favourite: bool | None = None,
    names: Sequence[str] | None = None,
    found: Sequence[UUID] = (),
    before: tuple[datetime, UUID] | None = None,
    limit: int = 100,
) -> list[Any]:
    """Storefront and direct conversations of the sides a person acts for, newest message first.

    Those without a message are left out, unless they are asked for by id. A direct chat that the person has put away
    counts as archived. Where the automatic confirmation stands last,
    the columns of what it confirms come along, named `confirmed_…`.

    `names` (folded words) and `found` widen each other: the other side's name holds all of them, or the id is among
    those. Who is the customer of a partner they act for speaks as the customer there.
    """
    # What belongs to each is looked up one by one (LIMIT 1), so that the index of the newest is followed and left after
    # a page: a partner has so many more than a person that the planner would rather sort all of them.
    return await queries.fetch(
        """
        SELECT c.id AS conversation, c.kind, c.head, c.last_ordinal, c.opened_at, c.last_message_at,
            c.last_message_at AS active_at, mine.party_id AS my_party, mine.role AS my_role, mine.archived_at,
            mine.favourite, mine.muted, mine.put_away_at, mine.unread,
            mine.read_ordinal, mine.marked_unread,
            me.id AS me_id, me.name AS me_name, me.picture AS me_picture,
            other.id AS other_id, other.kind AS other_kind, other.name AS other_name, other.picture AS other_picture,
            other.deactivated AS other_deactivated,
            m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at, m.mentions, m.mentions_all, m.pinned_at,
            k.name AS sender_name, k.picture AS sender_picture, asked.*
        FROM acting_parties a
        CROSS JOIN LATERAL (
            SELECT p.conversation_id, p.party_id, p.role, p.archived_at, o.party_id AS other_id,
                n.kind, s.favourite_at IS NOT NULL AS favourite, s.muted_at IS NOT NULL AS muted,
                CASE WHEN s.muted_at IS NOT NULL OR n.last_ordinal = s.put_away_after THEN s.put_away_at END
                    AS put_away_at, count_unread(
                    n.id, n.last_ordinal - p.sent - coalesce(r.others_read, 0), coalesce(r.counted, 0), p.party_id
                ) AS unread, coalesce(r.counted, 0) AS read_ordinal, EXISTS (
                    SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = p.conversation_id
                ) AS marked_unread
            FROM participants p
            JOIN conversations n ON n.id = p.conversation_id
            JOIN participants o ON o.conversation_id = p.conversation_id AND o.party_id <> p.party_id
            LEFT JOIN LATERAL (
                SELECT * FROM reads WHERE conversation_id = p.conversation_id AND person_id = $1 LIMIT 1
            ) AS r ON true
            LEFT JOIN LATERAL (
                SELECT * FROM own_settings WHERE conversation_id = p.conversation_id AND person_id = $1 LIMIT 1
            ) AS s ON true
            WHERE p.party_id = a.party_id AND (p.last_message_at IS NOT NULL OR $2::uuid[] IS NOT NULL)
                AND (a.party_id = $1 OR o.party_id <> $1)
                AND ($12::text[] IS NULL OR n.kind = ANY ($12))
                AND ($2::uuid[] IS NULL OR p.conversation_id = ANY ($2))
                AND ($3::text IS NULL OR p.role = $3)
                AND ($5::boolean IS NULL OR (p.archived_at IS NOT NULL OR (
                    s.put_away_at IS NOT NULL AND (s.muted_at IS NOT NULL OR n.last_ordinal = s.put_away_after)
                )) = $5)
                AND ($13::boolean IS NULL OR (s.favourite_at IS NOT NULL) = $13)
                AND ($6::boolean IS NULL OR (
                    count_unread(
                    n.id, n.last_ordinal - p.sent - coalesce(r.others_read, 0), coalesce(r.counted, 0), p.party_id
                ) > 0 OR EXISTS (
                    SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = p.conversation_id
                )) = $6)
                AND ($7::text[] IS NULL OR p.conversation_id = ANY ($8::uuid[]) OR EXISTS (
                    SELECT 1 FROM party_cards card
                    WHERE card.id = o.party_id AND NOT EXISTS (
                        SELECT 1 FROM unnest($7::text[]) AS word WHERE position(word IN card.name_key) = 0
                    )
                ))
                AND ($9::timestamptz IS NULL OR (p.last_message_at, p.conversation_id) < ($9, $10::uuid))
            ORDER BY p.last_message_at DESC, p.conversation_id DESC
            LIMIT $11
        ) AS mine
        JOIN conversations c ON c.id = mine.conversation_id
        JOIN party_cards me ON me.id = mine.party_id
        JOIN party_cards other ON other.id = mine.other_id
        LEFT JOIN messages m ON m.conversation_id = c.id AND m.ordinal = c.last_ordinal
        LEFT JOIN person_cards k ON k.id = m.sender_id
        LEFT JOIN LATERAL (
            SELECT x.id AS confirmed_id, x.conversation_id AS confirmed_conversation_id,
                x.ordinal AS confirmed_ordinal, x.number AS confirmed_number, x.kind AS confirmed_message_kind,
                x.party_id AS confirmed_party_id, x.sender_id AS confirmed_sender_id, x.text AS confirmed_text,
                x.attachments AS confirmed_attachments, x.key AS confirmed_key, x.created_at AS confirmed_created_at,
                x.edited_at AS confirmed_edited_at, x.deleted_at AS confirmed_deleted_at,
                x.mentions AS confirmed_mentions, x.mentions_all AS confirmed_mentions_all,
                x.pinned_at AS confirmed_pinned_at, s.name AS confirmed_sender_name,
                s.picture AS confirmed_sender_picture
            FROM messages x LEFT JOIN person_cards s ON s.id = x.sender_id
            WHERE m.kind = 'confirmation' AND x.conversation_id = c.id AND x.ordinal < c.last_ordinal
                AND x.kind <> 'confirmation'
            ORDER BY x.ordinal DESC LIMIT 1
        ) AS asked ON true
        WHERE a.person_id = $1 AND ($4::uuid IS NULL OR a.party_id = $4)
        ORDER BY c.last_message_at DESC, c.id DESC
        LIMIT $11
        """,
        person_id,
        ids,
        role,
        party_id,
        archived,
        unread,
        names,
        found,
        before[0] if before else None,
        before[1] if before else None,
        limit,
        kinds,
        favourite,
    )


async def viewer_state(queries: Queries, conversation_id: UUID, person_id: UUID) -> Any:
    """What a person needs to act in a conversation; no row for those who may not read it.

    `kind, head, last_ordinal, readers, party_id, role, members, archived`: `party_id` is the side the person acts for,
    None in groups and channels, where `role` is their own, None for who is not in it, and `members` how many are.
    Of a thread all but the first three are those of its parent. `place_id, place_kind`: whose rights these are, the
    parent or the conversation itself; `root_id` of a thread, and whether the person `follows` it.
    """
    return await queries.fetchrow(
        """
        SELECT c.kind, c.head, c.last_ordinal, place.readers, side.party_id, member.role,
            coalesce(groups.members, 2) AS members, groups.archived_at IS NOT NULL AS archived,
            place.id AS place_id, place.kind AS place_kind, threads.root_id, follower.person_id IS NOT NULL AS follows
        FROM conversations c
        JOIN conversations place ON place.id = coalesce(c.parent_id, c.id)
        LEFT JOIN LATERAL (
            SELECT p.party_id FROM participants p
            JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = $2
            WHERE p.conversation_id = place.id
            ORDER BY p.party_id = $2 DESC LIMIT 1
        ) AS side ON true
        LEFT JOIN memberships member ON member.conversation_id = place.id AND member.person_id = $2
        LEFT JOIN groups ON groups.conversation_id = place.id
        LEFT JOIN threads ON threads.conversation_id = c.id AND c.parent_id IS NOT NULL
        LEFT JOIN memberships follower
            ON follower.conversation_id = c.id AND follower.person_id = $2 AND c.parent_id IS NOT NULL
        WHERE c.id = $1
            AND EXISTS (SELECT FROM person_topics t WHERE t.person_id = $2 AND t.topic_id = ANY (place.readers))
        """,
        conversation_id,
        person_id,
    )


async def whom_to_tell(queries: Queries, conversation_ids: Sequence[UUID]) -> list[Any]:
    """The `id, kind, place_id, place_kind, readers, root_id` of conversations, as `viewer_state` names them."""
    return await queries.fetch(
        """
        SELECT c.id, c.kind, place.id AS place_id, place.kind AS place_kind, place.readers, threads.root_id
        FROM conversations c
        JOIN conversations place ON place.id = coalesce(c.parent_id, c.id)
        LEFT JOIN threads ON threads.conversation_id = c.id AND c.parent_id IS NOT NULL
        WHERE c.id = ANY ((SELECT $1::uuid[])::uuid[])
        """,
        conversation_ids,
    )


async def set_archived(
    transaction: Transaction, conversation_id: UUID, party_id: UUID, person_id: UUID, at: datetime | None
) -> bool:
    """Archives a conversation for a side, or restores it (`at` is None); False when it was so already."""
    return (
        await transaction.fetchval(
            """
            UPDATE participants SET archived_at = $4,
                archived_by = CASE WHEN $4::timestamptz IS NULL THEN NULL ELSE $3::uuid END
            WHERE conversation_id = $1 AND party_id = $2 AND (archived_at IS NULL) = ($4::timestamptz IS NOT NULL)
            RETURNING true
            """,
            conversation_id,
            party_id,
            person_id,
            at,
        )
        is True
    )


async def unconfirmed(transaction: Transaction, message_ids: Sequence[UUID]) -> list[Any]:
    """For each message of a customer whose partner has not confirmed since it last wrote: the two sides and the times.

    `conversation_id, customer_id, partner_id, created_at` (the message's), `wrote_at, confirmed_at` (the partner's).
    """
    return await transaction.fetch(
        """
        SELECT m.conversation_id, s.customer_id, s.partner_id, m.created_at, p.wrote_at, p.confirmed_at
        FROM messages m
        JOIN storefronts s ON s.conversation_id = m.conversation_id AND s.customer_id = m.party_id
        JOIN participants p ON p.conversation_id = s.conversation_id AND p.party_id = s.partner_id
        WHERE m.id = ANY ((SELECT $1::uuid[])::uuid[]) AND (p.confirmed_at IS NULL OR p.wrote_at > p.confirmed_at)
        """,
        message_ids,
    )


async def count_unread(queries: Queries, person_id: UUID) -> list[Any]:
    """Unread storefront conversations and their messages of each side a person acts for, in its newest 1,000."""
    return await queries.fetch(
        """
        SELECT a.party_id, count(*) FILTER (WHERE mine.unread > 0 OR mine.marked_unread) AS conversations,
            coalesce(sum(mine.unread), 0)::bigint AS messages
        FROM acting_parties a
        LEFT JOIN LATERAL (
            SELECT count_unread(
                c.id, c.last_ordinal - p.sent - coalesce(r.others_read, 0), coalesce(r.counted, 0), p.party_id
            ) AS unread, EXISTS (
                SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = p.conversation_id
            ) AS marked_unread
            FROM participants p
            JOIN conversations c ON c.id = p.conversation_id
            LEFT JOIN reads r ON r.conversation_id = p.conversation_id AND r.person_id = $1
            WHERE p.party_id = a.party_id AND p.last_message_at IS NOT NULL AND p.archived_at IS NULL
                AND p.role <> 'person'
                AND (a.party_id = $1 OR NOT EXISTS (
                    SELECT 1 FROM participants x WHERE x.conversation_id = p.conversation_id AND x.party_id = $1
                ))
            ORDER BY p.last_message_at DESC, p.conversation_id DESC
            LIMIT 1000
        ) AS mine ON true
        WHERE a.person_id = $1
        GROUP BY a.party_id
        """,
        person_id,
    )
