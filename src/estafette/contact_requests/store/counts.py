"""Statements about how many contact requests there are: sums of what was counted as they were stored."""

from datetime import date
from typing import Any

from estafette.base.database import Queries
from estafette.contact_requests.models.counts import AdvertCount, CountQuestion
from estafette.contact_requests.store.accepting import ALL_ADVERTS


async def total(queries: Queries, asked: CountQuestion) -> int:
    """How many there are in all."""
    return await queries.fetchval(
        """
        SELECT coalesce(sum(count), 0)::bigint FROM contact_request_counts
        WHERE partner_id = $1 AND advert_id = $2 AND ($3::date IS NULL OR day >= $3) AND ($4::date IS NULL OR day <= $4)
        """,
        *_values(asked),
    )


async def by_day(queries: Queries, asked: CountQuestion) -> list[tuple[date, int]]:
    """How many there are on each day that has some."""
    rows = await queries.fetch(
        """
        SELECT day, count FROM contact_request_counts
        WHERE partner_id = $1 AND advert_id = $2 AND ($3::date IS NULL OR day >= $3) AND ($4::date IS NULL OR day <= $4)
        ORDER BY day
        """,
        *_values(asked),
    )
    return [(row["day"], row["count"]) for row in rows]


async def by_advert(queries: Queries, asked: CountQuestion) -> list[AdvertCount]:
    """How many there are about each advert, those with the most first."""
    rows = await queries.fetch(
        """
        SELECT a.id AS advert_id, a.reference, a.title, n.count
        FROM (
            SELECT advert_id, sum(count)::bigint AS count FROM contact_request_counts
            WHERE partner_id = $1 AND advert_id <> $5 AND ($2::uuid = $5 OR advert_id = $2)
                AND day BETWEEN coalesce($3::date, '-infinity') AND coalesce($4::date, 'infinity')
            GROUP BY advert_id
        ) AS n JOIN adverts a ON a.id = n.advert_id
        ORDER BY n.count DESC, a.id
        """,
        *_values(asked),
        ALL_ADVERTS,
    )
    return [AdvertCount(**row) for row in rows]


async def by_advert_ever(queries: Queries, asked: CountQuestion) -> list[AdvertCount]:
    """The same for all time, of which each advert knows."""
    rows = await queries.fetch(
        """
        SELECT id AS advert_id, reference, title, requests AS count FROM adverts
        WHERE partner_id = $1 AND requests > 0 AND ($2::uuid IS NULL OR id = $2)
        ORDER BY requests DESC, id
        """,
        asked.partner_id,
        asked.advert_id,
    )
    return [AdvertCount(**row) for row in rows]


def _values(asked: CountQuestion) -> tuple[Any, ...]:
    return asked.partner_id, asked.advert_id or ALL_ADVERTS, asked.first, asked.last
