"""Statements about document systems."""

from typing import Any
from uuid import UUID

from estafette.base.database import Queries
from estafette.documents.models.systems import DocumentSystem, SystemRow


async def all_(queries: Queries) -> list[SystemRow]:
    """Every system, in the order in which they were registered."""
    rows = await queries.fetch(
        "SELECT id, name, patterns, connector, credential, changed_at FROM document_systems ORDER BY id"
    )
    return [SystemRow(**row) for row in rows]


async def described(queries: Queries) -> list[DocumentSystem]:
    """Every system by name, with what was acknowledged."""
    rows = await queries.fetch(
        """
        SELECT s.id, s.name, s.patterns, s.connector, s.created_at, s.acknowledgements, (
            SELECT count(*)::integer FROM document_acknowledgements a
            WHERE a.system_id = s.id AND a.not_before IS NOT NULL
        ) AS untold
        FROM document_systems s ORDER BY lower(s.name), s.id
        """
    )
    return [DocumentSystem(**row) for row in rows]


async def lock(queries: Queries) -> list[SystemRow]:
    """Every system; until the transaction ends nobody else registers or changes one."""
    await queries.execute("SELECT pg_advisory_xact_lock(hashtext('document_systems'))")
    return await all_(queries)


async def insert(queries: Queries, system: SystemRow, by: UUID) -> None:
    """Registers a system."""
    await queries.execute(
        """
        INSERT INTO document_systems (id, name, patterns, connector, credential, created_at, created_by, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $6)
        """,
        system.id,
        system.name,
        system.patterns,
        system.connector,
        system.credential,
        system.changed_at,
        by,
    )


async def update(queries: Queries, system: SystemRow) -> None:
    """Stores what a system became; what it has not been told is told at once."""
    await queries.execute(
        """
        WITH changed AS (
            UPDATE document_systems SET name = $2, patterns = $3, connector = $4, credential = $5, changed_at = $6
            WHERE id = $1
        )
        UPDATE document_acknowledgements SET not_before = $6 WHERE system_id = $1 AND not_before > $6
        """,
        system.id,
        system.name,
        system.patterns,
        system.connector,
        system.credential,
        system.changed_at,
    )


async def count_acknowledgement(queries: Queries, id_: UUID) -> None:
    """One more was acknowledged in a system."""
    await queries.execute("UPDATE document_systems SET acknowledgements = acknowledgements + 1 WHERE id = $1", id_)


async def delete(queries: Queries, id_: UUID) -> bool:
    """Removes a system with what was acknowledged; whether there was one."""
    return bool(await queries.fetchval("DELETE FROM document_systems WHERE id = $1 RETURNING true", id_))


async def sealed(queries: Queries) -> list[Any]:
    """Of every system its id, its name and its credential, encrypted."""
    return await queries.fetch("SELECT id, name, credential FROM document_systems ORDER BY lower(name), id")
