"""Statements about partners."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.accounts.models.lists import ListCursor
from estafette.accounts.models.partners import OpeningSpan, PartnerCard
from estafette.accounts.models.rows import PartnerRow
from estafette.base.database import Queries


async def insert(queries: Queries, partner: PartnerRow, name_key: str, at: datetime, by: UUID | None) -> None:
    """Stores a new partner with its name and zone."""
    await queries.execute(
        """
        INSERT INTO partners (id, name, name_key, search_key, time_zone, created_at, created_by, changed_at)
        VALUES ($1, $2, $3, $3, $4, $5, $6, $5)
        """,
        partner.id,
        partner.name,
        name_key,
        partner.time_zone,
        at,
        by,
    )


async def get(queries: Queries, id_: UUID) -> PartnerRow | None:
    """A partner by id."""
    row = await queries.fetchrow(
        """
        SELECT id, name, tagline, description, picture, cover, city, website, time_zone, opening_hours,
            confirmation_texts
        FROM partners WHERE id = $1
        """,
        id_,
    )
    return _partner(row) if row else None


async def exists(queries: Queries, id_: UUID) -> bool:
    """Whether there is a partner with this id."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM partners WHERE id = $1)", id_)


async def zones(queries: Queries, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The time zones of partners."""
    rows = await queries.fetch("SELECT id, time_zone FROM partners WHERE id = ANY ((SELECT $1::uuid[])::uuid[])", ids)
    return {row["id"]: row["time_zone"] for row in rows}


async def lock(queries: Queries, id_: UUID) -> PartnerRow | None:
    """A partner about to be changed, or whose members are."""
    row = await queries.fetchrow(
        """
        SELECT id, name, tagline, description, picture, cover, city, website, time_zone, opening_hours,
            confirmation_texts
        FROM partners WHERE id = $1 FOR NO KEY UPDATE
        """,
        id_,
    )
    return _partner(row) if row else None


async def page(
    queries: Queries, patterns: list[str], after: ListCursor | None, limit: int
) -> list[tuple[PartnerCard, ListCursor]]:
    """Partners by name, with the place of each in the list; every pattern must match name, tagline or city."""
    rows = await queries.fetch(
        """
        SELECT id, name, tagline, picture, name_key FROM partners
        WHERE search_key LIKE ALL ($1::text[]) AND ($2::text IS NULL OR (name_key, id) > ($2, $3::uuid))
        ORDER BY name_key, id LIMIT $4
        """,
        patterns,
        after.key if after else None,
        after.id if after else None,
        limit,
    )
    return [
        (
            PartnerCard(id=row["id"], name=row["name"], tagline=row["tagline"], picture=row["picture"]),
            ListCursor(row["name_key"], row["id"]),
        )
        for row in rows
    ]


async def places(queries: Queries, every: int) -> list[UUID]:
    """By id the first partner, and each that comes so many after the one before."""
    rows = await queries.fetch(
        """
        SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM partners) AS placed
        WHERE place % $1::bigint = 0 ORDER BY id
        """,
        every,
    )
    return [row["id"] for row in rows]


async def since(queries: Queries, first: UUID, limit: int, *, including: bool) -> list[tuple[UUID, datetime]]:
    """Partners by id after one, or from it on if it is included, and when each changed."""
    rows = await queries.fetch(
        """
        SELECT id, changed_at FROM partners WHERE id >= $1 AND (id > $1 OR $2::boolean) ORDER BY id LIMIT $3
        """,
        first,
        including,
        limit,
    )
    return [(row["id"], row["changed_at"]) for row in rows]


async def update(queries: Queries, partner: PartnerRow, name_key: str, search_key: str, at: datetime) -> None:
    """Stores all of a storefront."""
    await queries.execute(
        """
        UPDATE partners SET name = $2, name_key = $3, search_key = $4, tagline = $5, description = $6, picture = $7,
            cover = $8, city = $9, website = $10, time_zone = $11, opening_hours = $12, confirmation_texts = $13,
            changed_at = $14
        WHERE id = $1
        """,
        partner.id,
        partner.name,
        name_key,
        search_key,
        partner.tagline,
        partner.description,
        partner.picture,
        partner.cover,
        partner.city,
        partner.website,
        partner.time_zone,
        partner.opening_hours,
        partner.confirmation_texts,
        at,
    )


async def shows_picture(queries: Queries, file_id: UUID) -> bool:
    """Whether a file is a partner's picture or cover."""
    return await queries.fetchval(
        "SELECT EXISTS (SELECT FROM partners WHERE picture = $1) OR EXISTS (SELECT FROM partners WHERE cover = $1)",
        file_id,
    )


def _partner(row: Any) -> PartnerRow:
    values = {name: row[name] for name in PartnerRow.__struct_fields__ if name != "opening_hours"}
    return PartnerRow(**values, opening_hours=msgspec.convert(row["opening_hours"], list[OpeningSpan]))
