"""Statements about adverts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.contact_requests.models.adverts import AdvertRow


async def page(
    queries: Queries,
    partner_id: UUID,
    patterns: Sequence[str],
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[AdvertRow]:
    """A partner's adverts, newest first; every pattern must match title or reference."""
    rows = await queries.fetch(
        """
        SELECT id, partner_id, reference, title, link, picture, requests, created_at, withdrawn_at, withdrawn_by
        FROM adverts
        WHERE partner_id = $1 AND search_key LIKE ALL ($2::text[])
            AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
        ORDER BY created_at DESC, id DESC LIMIT $5
        """,
        partner_id,
        patterns,
        before[0] if before else None,
        before[1] if before else None,
        limit,
    )
    return [AdvertRow(**row) for row in rows]


async def page_of_active(
    queries: Queries,
    partner_id: UUID,
    patterns: Sequence[str],
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[AdvertRow]:
    """The same of those that people can ask about."""
    rows = await queries.fetch(
        """
        SELECT id, partner_id, reference, title, link, picture, requests, created_at, withdrawn_at, withdrawn_by
        FROM adverts
        WHERE partner_id = $1 AND withdrawn_at IS NULL AND search_key LIKE ALL ($2::text[])
            AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
        ORDER BY created_at DESC, id DESC LIMIT $5
        """,
        partner_id,
        patterns,
        before[0] if before else None,
        before[1] if before else None,
        limit,
    )
    return [AdvertRow(**row) for row in rows]


async def get(queries: Queries, partner_id: UUID, id_: UUID) -> AdvertRow | None:
    """One advert of a partner."""
    row = await queries.fetchrow(
        """
        SELECT id, partner_id, reference, title, link, picture, requests, created_at, withdrawn_at, withdrawn_by
        FROM adverts WHERE id = $2 AND partner_id = $1
        """,
        partner_id,
        id_,
    )
    return AdvertRow(**row) if row else None


async def lock(transaction: Transaction, partner_id: UUID, id_: UUID) -> AdvertRow | None:
    """One advert of a partner, about to be changed."""
    row = await transaction.fetchrow(
        """
        SELECT id, partner_id, reference, title, link, picture, requests, created_at, withdrawn_at, withdrawn_by
        FROM adverts WHERE id = $2 AND partner_id = $1 FOR NO KEY UPDATE
        """,
        partner_id,
        id_,
    )
    return AdvertRow(**row) if row else None


async def named(queries: Queries, partner_id: UUID, name: str, id_: UUID | None) -> UUID | None:
    """The advert of a partner that has a reference, or this id."""
    return await queries.fetchval(
        """
        SELECT id FROM adverts WHERE partner_id = $1 AND (reference = $2 OR id = $3::uuid)
        ORDER BY reference = $2 DESC LIMIT 1
        """,
        partner_id,
        name,
        id_,
    )


async def count(queries: Queries, partner_id: UUID) -> int:
    """How many adverts a partner has."""
    return await queries.fetchval("SELECT count(*) FROM adverts WHERE partner_id = $1", partner_id)


async def insert(transaction: Transaction, advert: AdvertRow, search_key: str, by: UUID) -> None:
    """Stores a new advert; raises UniqueViolationError for a reference that is taken."""
    await transaction.execute(
        """
        INSERT INTO adverts (
            id, partner_id, reference, title, search_key, link, picture, created_at, created_by, changed_at,
            withdrawn_at, withdrawn_by
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10, $11)
        """,
        advert.id,
        advert.partner_id,
        advert.reference,
        advert.title,
        search_key,
        advert.link,
        advert.picture,
        advert.created_at,
        by,
        advert.withdrawn_at,
        advert.withdrawn_by,
    )


async def update(transaction: Transaction, advert: AdvertRow, search_key: str, now: datetime) -> None:
    """Stores all that can be changed of an advert; raises UniqueViolationError for a reference that is taken."""
    await transaction.execute(
        """
        UPDATE adverts SET reference = $2, title = $3, search_key = $4, link = $5, picture = $6, changed_at = $7,
            withdrawn_at = $8, withdrawn_by = $9
        WHERE id = $1
        """,
        advert.id,
        advert.reference,
        advert.title,
        search_key,
        advert.link,
        advert.picture,
        now,
        advert.withdrawn_at,
        advert.withdrawn_by,
    )


async def delete(transaction: Transaction, id_: UUID) -> None:
    """Removes an advert; raises ForeignKeyViolationError when there are requests about it."""
    await transaction.execute("DELETE FROM adverts WHERE id = $1", id_)


async def shows_picture(queries: Queries, file_id: UUID) -> bool:
    """Whether a file is the picture of an advert: everyone may fetch these."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM adverts WHERE picture = $1)", file_id)
