"""Statements of accepting: look for earlier keys, adverts and first requests, insert, count."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.contact_requests.models.requests import ContactRequest

ALL_ADVERTS: Final = UUID(int=0)
"""Stands for all adverts of a partner in what is counted."""


async def find_adverts(queries: Queries, wanted: Sequence[tuple[UUID | None, UUID | None, str | None]]) -> list[Any]:
    """For each (partner, advert, reference) the advert and its partner: by reference among its own, else by id."""
    return await queries.fetch(
        """
        SELECT a.id, a.partner_id, a.reference, a.title, a.link, a.picture, a.withdrawn_at,
            p.name AS partner_name, p.picture AS partner_picture
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::text[])) WITH ORDINALITY
            AS given (partner_id, advert_id, reference, position)
        LEFT JOIN LATERAL (
            SELECT * FROM adverts x WHERE x.partner_id = given.partner_id AND x.reference = given.reference
            UNION ALL
            SELECT * FROM adverts x WHERE x.id = given.advert_id
            LIMIT 1
        ) AS a ON true
        LEFT JOIN party_cards p ON p.id = a.partner_id
        ORDER BY given.position
        """,
        *tuples(wanted),
    )


async def first_requests(
    transaction: Transaction, wanted: Sequence[tuple[UUID, UUID]], since: datetime
) -> dict[tuple[UUID, UUID], UUID]:
    """For each (person, advert) with a request since a time, the one that its newest is or repeats."""
    rows = await transaction.fetch(
        """
        SELECT given.person_id, given.advert_id, newest.id
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[])) AS given (person_id, advert_id)
        CROSS JOIN LATERAL (
            SELECT coalesce(r.repeat_of, r.id) AS id FROM contact_requests r
            WHERE r.person_id = given.person_id AND r.advert_id = given.advert_id AND r.created_at > $3
            ORDER BY r.created_at DESC, r.id DESC LIMIT 1
        ) AS newest
        """,
        *tuples(wanted),
        since,
    )
    return {(row["person_id"], row["advert_id"]): row["id"] for row in rows}


async def insert(
    transaction: Transaction, requests: Sequence[tuple[ContactRequest, str | None, date]], now: datetime
) -> None:
    """Stores (request, key, day) and counts them; raises UniqueViolationError for a key that was taken meanwhile.

    The streams of their partners are locked: nobody else counts for these now.
    """
    await transaction.execute(
        """
        WITH given AS MATERIALIZED (
            SELECT * FROM unnest(
                (SELECT $1::uuid[]), $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::date[], $11::uuid[], $12::text[], $13::date[]
            ) AS given (
                id, partner_id, advert_id, person_id, profile_id, name, email, phone, message, starts_at, repeat_of,
                key, day
            )
        ), kept AS (
            INSERT INTO contact_requests (
                id, partner_id, advert_id, person_id, profile_id, name, email, phone, message, starts_at, repeat_of,
                key, created_at, changed_at
            )
            SELECT id, partner_id, advert_id, person_id, profile_id, name, email, phone, message, starts_at, repeat_of,
                key, $14::timestamptz, $14
            FROM given
        ), counted AS (
            UPDATE adverts a SET requests = a.requests + n.count
            FROM (SELECT advert_id, count(*) AS count FROM given GROUP BY advert_id) AS n WHERE a.id = n.advert_id
        )
        INSERT INTO contact_request_counts AS c (partner_id, advert_id, day, count)
        SELECT partner_id, advert_id, day, count(*)
        FROM (
            SELECT partner_id, advert_id, day FROM given
            UNION ALL
            SELECT partner_id, $15::uuid, day FROM given
        ) AS each
        GROUP BY partner_id, advert_id, day
        ON CONFLICT (partner_id, advert_id, day) DO UPDATE SET count = c.count + excluded.count
        """,
        *tuples([_columns(*each) for each in requests]),
        now,
        ALL_ADVERTS,
    )


def _columns(request: ContactRequest, key: str | None, day: date) -> tuple[object, ...]:
    return (
        request.id,
        request.partner_id,
        request.advert.id,
        request.person.id,
        request.profile_id,
        request.name,
        request.email,
        request.phone,
        request.message,
        request.starts_at,
        request.repeat_of,
        key,
        day,
    )
