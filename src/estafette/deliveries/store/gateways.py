"""Statements about gateways as administrators set them up."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Queries
from estafette.deliveries.models.messages import Channel

# Any constant will do: it keeps two processes that start together from adding the same gateway.
_IN_LINE = 7_305_123_407


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A gateway as it is stored; `credentials` are encrypted."""

    id: UUID
    name: str
    name_key: str
    transport: str
    channels: list[Channel]
    priority: int
    enabled: bool
    managed: bool
    settings: dict[str, Any]
    credentials: bytes | None
    segments_per_second: float
    links: int
    receipts_expected: bool
    created_at: datetime
    changed_at: datetime


async def insert(queries: Queries, row: Row) -> None:
    """Adds a gateway with its state; raises UniqueViolationError when its name is taken."""
    await queries.execute(
        """
        WITH added AS (
            INSERT INTO gateways (
                id, name, name_key, transport, channels, priority, enabled, managed, settings, credentials,
                segments_per_second, links, receipts_expected, created_at, changed_at
            )
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        )
        INSERT INTO gateway_states (gateway_id, refilled_at) VALUES ($1, $14)
        """,
        *msgspec.structs.astuple(row),
    )


async def update(queries: Queries, row: Row) -> None:
    """Stores a gateway anew; whoever holds links opens them anew. Raises UniqueViolationError."""
    await queries.execute(
        """
        UPDATE gateways SET
            name = $2, name_key = $3, transport = $4, channels = $5, priority = $6, enabled = $7, managed = $8,
            settings = $9, credentials = $10, segments_per_second = $11, links = $12, receipts_expected = $13,
            changed_at = $14, version = version + 1
        WHERE id = $1
        """,
        row.id,
        row.name,
        row.name_key,
        row.transport,
        row.channels,
        row.priority,
        row.enabled,
        row.managed,
        row.settings,
        row.credentials,
        row.segments_per_second,
        row.links,
        row.receipts_expected,
        row.changed_at,
    )


async def remove(queries: Queries, id_: UUID, at: datetime) -> None:
    """Takes a gateway out of use, with its credentials; what it carried goes on naming it, its name is free again."""
    await queries.execute(
        """
        UPDATE gateways SET
            removed_at = $2, changed_at = $2, enabled = false, credentials = NULL, name_key = id::text,
            version = version + 1
        WHERE id = $1
        """,
        id_,
        at,
    )


async def lock(queries: Queries, id_: UUID) -> Row | None:
    """A gateway that is about to be changed."""
    row = await queries.fetchrow(
        """
        SELECT id, name, name_key, transport, channels, priority, enabled, managed, settings, credentials,
            segments_per_second, links, receipts_expected, created_at, changed_at
        FROM gateways WHERE id = $1 AND removed_at IS NULL FOR UPDATE
        """,
        id_,
    )
    return Row(**row) if row else None


async def lock_all(queries: Queries) -> list[Row]:
    """All gateways, about to be brought into line with the settings file."""
    rows = await queries.fetch(
        """
        SELECT id, name, name_key, transport, channels, priority, enabled, managed, settings, credentials,
            segments_per_second, links, receipts_expected, created_at, changed_at
        FROM gateways WHERE removed_at IS NULL ORDER BY id FOR UPDATE
        """
    )
    return [Row(**row) for row in rows]


async def sealed(queries: Queries) -> list[Any]:
    """The gateways that are signed in to with something: id, name, what is encrypted."""
    return await queries.fetch(
        "SELECT id, name, credentials FROM gateways WHERE removed_at IS NULL AND credentials IS NOT NULL ORDER BY name"
    )


async def one_at_a_time(queries: Queries) -> None:
    """Waits until no other process brings gateways into line, and keeps others waiting until the transaction ends."""
    await queries.fetchval("SELECT pg_advisory_xact_lock($1)", _IN_LINE)


async def was_there(queries: Queries, transport: str) -> bool:
    """Whether there is, or ever was, a gateway of a transport."""
    return bool(await queries.fetchval("SELECT true FROM gateways WHERE transport = $1 LIMIT 1", transport))


async def channels(queries: Queries, id_: UUID) -> list[Channel] | None:
    """The channels of a gateway; None when there is no such gateway."""
    return await queries.fetchval("SELECT channels FROM gateways WHERE id = $1 AND removed_at IS NULL", id_)
