"""Statements about who is on a list of clients."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Queries
from estafette.communications.models.lists import Named


async def add_members(queries: Queries, list_id: UUID, ids: Sequence[UUID]) -> int:
    """Puts clients on a list, each once, and returns how many are new to it; who is no client is left out."""
    return await queries.fetchval(
        """
        WITH added AS (
            INSERT INTO client_list_members (list_id, client_id)
            SELECT $1, c.id FROM unnest((SELECT $2::uuid[])) AS given (id) JOIN clients c ON c.id = given.id
            ORDER BY c.id
            ON CONFLICT DO NOTHING
            RETURNING 1
        )
        SELECT count(*) FROM added
        """,
        list_id,
        ids,
    )


async def unknown(queries: Queries, ids: Sequence[UUID]) -> list[UUID]:
    """Which ids are those of no client, in the order given."""
    rows = await queries.fetch(
        """
        SELECT given.id FROM unnest((SELECT $1::uuid[])) WITH ORDINALITY AS given (id, place)
        WHERE NOT EXISTS (SELECT FROM clients c WHERE c.id = given.id)
        ORDER BY given.place
        """,
        ids,
    )
    return [row["id"] for row in rows]


async def members_of_unnamed(queries: Queries, list_id: UUID, limit: int) -> list[UUID] | None:
    """Who is on a list that was made for one communication; None for others, and where there are more."""
    found = await queries.fetchval(
        """
        SELECT ARRAY(SELECT client_id FROM client_list_members WHERE list_id = $1 ORDER BY client_id LIMIT $2)
        FROM client_lists WHERE id = $1 AND NOT named
        """,
        list_id,
        limit + 1,
    )
    return None if found is None or len(found) > limit else found


async def has_members(queries: Queries, list_id: UUID) -> bool:
    """Whether anybody is on a list."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM client_list_members WHERE list_id = $1)", list_id)


async def add_named(queries: Queries, list_id: UUID, lines: Sequence[Named]) -> tuple[int, set[int]]:
    """Puts on a list who is named by lines: how many are new to it, and the places of lines that name somebody.

    Of several with one address the one that was registered first is meant.
    """
    row = await queries.fetchrow(
        """
        WITH given AS MATERIALIZED (
            SELECT * FROM unnest((SELECT $2::uuid[]), $3::text[], $4::text[], $5::text[])
                WITH ORDINALITY AS g (id, external_id, email_key, phone, place)
        ), meant AS MATERIALIZED (
            SELECT DISTINCT ON (place) place, client_id FROM (
                SELECT g.place, c.id AS client_id, 1 AS rank FROM given g JOIN clients c ON c.id = g.id
                UNION ALL
                SELECT g.place, c.id, 2 FROM given g JOIN clients c ON c.external_id = g.external_id
                UNION ALL
                SELECT g.place, c.id, 3 FROM given g JOIN clients c ON c.email_key = g.email_key
                UNION ALL
                SELECT g.place, c.id, 4 FROM given g JOIN clients c ON c.phone = g.phone
            ) known
            ORDER BY place, rank, client_id
        ), added AS (
            INSERT INTO client_list_members (list_id, client_id)
            SELECT DISTINCT $1::uuid, client_id FROM meant ORDER BY client_id
            ON CONFLICT DO NOTHING
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM added) AS added, ARRAY(SELECT place FROM meant) AS places
        """,
        list_id,
        [each.id for each in lines],
        [each.external_id for each in lines],
        [each.email_key for each in lines],
        [each.phone for each in lines],
    )
    return (row["added"], {place - 1 for place in row["places"]}) if row else (0, set())
