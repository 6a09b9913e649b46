"""Statements about the emoji under messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.base.database import Queries, Transaction, tuples
from estafette.conversations.models.message_reactions import Reaction, ReactionStep, Reactor

_CARDS = list[Card]


async def kinds(transaction: Transaction, message_id: UUID) -> list[str]:
    """The different emoji under a message."""
    rows = await transaction.fetch("SELECT emoji FROM message_reaction_counts WHERE message_id = $1", message_id)
    return [row["emoji"] for row in rows]


async def add(
    transaction: Transaction,
    message_id: UUID,
    emoji: str,
    person_id: UUID,
    *,
    conversation_id: UUID,
    ordinal: int,
    number: int,
    at: datetime,
) -> bool:
    """Puts an emoji of a person under a message of a locked conversation; False when it stands there."""
    return await transaction.fetchval(
        """
        WITH added AS (
            INSERT INTO message_reactions AS r (message_id, emoji, person_id, conversation_id, ordinal, number, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (message_id, emoji, person_id) DO UPDATE
                SET number = excluded.number, at = excluded.at, taken_back = false WHERE r.taken_back
            RETURNING message_id, emoji
        ), counted AS (
            INSERT INTO message_reaction_counts AS c (message_id, emoji, count, since)
            SELECT message_id, emoji, 1, $6 FROM added
            ON CONFLICT (message_id, emoji) DO UPDATE SET count = c.count + 1
        ), noted AS (
            UPDATE messages SET reacted = true, number = $6 WHERE id = (SELECT message_id FROM added)
        )
        SELECT EXISTS (SELECT FROM added)
        """,
        message_id,
        emoji,
        person_id,
        conversation_id,
        ordinal,
        number,
        at,
    )


async def take_back(
    transaction: Transaction, message_id: UUID, emoji: str, person_id: UUID, *, number: int, at: datetime
) -> bool:
    """Takes an emoji of a person away from a message of a locked conversation; False when it does not stand there."""
    return await transaction.fetchval(
        """
        WITH taken AS (
            UPDATE message_reactions SET taken_back = true, number = $4, at = $5
            WHERE message_id = $1 AND emoji = $2 AND person_id = $3 AND NOT taken_back
            RETURNING message_id, emoji
        ), counted AS (
            UPDATE message_reaction_counts c SET count = c.count - 1 FROM taken
            WHERE c.message_id = taken.message_id AND c.emoji = taken.emoji AND c.count > 1
        ), gone AS (
            DELETE FROM message_reaction_counts c USING taken
            WHERE c.message_id = taken.message_id AND c.emoji = taken.emoji AND c.count = 1
        ), noted AS (
            UPDATE messages SET number = $4 WHERE id = (SELECT message_id FROM taken)
        )
        SELECT EXISTS (SELECT FROM taken)
        """,
        message_id,
        emoji,
        person_id,
        number,
        at,
    )


async def forget(transaction: Transaction, message_id: UUID) -> None:
    """Takes everything away from a message that is deleted."""
    await transaction.execute(
        """
        WITH counts AS (DELETE FROM message_reaction_counts WHERE message_id = $1)
        DELETE FROM message_reactions WHERE message_id = $1
        """,
        message_id,
    )


async def forget_taken_back(queries: Queries, before: datetime, limit: int) -> int:
    """Removes what was taken back before a time, at most `limit`; returns how many."""
    return await queries.fetchval(
        """
        WITH gone AS (
            DELETE FROM message_reactions WHERE taken_back AND ctid = ANY (ARRAY(
                SELECT ctid FROM message_reactions WHERE taken_back AND at < $1 ORDER BY at LIMIT $2
            ))
            RETURNING 1
        )
        SELECT count(*) FROM gone
        """,
        before,
        limit,
    )


async def of_messages(queries: Queries, message_ids: Sequence[UUID], viewer: UUID | None) -> dict[UUID, list[Reaction]]:
    """What stands under messages, in its order, as a person sees it, or all alike (`viewer` is None)."""
    rows = await queries.fetch(
        """
        SELECT t.message_id, t.emoji, t.count, t.since, first.people, EXISTS (
            SELECT FROM message_reactions r
            WHERE r.message_id = t.message_id AND r.emoji = t.emoji AND r.person_id = $2 AND NOT r.taken_back
        ) AS mine
        FROM message_reaction_counts t
        CROSS JOIN LATERAL (
            SELECT jsonb_agg(
                jsonb_build_object('id', f.person_id, 'name', coalesce(k.name, ''), 'picture', k.picture)
                ORDER BY f.number
            ) AS people
            FROM (
                SELECT r.person_id, r.number FROM message_reactions r
                WHERE r.message_id = t.message_id AND r.emoji = t.emoji AND NOT r.taken_back
                ORDER BY r.number LIMIT 5
            ) AS f
            LEFT JOIN person_cards k ON k.id = f.person_id
        ) AS first
        WHERE t.message_id = ANY ((SELECT $1::uuid[])::uuid[])
        ORDER BY t.message_id, t.since
        """,
        message_ids,
        viewer,
    )
    found: dict[UUID, list[Reaction]] = {}
    for row in rows:
        each = Reaction(
            emoji=row["emoji"],
            count=row["count"],
            since=row["since"],
            people=msgspec.convert(row["people"] or [], _CARDS),
            mine=msgspec.UNSET if viewer is None else row["mine"],
        )
        found.setdefault(row["message_id"], []).append(each)
    return found


async def steps(queries: Queries, changes: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], tuple[Card, Any]]:
    """Who did what by each (conversation, number), as it is now; those that were changed again since are left out."""
    rows = await queries.fetch(
        """
        SELECT r.conversation_id, r.number, r.person_id, k.name, k.picture, r.message_id, r.ordinal, r.emoji,
            coalesce(t.count, 0) AS count, coalesce(t.since, r.number) AS since, first.people
        FROM unnest($1::uuid[], $2::bigint[]) AS given (conversation_id, number)
        JOIN message_reactions r ON r.conversation_id = given.conversation_id AND r.number = given.number
        LEFT JOIN person_cards k ON k.id = r.person_id
        LEFT JOIN message_reaction_counts t ON t.message_id = r.message_id AND t.emoji = r.emoji
        CROSS JOIN LATERAL (
            SELECT jsonb_agg(
                jsonb_build_object('id', f.person_id, 'name', coalesce(card.name, ''), 'picture', card.picture)
                ORDER BY f.number
            ) AS people
            FROM (
                SELECT x.person_id, x.number FROM message_reactions x
                WHERE x.message_id = r.message_id AND x.emoji = r.emoji AND NOT x.taken_back
                ORDER BY x.number LIMIT 5
            ) AS f
            LEFT JOIN person_cards card ON card.id = f.person_id
        ) AS first
        """,
        *tuples(changes),
    )
    return {
        (row["conversation_id"], row["number"]): (
            Card(id=row["person_id"], name=row["name"] or "", picture=row["picture"]),
            ReactionStep(
                message_id=row["message_id"],
                ordinal=row["ordinal"],
                emoji=row["emoji"],
                count=row["count"],
                since=row["since"],
                people=msgspec.convert(row["people"] or [], _CARDS),
            ),
        )
        for row in rows
    }


async def people(
    queries: Queries, message_id: UUID, emoji: str | None, after: int, limit: int
) -> list[tuple[int, Reactor]]:
    """Who reacted to a message, with one emoji or any, after a number: the first first, at most `limit`."""
    rows = await queries.fetch(
        """
        SELECT r.number, r.emoji, r.person_id, k.name, k.picture, r.at
        FROM message_reactions r LEFT JOIN person_cards k ON k.id = r.person_id
        WHERE r.message_id = $1 AND NOT r.taken_back AND r.number > $3 AND ($2::text IS NULL OR r.emoji = $2)
        ORDER BY r.number LIMIT $4
        """,
        message_id,
        emoji,
        after,
        limit,
    )
    return [
        (
            row["number"],
            Reactor(
                person=Card(id=row["person_id"], name=row["name"] or "", picture=row["picture"]),
                emoji=row["emoji"],
                at=row["at"],
            ),
        )
        for row in rows
    ]
