"""Statements about segments, and about the clients that belong to one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec

from estafette.base.database import Queries, Transaction
from estafette.clients.models.attributes import Attribute
from estafette.clients.models.clients import Client
from estafette.clients.models.segments import Group, Segment
from estafette.clients.store.filters import condition
from estafette.clients.store.reading import Place, placed
from estafette.clients.store.rows import client

STRETCH: Final = 20_000
"""Clients that are looked at for a page; the next page goes on from there."""
COUNTED_MS: Final = 700
SAMPLE: Final = 20_000

_LOOK: Final = """
    WITH stretch AS MATERIALIZED (
        SELECT * FROM clients
        WHERE $1::text IS NULL OR (name_key, id) > ($1, $2::uuid)
        ORDER BY name_key, id LIMIT $3
    )
    SELECT found.*, floor.name_key AS floor_key, floor.id AS floor_id, (SELECT count(*) FROM stretch) AS looked_at
    FROM (SELECT name_key, id FROM stretch ORDER BY name_key DESC, id DESC LIMIT 1) floor
    LEFT JOIN LATERAL (
        SELECT c.* FROM stretch c WHERE {condition} ORDER BY c.name_key, c.id LIMIT $4
    ) found ON true
    ORDER BY found.name_key, found.id
"""
_COUNT: Final = "SELECT count(*) FROM clients c WHERE {condition}"
_SAMPLE: Final = "SELECT count(*) FROM clients c TABLESAMPLE SYSTEM ($1) WHERE {condition}"
_EXPORT: Final = """
    SELECT c.* FROM clients c WHERE ($1::uuid IS NULL OR c.id > $1) AND {condition} ORDER BY c.id LIMIT $2
"""


async def page(
    queries: Queries, group: Group, known: Mapping[str, Attribute], after: Place | None, limit: int
) -> tuple[list[Client], Place | None]:
    """Clients of a filter by name, and where to look on; None when everybody was looked at."""
    asked = condition(group, known, 5)
    found = await queries.fetch(
        _LOOK.format(condition=asked.sql), *(after or (None, None)), STRETCH, limit + 1, *asked.values
    )
    items = [placed(row) for row in found if row["id"] is not None]
    if len(items) > limit:
        return [one for one, _ in items[:limit]], items[limit - 1][1]
    rest = (found[0]["floor_key"], found[0]["floor_id"]) if found and found[0]["looked_at"] == STRETCH else None
    return [one for one, _ in items], rest


async def count(
    transaction: Transaction, group: Group, known: Mapping[str, Attribute], clients: int
) -> tuple[int, bool]:
    """How many clients a filter meets, and whether that is exact: what takes too long is told by a sample of them."""
    await transaction.execute("SET LOCAL enable_seqscan = on")
    asked = condition(group, known, 1)
    try:
        async with transaction.savepoint():
            await transaction.execute("SELECT set_config('statement_timeout', $1, true)", str(COUNTED_MS))
            return await transaction.fetchval(_COUNT.format(condition=asked.sql), *asked.values), True
    except asyncpg.QueryCanceledError:
        share = min(1.0, SAMPLE / max(clients, 1))
    asked = condition(group, known, 2)
    some = await transaction.fetchval(_SAMPLE.format(condition=asked.sql), share * 100, *asked.values)
    return round(some / share), False


async def export_page(
    queries: Queries, group: Group, known: Mapping[str, Attribute], after: UUID | None, limit: int
) -> list[Client]:
    """Clients of a filter in the order of their ids, behind one of them."""
    asked = condition(group, known, 3)
    rows = await queries.fetch(_EXPORT.format(condition=asked.sql), after, limit, *asked.values)
    return [client(row) for row in rows]


async def listed(queries: Queries) -> list[Segment]:
    """All segments by name."""
    rows = await queries.fetch("SELECT * FROM client_segments ORDER BY name_key, id")
    return [_segment(row) for row in rows]


async def get(queries: Queries, segment_id: UUID) -> Segment | None:
    """One segment."""
    row = await queries.fetchrow("SELECT * FROM client_segments WHERE id = $1", segment_id)
    return _segment(row) if row else None


async def lock(queries: Queries, segment_id: UUID) -> Segment | None:
    """One segment, locked until the end of the transaction."""
    row = await queries.fetchrow("SELECT * FROM client_segments WHERE id = $1 FOR UPDATE", segment_id)
    return _segment(row) if row else None


async def insert(queries: Queries, segment: Segment, name_key: str, by: UUID) -> bool:
    """Stores a new segment; whether nobody has its name."""
    tag = await queries.execute(
        """
        INSERT INTO client_segments (id, name, name_key, filter, revision, created_at, created_by, changed_at)
        VALUES ($1, $2, $3, $4, 1, $5, $6, $5)
        ON CONFLICT (name_key) DO NOTHING
        """,
        segment.id,
        segment.name,
        name_key,
        segment.filter,
        segment.created_at,
        by,
    )
    return tag == "INSERT 0 1"


async def update(queries: Queries, segment: Segment, name_key: str, at: datetime) -> bool:
    """Writes a locked segment anew as its next revision; whether no other has its name."""
    tag = await queries.execute(
        """
        UPDATE client_segments SET name = $2, name_key = $3, filter = $4, revision = revision + 1, changed_at = $5
        WHERE id = $1 AND NOT EXISTS (SELECT FROM client_segments WHERE name_key = $3 AND id <> $1)
        """,
        segment.id,
        segment.name,
        name_key,
        segment.filter,
        at,
    )
    return tag == "UPDATE 1"


async def delete(queries: Queries, segment_id: UUID) -> bool:
    """Takes a segment away; whether there was one."""
    return await queries.execute("DELETE FROM client_segments WHERE id = $1", segment_id) == "DELETE 1"


async def number(queries: Queries) -> int:
    """How many segments there are."""
    return await queries.fetchval("SELECT count(*) FROM client_segments")


def _segment(row: Any) -> Segment:
    group = msgspec.convert(row["filter"], Group)
    return Segment(
        id=row["id"],
        name=row["name"],
        filter=group,
        revision=row["revision"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
    )
