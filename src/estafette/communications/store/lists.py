"""Statements about clients that were named one by one."""

from datetime import datetime
from uuid import UUID

import msgspec

from estafette.base.database import Queries
from estafette.communications.models.lists import ClientList

Place = tuple[datetime, UUID]


async def insert(queries: Queries, new: ClientList, by: UUID, *, named: bool) -> None:
    """Stores a list that nobody is on yet."""
    await queries.execute(
        """
        INSERT INTO client_lists (id, name, named, clients, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)
        """,
        new.id,
        new.name,
        named,
        new.clients,
        new.created_at,
        by,
    )


async def get(queries: Queries, list_id: UUID) -> ClientList | None:
    """One list."""
    row = await queries.fetchrow("SELECT id, name, clients, created_at FROM client_lists WHERE id = $1", list_id)
    return msgspec.convert(dict(row), ClientList) if row else None


async def page(queries: Queries, after: Place | None, limit: int) -> list[ClientList]:
    """The lists that are kept for more than one communication, newest first."""
    rows = await queries.fetch(
        """
        SELECT id, name, clients, created_at FROM client_lists
        WHERE named AND ($1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid))
        ORDER BY created_at DESC, id DESC LIMIT $3
        """,
        *(after or (None, None)),
        limit,
    )
    return [msgspec.convert(dict(row), ClientList) for row in rows]


async def name(queries: Queries, list_id: UUID, clients: int) -> None:
    """Keeps a list that is complete, for more than one communication."""
    await queries.execute("UPDATE client_lists SET named = true, clients = $2 WHERE id = $1", list_id, clients)


async def count(queries: Queries, list_id: UUID, clients: int) -> None:
    """Notes how many are on a list."""
    await queries.execute("UPDATE client_lists SET clients = $2 WHERE id = $1", list_id, clients)


async def unname(queries: Queries, list_id: UUID) -> bool:
    """Keeps a list for nothing but the communications that have it; whether it was kept for more."""
    tag = await queries.execute("UPDATE client_lists SET named = false WHERE id = $1 AND named", list_id)
    return tag == "UPDATE 1"


async def delete_unused(queries: Queries, list_id: UUID) -> None:
    """Takes away a list that was made for one communication, unless another has it, too."""
    await queries.execute(
        """
        DELETE FROM client_lists WHERE id = $1 AND NOT named
            AND NOT EXISTS (SELECT FROM communications WHERE list_id = $1)
        """,
        list_id,
    )


async def delete_abandoned(queries: Queries, before: datetime) -> None:
    """Takes away lists whose upload broke off."""
    await queries.execute(
        """
        DELETE FROM client_lists l WHERE NOT l.named AND l.created_at < $1
            AND NOT EXISTS (SELECT FROM communications c WHERE c.list_id = l.id)
        """,
        before,
    )
