"""Statements about imports."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction
from estafette.clients.models.imports import BatchCounts, ClientImport, ImportPlan, ImportRow


async def insert(queries: Queries, new: ImportRow) -> None:
    """Stores what was uploaded."""
    await queries.execute(
        """
        INSERT INTO client_imports (id, file_name, size, format, encoding, separator, lines, columns, state,
            created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'uploaded', $9, $10)
        """,
        new.id,
        new.file_name,
        new.size,
        new.format,
        new.encoding,
        new.separator,
        new.lines,
        new.columns,
        new.created_at,
        new.created_by,
    )


async def newest(queries: Queries, limit: int) -> list[ClientImport]:
    """Imports, newest first."""
    rows = await queries.fetch(
        """
        SELECT i.*, p.name AS created_by_name
        FROM client_imports i LEFT JOIN person_cards p ON p.id = i.created_by
        ORDER BY i.created_at DESC, i.id DESC LIMIT $1
        """,
        limit,
    )
    return [_import(row) for row in rows]


async def get(queries: Queries, import_id: UUID) -> ClientImport | None:
    """One import."""
    row = await queries.fetchrow(
        """
        SELECT i.*, p.name AS created_by_name
        FROM client_imports i LEFT JOIN person_cards p ON p.id = i.created_by WHERE i.id = $1
        """,
        import_id,
    )
    return _import(row) if row else None


async def queue(queries: Queries, import_id: UUID, plan: ImportPlan) -> bool:
    """Lets workers begin with an import; whether it had not begun."""
    tag = await queries.execute(
        "UPDATE client_imports SET state = 'queued', plan = $2 WHERE id = $1 AND state = 'uploaded'", import_id, plan
    )
    return tag == "UPDATE 1"


async def take_turns(transaction: Transaction) -> None:
    """Lets one worker after the other look for an import."""
    await transaction.execute("SELECT pg_advisory_xact_lock(hashtextextended('client_imports', 0))")


async def claim(queries: Queries, lease: UUID, now: datetime, until: datetime) -> tuple[ClientImport, int] | None:
    """Takes an import, until a time, while nobody works at one; and how often it was taken at the same place.

    Two at once would each store whom the other is about to: addresses are not unique.
    """
    row = await queries.fetchrow(
        """
        UPDATE client_imports SET state = 'running', lease = $1, leased_until = $3, faults = faults + 1,
            started_at = coalesce(started_at, $2)
        WHERE id = (
            SELECT id FROM client_imports
            WHERE state IN ('queued', 'running') AND (leased_until IS NULL OR leased_until <= $2)
            ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
        ) AND NOT EXISTS (
            SELECT FROM client_imports WHERE state = 'running' AND lease IS NOT NULL AND leased_until > $2
        )
        RETURNING *, '' AS created_by_name
        """,
        lease,
        now,
        until,
    )
    return (_import(row), row["faults"]) if row else None


async def extend(queries: Queries, import_id: UUID, lease: UUID, until: datetime) -> None:
    """Keeps an import that is still this worker's until a later time."""
    await queries.execute(
        "UPDATE client_imports SET leased_until = greatest(leased_until, $3) WHERE id = $1 AND lease = $2",
        import_id,
        lease,
        until,
    )


async def hold(queries: Queries, import_id: UUID, lease: UUID) -> int | None:
    """Locks an import that is still this worker's; its position, None when it is not any more."""
    return await queries.fetchval(
        "SELECT position FROM client_imports WHERE id = $1 AND lease = $2 AND state = 'running' FOR UPDATE",
        import_id,
        lease,
    )


async def advance(queries: Queries, import_id: UUID, records: int, counts: BatchCounts, until: datetime) -> None:
    """Notes that so many more records are done, and what became of them."""
    await queries.execute(
        """
        UPDATE client_imports SET position = position + $2, created = created + $3, changed = changed + $4,
            skipped = skipped + $5, rejected = rejected + $6, leased_until = $7, faults = 0
        WHERE id = $1
        """,
        import_id,
        records,
        counts.created,
        counts.changed,
        counts.skipped,
        counts.rejected,
        until,
    )


