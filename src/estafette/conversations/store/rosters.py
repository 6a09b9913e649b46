"""Statements about who is in groups and channels, all of them by id."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def rosters(queries: Queries, conversation_ids: Sequence[UUID], most: int) -> dict[UUID, Any]:
    """The `owner_id` (who has owned it longest) and `others`, `most` at most in the order of their ids, of each."""
    # By the order of the primary key: of a large channel no more is read than is shown.
    rows = await queries.fetch(
        """
        SELECT given.id, owner.person_id AS owner_id, ARRAY(
            SELECT m.person_id FROM memberships m
            WHERE m.conversation_id = given.id AND m.person_id IS DISTINCT FROM owner.person_id
            ORDER BY m.person_id LIMIT $2
        ) AS others
        FROM unnest((SELECT $1::uuid[])) AS given (id)
        LEFT JOIN LATERAL (
            SELECT m.person_id FROM memberships m
            WHERE m.conversation_id = given.id AND m.role IN ('owner', 'moderator') AND m.role = 'owner'
            ORDER BY m.joined_at, m.person_id LIMIT 1
        ) AS owner ON true
        """,
        conversation_ids,
        most,
    )
    return {row["id"]: row for row in rows}


async def everybody(transaction: Transaction, conversation_id: UUID, most: int) -> list[Any]:
    """The `person_id, role, owns_longest` of all in a locked group or channel, `most` at most."""
    return await transaction.fetch(
        """
        SELECT m.person_id, m.role, m.role = 'owner' AND row_number() OVER (
            PARTITION BY m.role ORDER BY m.joined_at, m.person_id
        ) = 1 AS owns_longest
        FROM memberships m WHERE m.conversation_id = $1 LIMIT $2
        """,
        conversation_id,
        most,
    )
