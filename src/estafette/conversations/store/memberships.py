"""Statements about who is in groups and channels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.conversations.models.groups import MemberRole


async def members(
    queries: Queries, conversation_id: UUID, names: Sequence[str], after: tuple[str, UUID] | None, limit: int
) -> list[Any]:
    """Who is in a group or channel, where all `names` begin words of the name, by name:

    `person_id, name_key, name, picture, deactivated, role, joined_at`.
    """
    return await queries.fetch(
        """
        SELECT m.person_id, p.name_key, p.name, p.picture, p.deactivated, m.role, m.joined_at
        FROM memberships m JOIN party_cards p ON p.id = m.person_id
        WHERE m.conversation_id = $1
            AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE position(' ' || word IN ' ' || p.name_key) = 0)
            AND ($3::text IS NULL OR (p.name_key, m.person_id) > ($3, $4::uuid))
        ORDER BY p.name_key, m.person_id
        LIMIT $5
        """,
        conversation_id,
        names,
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )


async def members_by_id(queries: Queries, conversation_id: UUID, people: Sequence[UUID]) -> list[Any]:
    """Some members of a group or channel, as `members` returns them."""
    return await queries.fetch(
        """
        SELECT m.person_id, p.name_key, p.name, p.picture, p.deactivated, m.role, m.joined_at
        FROM memberships m JOIN party_cards p ON p.id = m.person_id
        WHERE m.conversation_id = $1 AND m.person_id = ANY ($2::uuid[])
        """,
        conversation_id,
        people,
    )


async def roles(queries: Queries, conversation_id: UUID, people: Sequence[UUID]) -> dict[UUID, MemberRole]:
    """The roles of some people in a group or channel; who is not in it is missing."""
    rows = await queries.fetch(
        "SELECT person_id, role FROM memberships WHERE conversation_id = $1 AND person_id = ANY ($2::uuid[])",
        conversation_id,
        people,
    )
    return {row["person_id"]: row["role"] for row in rows}


async def other_owner(queries: Queries, conversation_id: UUID, person_id: UUID) -> bool:
    """Whether somebody else owns a conversation, too, and still works here."""
    return await queries.fetchval(
        """
        SELECT EXISTS (
            SELECT FROM memberships m JOIN employees e ON e.person_id = m.person_id
            WHERE m.conversation_id = $1 AND m.role IN ('owner', 'moderator') AND m.role = 'owner'
                AND m.person_id <> $2
        )
        """,
        conversation_id,
        person_id,
    )


async def successors(queries: Queries, people: Sequence[UUID]) -> dict[UUID, UUID]:
    """Who is to own which group or channel of which people who work here no more were the last owners.

    The moderator who has been in it longest, else the member, else the reader; of one with nobody else there is none.
    All members are looked at, once for each departure.
    """
    rows = await queries.fetch(
        """
        SELECT left_by.conversation_id, next.person_id
        FROM (
            SELECT DISTINCT conversation_id FROM memberships
            WHERE person_id = ANY ($1::uuid[]) AND role = 'owner'
                AND NOT EXISTS (SELECT FROM employees e WHERE e.person_id = memberships.person_id)
        ) left_by
        CROSS JOIN LATERAL (
            SELECT m.person_id FROM memberships m JOIN employees e ON e.person_id = m.person_id
            WHERE m.conversation_id = left_by.conversation_id
            ORDER BY array_position(ARRAY['owner', 'moderator', 'member', 'reader'], m.role), m.joined_at, m.person_id
            LIMIT 1
        ) next
        WHERE NOT EXISTS (
            SELECT FROM memberships m JOIN employees e ON e.person_id = m.person_id
            WHERE m.conversation_id = left_by.conversation_id AND m.role IN ('owner', 'moderator')
                AND m.role = 'owner'
        )
        """,
        list(people),
    )
    return {row["conversation_id"]: row["person_id"] for row in rows}


async def not_employed(queries: Queries, people: Sequence[UUID]) -> set[UUID]:
    """Those of some people who do not belong to the organisation."""
    rows = await queries.fetch(
        """
        SELECT id FROM unnest($1::uuid[]) AS given (id)
        WHERE NOT EXISTS (SELECT FROM employees e WHERE e.person_id = given.id)
        """,
        people,
    )
    return {row["id"] for row in rows}


async def add(
    transaction: Transaction,
    conversation_id: UUID,
    people: Sequence[tuple[UUID, str]],
    added_by: UUID | None,
    at: datetime,
) -> list[UUID]:
    """Lets (person, role) into a locked group or channel with nothing unread, and returns those who were not in it."""
    rows = await transaction.fetch(
        """
        WITH added AS (
            INSERT INTO memberships (conversation_id, person_id, role, level, joined_at, added_by, read_ordinal)
            SELECT c.id, given.person_id, given.role, CASE c.kind WHEN 'group' THEN 'all' ELSE 'mentions' END, $5, $4,
                c.last_ordinal
            FROM unnest($2::uuid[], $3::text[]) AS given (person_id, role)
            JOIN conversations c ON c.id = $1
            ON CONFLICT (conversation_id, person_id) DO NOTHING
            RETURNING person_id
        ), counted AS (
            UPDATE groups SET members = members + (SELECT count(*) FROM added) WHERE conversation_id = $1
        )
        SELECT person_id FROM added
        """,
        conversation_id,
        *tuples(people),
        added_by,
        at,
    )
    return [row["person_id"] for row in rows]


async def remove(transaction: Transaction, conversation_id: UUID, people: Sequence[UUID]) -> None:
    """Takes members out of a locked group or channel."""
    await transaction.execute(
        """
        WITH gone AS (
            DELETE FROM memberships WHERE conversation_id = $1 AND person_id = ANY ($2::uuid[]) RETURNING person_id
        ), forgotten AS (
            DELETE FROM mentions WHERE conversation_id = $1 AND person_id = ANY ($2)
        ), unmarked AS (
            DELETE FROM unread_marks WHERE person_id = ANY ($2) AND conversation_id = $1
        ), unsettled AS (
            DELETE FROM own_settings WHERE person_id = ANY ($2) AND conversation_id = $1
        )
        UPDATE groups SET members = members - (SELECT count(*) FROM gone) WHERE conversation_id = $1
        """,
        conversation_id,
        people,
    )


async def set_role(transaction: Transaction, conversation_id: UUID, person_id: UUID, role: str) -> None:
    """Gives a member of a locked group or channel another role."""
    await transaction.execute(
        "UPDATE memberships SET role = $3 WHERE conversation_id = $1 AND person_id = $2",
        conversation_id,
        person_id,
        role,
    )


async def set_level(queries: Queries, conversation_id: UUID, person_id: UUID, level: str) -> bool:
    """Of which messages a member wants to be notified; False for who is not in it."""
    return (
        await queries.fetchval(
            "UPDATE memberships SET level = $3 WHERE conversation_id = $1 AND person_id = $2 RETURNING true",
            conversation_id,
            person_id,
            level,
        )
        is True
    )


async def topics_of(queries: Queries, person_id: UUID) -> frozenset[UUID]:
    """What a person may read and is told live."""
    rows = await queries.fetch("SELECT topic_id FROM person_topics WHERE person_id = $1", person_id)
    return frozenset(row["topic_id"] for row in rows)


async def members_among(queries: Queries, conversation_id: UUID, people: Sequence[UUID]) -> set[UUID]:
    """Those of some people who are in a group or channel."""
    rows = await queries.fetch(
        """
        SELECT m.person_id FROM memberships m JOIN employees e ON e.person_id = m.person_id
        WHERE m.conversation_id = $1 AND m.person_id = ANY ($2::uuid[])
        """,
        conversation_id,
        people,
    )
    return {row["person_id"] for row in rows}
