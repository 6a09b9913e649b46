"""Statements about attributes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries
from estafette.clients.models.attributes import Attribute


async def listed(queries: Queries) -> list[Attribute]:
    """All attributes in their order."""
    rows = await queries.fetch(
        "SELECT * FROM client_attributes WHERE removed_at IS NULL ORDER BY position, created_at, key"
    )
    return [_attribute(row) for row in rows]


async def hold(queries: Queries) -> list[Attribute]:
    """All attributes in their order; none of them is removed before the transaction ends."""
    rows = await queries.fetch(
        "SELECT * FROM client_attributes WHERE removed_at IS NULL ORDER BY position, created_at, key FOR SHARE"
    )
    return [_attribute(row) for row in rows]


async def lock_all(queries: Queries) -> list[Any]:
    """Every attribute, removed ones included, so that whoever adds or moves one takes turns."""
    await queries.execute("LOCK TABLE client_attributes IN SHARE ROW EXCLUSIVE MODE")
    return await queries.fetch("SELECT * FROM client_attributes ORDER BY position, created_at, key")


async def insert(queries: Queries, attribute: Attribute, by: UUID) -> None:
    """Stores a new attribute."""
    await queries.execute(
        """
        INSERT INTO client_attributes (key, label, kind, choices, position, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        attribute.key,
        attribute.label,
        attribute.kind,
        attribute.choices,
        attribute.position,
        attribute.created_at,
        by,
    )


async def update(queries: Queries, attribute: Attribute) -> None:
    """Writes label, choices and place anew."""
    await queries.execute(
        "UPDATE client_attributes SET label = $2, choices = $3, position = $4 WHERE key = $1",
        attribute.key,
        attribute.label,
        attribute.choices,
        attribute.position,
    )


async def remove(queries: Queries, key: str, at: datetime, by: UUID) -> bool:
    """Takes an attribute out of use; whether there was one."""
    tag = await queries.execute(
        "UPDATE client_attributes SET removed_at = $2, removed_by = $3 WHERE key = $1 AND removed_at IS NULL",
        key,
        at,
        by,
    )
    return tag == "UPDATE 1"


async def claim_removed(queries: Queries) -> Any:
    """An attribute whose values are still there, locked; the key and up to which client they were taken away."""
    return await queries.fetchrow(
        """
        SELECT key, cleared_to FROM client_attributes WHERE removed_at IS NOT NULL
        ORDER BY removed_at, key LIMIT 1 FOR UPDATE SKIP LOCKED
        """
    )


async def clear_some(queries: Queries, key: str, after: UUID | None, limit: int) -> UUID | None:
    """Takes the values of so many clients away, in the order of their ids; the last of them, None at the end."""
    return await queries.fetchval(
        """
        WITH stretch AS MATERIALIZED (
            SELECT id FROM clients WHERE $2::uuid IS NULL OR id > $2 ORDER BY id LIMIT $3
        ), cleared AS (
            UPDATE clients SET attributes = attributes - $1 FROM stretch
            WHERE clients.id = stretch.id AND clients.attributes ? $1
        )
        SELECT max(id::text)::uuid FROM stretch
        """,
        key,
        after,
        limit,
    )


async def note_cleared(queries: Queries, key: str, to: UUID | None) -> None:
    """Notes up to which client values were taken away; at the end the attribute goes, and its key is free."""
    if to is None:
        await queries.execute("DELETE FROM client_attributes WHERE key = $1", key)
    else:
        await queries.execute("UPDATE client_attributes SET cleared_to = $2 WHERE key = $1", key, to)


def _attribute(row: Any) -> Attribute:
    return Attribute(
        key=row["key"],
        label=row["label"],
        kind=row["kind"],
        choices=row["choices"],
        position=row["position"],
        created_at=row["created_at"],
    )
