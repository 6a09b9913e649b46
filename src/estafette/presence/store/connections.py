"""Statements about who is connected to which process. Times are the server's: the clocks of machines may differ.

`shift` is what a test adds to them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from estafette.base.database import Queries, tuples

EXPIRY: Final = timedelta(seconds=30)
"""How long a process counts as alive after its last heartbeat."""


async def beat(queries: Queries, process_id: UUID, shift: timedelta) -> bool:
    """Moves the expiry of a process on; whether it was unknown: nobody counts as connected to it then."""
    return await queries.fetchval(
        """
        INSERT INTO presence_processes (id, expires_at) VALUES ($1, now() + $2::interval + $3::interval)
        ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at
        RETURNING xmax = 0
        """,
        process_id,
        shift,
        EXPIRY,
    )


async def store(queries: Queries, process_id: UUID, active: Mapping[UUID, bool], left: Mapping[UUID, datetime]) -> None:
    """Who is connected to a process and active or not, and who is no more since when, in one statement.

    Raises asyncpg.ForeignKeyViolationError for a process that is taken for dead.
    """
    await queries.execute(
        """
        WITH gone AS (
            DELETE FROM presence_connections c USING unnest($4::uuid[], $5::timestamptz[]) AS given (person_id, at)
            WHERE c.process_id = $1 AND c.person_id = given.person_id
            RETURNING c.person_id, given.at
        ), seen AS (
            INSERT INTO presences (person_id, last_seen_at) SELECT person_id, at FROM gone ORDER BY person_id
            ON CONFLICT (person_id) DO UPDATE SET last_seen_at = greatest(presences.last_seen_at, excluded.last_seen_at)
        )
        INSERT INTO presence_connections (person_id, process_id, is_active)
        SELECT person_id, $1, is_active FROM unnest($2::uuid[], $3::boolean[]) AS given (person_id, is_active)
        ORDER BY person_id
        ON CONFLICT (person_id, process_id) DO UPDATE SET is_active = excluded.is_active
        """,
        process_id,
        *(tuples(list(active.items())) or ([], [])),
        *(tuples(list(left.items())) or ([], [])),
    )


async def reap(queries: Queries, shift: timedelta) -> list[UUID]:
    """Removes dead processes and returns who was connected to them, last seen at the last heartbeat."""
    rows = await queries.fetch(
        """
        WITH dead AS (
            SELECT id, expires_at - $2::interval - $1::interval AS last_beat FROM presence_processes
            WHERE expires_at <= now() + $1::interval FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM presence_connections c USING dead WHERE c.process_id = dead.id
            RETURNING c.person_id, dead.last_beat
        ), seen AS (
            INSERT INTO presences (person_id, last_seen_at)
            SELECT person_id, max(last_beat) FROM gone GROUP BY person_id ORDER BY person_id
            ON CONFLICT (person_id) DO UPDATE SET last_seen_at = greatest(presences.last_seen_at, excluded.last_seen_at)
        ), buried AS (
            DELETE FROM presence_processes USING dead WHERE presence_processes.id = dead.id
        )
        SELECT DISTINCT person_id FROM gone
        """,
        shift,
        EXPIRY,
    )
    return [row["person_id"] for row in rows]
