"""Statements that find clients."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Queries
from estafette.clients.models.clients import Client
from estafette.clients.store.rows import client

FOUND: Final = 5_000
"""Hits that are put in order; of a word that more clients have, so many are shown."""
_KNOWN: Final = """
    SELECT * FROM clients WHERE id IN (
        SELECT c.id FROM unnest($1::text[]) AS given (value) JOIN clients c ON c.external_id = given.value
        UNION ALL
        SELECT c.id FROM unnest($2::text[]) AS given (value) JOIN clients c ON c.email_key = given.value
        UNION ALL
        SELECT c.id FROM unnest($3::text[]) AS given (value) JOIN clients c ON c.phone = given.value
    )
    ORDER BY id
"""
_LOCK_KNOWN: Final = f"{_KNOWN} FOR UPDATE"
Place = tuple[str, UUID]
"""The key of a name, and an id."""


async def get(queries: Queries, client_id: UUID) -> Client | None:
    """One client."""
    row = await queries.fetchrow("SELECT * FROM clients WHERE id = $1", client_id)
    return client(row) if row else None


async def lock(queries: Queries, client_id: UUID) -> Client | None:
    """One client, locked until the end of the transaction."""
    row = await queries.fetchrow("SELECT * FROM clients WHERE id = $1 FOR UPDATE", client_id)
    return client(row) if row else None


async def lock_all(queries: Queries, client_ids: Sequence[UUID]) -> list[Client]:
    """Clients in the order of their ids, locked until the end of the transaction."""
    rows = await queries.fetch(
        "SELECT * FROM clients WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE", list(client_ids)
    )
    return [client(row) for row in rows]


async def at(
    queries: Queries, email_keys: Sequence[str], phones: Sequence[str], whatsapps: Sequence[str]
) -> list[Client]:
    """The clients with one of these addresses on its channel, in the order of their ids."""
    rows = await queries.fetch(
        """
        SELECT * FROM clients WHERE id IN (
            SELECT c.id FROM unnest($1::text[]) AS given (value) JOIN clients c ON c.email_key = given.value
            UNION ALL
            SELECT c.id FROM unnest($2::text[]) AS given (value) JOIN clients c ON c.phone = given.value
            UNION ALL
            SELECT c.id FROM unnest($3::text[]) AS given (value) JOIN clients c ON c.whatsapp = given.value
        )
        ORDER BY id
        """,
        list(email_keys),
        list(phones),
        list(whatsapps),
    )
    return [client(row) for row in rows]


async def known(
    queries: Queries, external_ids: Sequence[str], email_keys: Sequence[str], phones: Sequence[str]
) -> list[Client]:
    """The clients that have one of these, in the order of their ids."""
    rows = await queries.fetch(_KNOWN, external_ids, email_keys, phones)
    return [client(row) for row in rows]


async def lock_known(
    queries: Queries, external_ids: Sequence[str], email_keys: Sequence[str], phones: Sequence[str]
) -> list[Client]:
    """The same, locked until the end of the transaction."""
    rows = await queries.fetch(_LOCK_KNOWN, external_ids, email_keys, phones)
    return [client(row) for row in rows]


async def consents(queries: Queries, client_id: UUID, limit: int) -> list[Any]:
    """The history of what a client agreed to, newest first, with the names of who noted it."""
    return await queries.fetch(
        """
        SELECT c.channel, c.given, c.source, c.at, c.recorded_by, p.name, p.picture
        FROM client_consents c LEFT JOIN person_cards p ON p.id = c.recorded_by
        WHERE c.client_id = $1 ORDER BY c.id DESC LIMIT $2
        """,
        client_id,
        limit,
    )


async def by_beginning(queries: Queries, beginning: str, after: Place | None, limit: int) -> list[tuple[Client, Place]]:
    """Whose folded name has a beginning, by name; an empty one: everybody."""
    rows = await queries.fetch(
        """
        SELECT * FROM clients
        WHERE name_key >= $1 AND name_key < $1 || U&'\\+10FFFF'
            AND ($2::text IS NULL OR (name_key, id) > ($2, $3::uuid))
        ORDER BY name_key, id LIMIT $4
        """,
        beginning,
        *(after or (None, None)),
        limit,
    )
    return [placed(row) for row in rows]


async def by_words(
    queries: Queries, words: str, but: str, after: Place | None, limit: int
) -> list[tuple[Client, Place]]:
    """Who has all words of a tsquery, by name, without those whose name has the beginning `but`.

    Always by the index of words, and no more than `FOUND` of them are put in order: see `accounts.store.directory`.
    """
    rows = await queries.fetch(
        """
        WITH found AS MATERIALIZED (
            SELECT id, name_key FROM clients WHERE words @@ $1::tsquery AND NOT starts_with(name_key, $2) LIMIT $6
        )
        SELECT clients.* FROM (
            SELECT id FROM found WHERE $3::text IS NULL OR (name_key, id) > ($3, $4::uuid)
            ORDER BY name_key, id LIMIT $5
        ) chosen JOIN clients ON clients.id = chosen.id
        ORDER BY clients.name_key, clients.id
        """,
        words,
        but,
        *(after or (None, None)),
        limit,
        FOUND,
    )
    return [placed(row) for row in rows]


async def count_about(queries: Queries) -> int:
    """About how many clients there are, as PostgreSQL keeps count; exact while there are few."""
    return await queries.fetchval(
        """
        WITH few AS (SELECT count(*) AS number FROM (SELECT FROM clients LIMIT 10000) AS first_ones)
        SELECT CASE WHEN few.number < 10000 THEN few.number
            ELSE greatest(few.number, (SELECT reltuples::bigint FROM pg_class WHERE oid = 'clients'::regclass)) END
        FROM few
        """
    )


def placed(row: Any) -> tuple[Client, Place]:
    """A client with its place among all."""
    return client(row), (row["name_key"], row["id"])