async def end(
    queries: Queries, import_id: UUID, lease: UUID | None, state: str, failure: str | None, at: datetime
) -> bool:
    """Ends an import that has not ended, this worker's alone where a lease is given; whether that was so."""
    tag = await queries.execute(
        """
        UPDATE client_imports SET state = $3, failure = $4, ended_at = $5, lease = NULL, leased_until = NULL
        WHERE id = $1 AND ($2::uuid IS NULL OR lease = $2) AND state IN ('uploaded', 'queued', 'running')
        """,
        import_id,
        lease,
        state,
        failure,
        at,
    )
    return tag == "UPDATE 1"


async def release(queries: Queries, import_id: UUID, lease: UUID) -> None:
    """Lets another worker go on at once."""
    await queries.execute(
        "UPDATE client_imports SET lease = NULL, leased_until = NULL, faults = 0 WHERE id = $1 AND lease = $2",
        import_id,
        lease,
    )


async def put_off(queries: Queries, import_id: UUID, lease: UUID, until: datetime, *, counts: bool = True) -> None:
    """Lets an import that failed wait until a time; unless it `counts`, it is as if it had not been taken."""
    await queries.execute(
        """
        UPDATE client_imports SET lease = NULL, leased_until = $3, faults = CASE WHEN $4 THEN faults ELSE 0 END
        WHERE id = $1 AND lease = $2
        """,
        import_id,
        lease,
        until,
        counts,
    )


async def waiting(queries: Queries) -> int:
    """How many imports have not ended."""
    return await queries.fetchval("SELECT count(*) FROM client_imports WHERE state IN ('queued', 'running')")


async def has_ended(queries: Queries, import_id: UUID) -> bool:
    """Whether an import is over, in whatever way."""
    return await queries.fetchval(
        "SELECT EXISTS (SELECT FROM client_imports WHERE id = $1 AND ended_at IS NOT NULL)", import_id
    )


async def with_unneeded_files(queries: Queries, uploaded_before: datetime, limit: int) -> list[UUID]:
    """Imports that have ended, or were never begun, and whose bytes are still kept."""
    rows = await queries.fetch(
        """
        SELECT id FROM client_imports
        WHERE has_file AND (ended_at IS NOT NULL OR (state = 'uploaded' AND created_at < $1)) LIMIT $2
        """,
        uploaded_before,
        limit,
    )
    return [row["id"] for row in rows]


async def note_file_gone(queries: Queries, import_id: UUID) -> None:
    """Notes that the bytes are no longer kept; an import that was never begun goes with them."""
    await queries.execute("DELETE FROM client_imports WHERE id = $1 AND state = 'uploaded'", import_id)
    await queries.execute("UPDATE client_imports SET has_file = false WHERE id = $1", import_id)


async def forget_old(queries: Queries, before: datetime) -> None:
    """Forgets what imports that ended before a time have rejected."""
    await queries.execute("DELETE FROM client_imports WHERE ended_at < $1 AND NOT has_file", before)


def _import(row: Any) -> ClientImport:
    return ClientImport(
        id=row["id"],
        file_name=row["file_name"],
        size=row["size"],
        format=row["format"],
        encoding=row["encoding"],
        separator=row["separator"],
        lines=row["lines"],
        columns=row["columns"],
        state=row["state"],
        plan=msgspec.convert(row["plan"], ImportPlan) if row["plan"] is not None else None,
        failure=row["failure"],
        position=row["position"],
        created=row["created"],
        changed=row["changed"],
        skipped=row["skipped"],
        rejected=row["rejected"],
        created_at=row["created_at"],
        created_by=row["created_by"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        created_by_name=row["created_by_name"] or "",
    )
