"""Statements about groups and channels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def insert(
    transaction: Transaction,
    conversation_id: UUID,
    kind: str,
    *,
    name: str,
    name_key: str,
    purpose: str,
    is_open: bool,
    readers: Sequence[UUID],
    owner_id: UUID,
    at: datetime,
) -> None:
    """Opens a group or channel with its first change and its owner, whose level in a group is everything."""
    await transaction.execute(
        """
        WITH conversation AS (
            INSERT INTO conversations (id, kind, head, opened_at, readers) VALUES ($1, $2, 1, $8, $7::uuid[])
        ), details AS (
            INSERT INTO groups (conversation_id, name, name_key, purpose, is_open, members, created_by)
            VALUES ($1, $3, $4, $5, $6, 1, $9)
        )
        INSERT INTO memberships (conversation_id, person_id, role, level, joined_at, read_ordinal)
        VALUES ($1, $9, 'owner', CASE $2 WHEN 'group' THEN 'all' ELSE 'mentions' END, $8, 0)
        """,
        conversation_id,
        kind,
        name,
        name_key,
        purpose,
        is_open,
        readers,
        at,
        owner_id,
    )


async def details(queries: Queries, conversation_id: UUID) -> Any:
    """The `name, purpose, is_open, members, archived_at` of a group or channel."""
    return await queries.fetchrow(
        "SELECT name, purpose, is_open, members, archived_at FROM groups WHERE conversation_id = $1", conversation_id
    )


async def set_archived(transaction: Transaction, conversation_id: UUID, at: datetime | None) -> bool:
    """Archives a locked group or channel for everybody, or restores it (`at` is None); False when it was so already."""
    return (
        await transaction.fetchval(
            """
            UPDATE groups SET archived_at = $2
            WHERE conversation_id = $1 AND (archived_at IS NULL) = ($2::timestamptz IS NOT NULL)
            RETURNING true
            """,
            conversation_id,
            at,
        )
        is True
    )


async def update(
    transaction: Transaction,
    conversation_id: UUID,
    *,
    name: str,
    name_key: str,
    purpose: str,
    is_open: bool,
    readers: Sequence[UUID],
) -> None:
    """Changes what a locked group or channel is called, and who may find it."""
    await transaction.execute(
        """
        WITH details AS (
            UPDATE groups SET name = $2, name_key = $3, purpose = $4, is_open = $5
            WHERE conversation_id = $1
        )
        UPDATE conversations SET readers = $6::uuid[] WHERE id = $1
        """,
        conversation_id,
        name,
        name_key,
        purpose,
        is_open,
        readers,
    )


async def list_own(
    queries: Queries,
    person_id: UUID,
    *,
    limit: int,
    before: tuple[datetime, UUID] | None = None,
    kinds: Sequence[str] | None = None,
    archived: bool | None = None,
    unread: bool | None = None,
    favourite: bool | None = None,
    names: Sequence[str] | None = None,
    found: Sequence[UUID] = (),
) -> list[Any]:
    """Groups and channels that a person is in, those with the newest message (or opened last) first.

    What the person has put away counts as archived. `names` (folded words) and `found` widen each other, as in
    `list_two_sided`.
    """
    # Hundreds at most, so they are sorted by what the conversations say, and nothing is kept for each member. Each is
    # looked up by its id (LIMIT 1): joined otherwise, all conversations that there are might be read in their order.
    return await queries.fetch(
        """
        WITH mine AS MATERIALIZED (
            SELECT c.id, c.kind, c.head, c.last_ordinal, c.opened_at, c.last_message_at,
                coalesce(c.last_message_at, c.opened_at) AS active_at, g.name, g.purpose, g.is_open, g.members,
                g.archived_at, m.role AS my_role, m.level AS my_level, m.read_ordinal, m.person_id,
                s.favourite_at IS NOT NULL AS favourite,
                CASE WHEN m.level = 'nothing' OR c.last_ordinal = s.put_away_after THEN s.put_away_at END
                    AS put_away_at,
                count_unread(
                    c.id, c.last_ordinal - m.read_ordinal - m.sent_after_read, m.read_ordinal, m.person_id
                ) AS unread, EXISTS (
                    SELECT FROM unread_marks u WHERE u.person_id = $1 AND u.conversation_id = c.id
                ) AS marked_unread
            FROM memberships m
            CROSS JOIN LATERAL (SELECT * FROM conversations WHERE id = m.conversation_id LIMIT 1) AS c
            CROSS JOIN LATERAL (SELECT * FROM groups WHERE conversation_id = m.conversation_id LIMIT 1) AS g
            LEFT JOIN own_settings s ON s.person_id = m.person_id AND s.conversation_id = m.conversation_id
            WHERE m.person_id = $1 AND NOT m.of_thread AND EXISTS (SELECT FROM employees e WHERE e.person_id = $1)
                AND ($2::text[] IS NULL OR c.kind = ANY ($2))
                AND ($10::boolean IS NULL OR (s.favourite_at IS NOT NULL) = $10)
                AND ($5::text[] IS NULL OR c.id = ANY ($6::uuid[]) OR NOT EXISTS (
                    SELECT 1 FROM unnest($5::text[]) AS word WHERE position(word IN g.name_key) = 0
                ))
                AND ($7::timestamptz IS NULL OR (coalesce(c.last_message_at, c.opened_at), c.id) < ($7, $8::uuid))
        )
        SELECT mine.id AS conversation, mine.kind, mine.head, mine.last_ordinal, mine.opened_at,
            mine.last_message_at, mine.active_at, mine.name, mine.purpose, mine.is_open, mine.members,
            mine.archived_at, mine.my_role, mine.my_level, mine.favourite, mine.put_away_at, mine.unread,
            mine.read_ordinal, mine.marked_unread, (
                SELECT count(*) FROM mentions x
                WHERE x.conversation_id = mine.id AND x.person_id = $1 AND x.ordinal > mine.read_ordinal
            ) AS mentioned,
            m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at, m.mentions, m.mentions_all, m.pinned_at,
            k.name AS sender_name, k.picture AS sender_picture
        FROM mine
        LEFT JOIN messages m ON m.conversation_id = mine.id AND m.ordinal = mine.last_ordinal
        LEFT JOIN person_cards k ON k.id = m.sender_id
        WHERE ($4::boolean IS NULL OR (mine.unread > 0 OR mine.marked_unread) = $4)
            AND ($3::boolean IS NULL OR (mine.archived_at IS NOT NULL OR mine.put_away_at IS NOT NULL) = $3)
        ORDER BY mine.active_at DESC, mine.id DESC
        LIMIT $9
        """,
        person_id,
        kinds,
        archived,
        unread,
        names,
        found,
        before[0] if before else None,
        before[1] if before else None,
        limit,
        favourite,
    )


async def by_ids(queries: Queries, person_id: UUID, ids: Sequence[UUID]) -> list[Any]:
    """Groups and channels that a person may read, in it or not, as `list_own` returns them."""
    return await queries.fetch(
        """
        SELECT c.id AS conversation, c.kind, c.head, c.last_ordinal, c.opened_at,
            c.last_message_at, coalesce(c.last_message_at, c.opened_at) AS active_at, g.name, g.purpose, g.is_open,
            g.members, g.archived_at, mine.role AS my_role, mine.level AS my_level,
            s.favourite_at IS NOT NULL AS favourite,
            CASE WHEN mine.level = 'nothing' OR c.last_ordinal = s.put_away_after THEN s.put_away_at END AS put_away_at,
            CASE WHEN mine.person_id IS NULL THEN 0 ELSE count_unread(
                c.id, c.last_ordinal - mine.read_ordinal - mine.sent_after_read, mine.read_ordinal, mine.person_id
            ) END AS unread, coalesce(mine.read_ordinal, 0) AS read_ordinal, EXISTS (
                SELECT FROM unread_marks u WHERE u.person_id = mine.person_id AND u.conversation_id = c.id
            ) AS marked_unread, (
                SELECT count(*) FROM mentions x
                WHERE x.conversation_id = c.id AND x.person_id = mine.person_id AND x.ordinal > mine.read_ordinal
            ) AS mentioned,
            m.id, m.conversation_id, m.ordinal, m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text,
            m.attachments, m.key, m.created_at, m.edited_at, m.deleted_at, m.mentions, m.mentions_all, m.pinned_at,
            k.name AS sender_name, k.picture AS sender_picture
        FROM conversations c
        JOIN groups g ON g.conversation_id = c.id
        LEFT JOIN memberships mine ON mine.conversation_id = c.id AND mine.person_id = $1
        LEFT JOIN own_settings s ON s.person_id = mine.person_id AND s.conversation_id = mine.conversation_id
        LEFT JOIN messages m ON m.conversation_id = c.id AND m.ordinal = c.last_ordinal
        LEFT JOIN person_cards k ON k.id = m.sender_id
        WHERE c.id = ANY ((SELECT $2::uuid[])::uuid[])
            AND EXISTS (SELECT FROM person_topics t WHERE t.person_id = $1 AND t.topic_id = ANY (c.readers))
        ORDER BY active_at DESC, c.id DESC
        """,
        person_id,
        ids,
    )


async def find_open(
    queries: Queries, person_id: UUID, names: Sequence[str], after: tuple[str, UUID] | None, limit: int
) -> list[Any]:
    """Open channels that are not archived, by name: `conversation_id, name_key, name, purpose, members, joined`."""
    return await queries.fetch(
        """
        SELECT g.conversation_id, g.name_key, g.name, g.purpose, g.members, EXISTS (
            SELECT FROM memberships m WHERE m.conversation_id = g.conversation_id AND m.person_id = $1
        ) AS joined
        FROM groups g
        WHERE g.is_open AND g.archived_at IS NULL
            AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE position(word IN g.name_key) = 0)
            AND ($3::text IS NULL OR (g.name_key, g.conversation_id) > ($3, $4::uuid))
        ORDER BY g.name_key, g.conversation_id
        LIMIT $5
        """,
        person_id,
        names,
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
