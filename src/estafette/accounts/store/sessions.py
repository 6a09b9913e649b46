"""Statements about sessions."""

from datetime import datetime
from uuid import UUID

from estafette.accounts.models.credentials import Device, Session
from estafette.accounts.models.rows import PersonRow
from estafette.base.database import Queries


async def insert(
    queries: Queries,
    id_: UUID,
    person: PersonRow,
    token_hash: bytes,
    at: datetime,
    expires_at: datetime,
    device: Device,
) -> bool:
    """Begins a session, unless the person was disabled or has another password than the one just checked."""
    return bool(
        await queries.fetchval(
            """
            WITH seen AS (
                UPDATE people SET last_seen_at = $4
                WHERE id = $2 AND disabled_at IS NULL AND password_hash IS NOT DISTINCT FROM $8::text
                RETURNING id
            )
            INSERT INTO sessions
                (id, person_id, token_hash, created_at, last_seen_at, expires_at, address, user_agent)
            SELECT $1, id, $3, $4, $4, $5, $6, $7 FROM seen
            RETURNING true
            """,
            id_,
            person.id,
            token_hash,
            at,
            expires_at,
            device.address,
            device.user_agent,
            person.password_hash,
        )
    )


async def of_person(queries: Queries, person_id: UUID, current: UUID | None, now: datetime) -> list[Session]:
    """A person's sessions that have not ended, the one last seen first."""
    rows = await queries.fetch(
        """
        SELECT id, created_at, last_seen_at, address, user_agent, id IS NOT DISTINCT FROM $2::uuid AS current
        FROM sessions WHERE person_id = $1 AND expires_at > $3
        ORDER BY last_seen_at DESC, id LIMIT 200
        """,
        person_id,
        current,
        now,
    )
    return [Session(**row) for row in rows]


async def delete(queries: Queries, person_id: UUID, id_: UUID) -> bool:
    """Ends one session of a person; whether there was one."""
    return bool(
        await queries.fetchval("DELETE FROM sessions WHERE id = $2 AND person_id = $1 RETURNING true", person_id, id_)
    )


async def delete_others(queries: Queries, person_id: UUID, kept: UUID | None) -> list[UUID]:
    """Ends all sessions of a person but one, and says which."""
    rows = await queries.fetch(
        "DELETE FROM sessions WHERE person_id = $1 AND id IS DISTINCT FROM $2::uuid RETURNING id", person_id, kept
    )
    return [row["id"] for row in rows]


async def delete_ended(queries: Queries, now: datetime) -> None:
    """Removes sessions whose time is over."""
    await queries.execute(
        """
        DELETE FROM sessions
        WHERE id IN (SELECT id FROM sessions WHERE expires_at <= $1 ORDER BY id FOR UPDATE SKIP LOCKED)
        """,
        now,
    )
