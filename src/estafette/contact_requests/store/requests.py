"""Statements that find contact requests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from estafette.base.database import Queries, tuples

Index = Literal["newest", "state", "advert", "assigned", "ids"]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which requests of a partner: None is all; `index` names the one by which they are found.

    At most `stretch` are looked at, of which at most `limit` that meet the rest are wanted.
    """

    partner_id: UUID
    index: Index = "newest"
    state: str | None = None
    advert_id: UUID | None = None
    assigned_to: UUID | None = None
    ids: Sequence[UUID] | None = None
    since: datetime
    before: tuple[datetime, UUID]
    stretch: int
    limit: int


async def page(queries: Queries, wanted: Wanted) -> list[Any]:
    """Requests, newest first; each row also says how many were `looked_at`, to where (`floor_at`, `floor_id`).

    Where some were looked at and none was found, one row holds nothing else.
    """
    # One branch is run: what does not depend on rows is decided before any is read.
    return await queries.fetch(
        """
        WITH stretch AS MATERIALIZED (
            (SELECT id, created_at FROM contact_requests
            WHERE $1 = 'newest' AND partner_id = $2 AND created_at >= $7 AND (created_at, id) < ($8, $9)
            ORDER BY created_at DESC, id DESC LIMIT $10)
            UNION ALL
            (SELECT id, created_at FROM contact_requests
            WHERE $1 = 'state' AND partner_id = $2 AND state = $3 AND created_at >= $7 AND (created_at, id) < ($8, $9)
            ORDER BY created_at DESC, id DESC LIMIT $10)
            UNION ALL
            (SELECT id, created_at FROM contact_requests
            WHERE $1 = 'advert' AND partner_id = $2 AND advert_id = $4 AND created_at >= $7
                AND (created_at, id) < ($8, $9)
            ORDER BY created_at DESC, id DESC LIMIT $10)
            UNION ALL
            (SELECT id, created_at FROM contact_requests
            WHERE $1 = 'assigned' AND partner_id = $2 AND assigned_to = $5 AND created_at >= $7
                AND (created_at, id) < ($8, $9)
            ORDER BY created_at DESC, id DESC LIMIT $10)
            UNION ALL
            (SELECT id, created_at FROM contact_requests
            WHERE $1 = 'ids' AND partner_id = $2 AND id = ANY ($6::uuid[]) AND created_at >= $7
                AND (created_at, id) < ($8, $9)
            ORDER BY created_at DESC, id DESC LIMIT $10)
        )
        SELECT floor.created_at AS floor_at, floor.id AS floor_id, (SELECT count(*) FROM stretch) AS looked_at, found.*
        FROM (SELECT created_at, id FROM stretch ORDER BY created_at, id LIMIT 1) AS floor
        LEFT JOIN LATERAL (
            SELECT f.* FROM (
                SELECT r.id FROM stretch JOIN contact_requests r ON r.id = stretch.id
                WHERE ($3::text IS NULL OR r.state = $3) AND ($4::uuid IS NULL OR r.advert_id = $4)
                    AND ($5::uuid IS NULL OR r.assigned_to = $5)
                ORDER BY r.created_at DESC, r.id DESC LIMIT $11
            ) AS chosen
            JOIN contact_requests_in_full f ON f.id = chosen.id
        ) AS found ON true
        ORDER BY found.created_at DESC, found.id DESC
        """,
        wanted.index,
        wanted.partner_id,
        wanted.state,
        wanted.advert_id,
        wanted.assigned_to,
        wanted.ids,
        wanted.since,
        *wanted.before,
        wanted.stretch,
        wanted.limit,
    )


async def by_ids(queries: Queries, ids: Sequence[UUID]) -> list[Any]:
    """Requests by id, in no order."""
    return await queries.fetch(
        "SELECT * FROM contact_requests_in_full WHERE id = ANY ((SELECT $1::uuid[])::uuid[])", ids
    )


async def by_keys(queries: Queries, keys: Sequence[tuple[UUID, str]]) -> list[Any]:
    """The requests that have one of these (person, key)."""
    return await queries.fetch(
        """
        SELECT f.* FROM unnest((SELECT $1::uuid[]), (SELECT $2::text[])) AS given (person_id, key)
        JOIN contact_requests_in_full f ON f.person_id = given.person_id AND f.key = given.key
        """,
        *tuples(keys),
    )


async def of_person(
    queries: Queries,
    person_id: UUID,
    partner_id: UUID | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Any]:
    """What a person has asked, newest first, of everybody or of one partner."""
    return await queries.fetch(
        """
        SELECT f.* FROM (
            SELECT id FROM contact_requests
            WHERE person_id = $1 AND ($2::uuid IS NULL OR partner_id = $2)
                AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
            ORDER BY created_at DESC, id DESC LIMIT $5
        ) AS chosen
        JOIN contact_requests_in_full f ON f.id = chosen.id
        ORDER BY f.created_at DESC, f.id DESC
        """,
        person_id,
        partner_id,
        before[0] if before else None,
        before[1] if before else None,
        limit,
    )
