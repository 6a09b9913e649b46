"""Statements about browsers that have signed somebody in before."""

from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries


async def knows(queries: Queries, token_hash: bytes, email_key: str) -> bool:
    """Whether the person of an address has signed in from a device."""
    return await queries.fetchval(
        """
        SELECT EXISTS (
            SELECT FROM known_devices JOIN people ON people.id = known_devices.person_id
            WHERE known_devices.token_hash = $1 AND people.email_key = $2
        )
        """,
        token_hash,
        email_key,
    )


async def is_known(queries: Queries, token_hash: bytes) -> bool:
    """Whether anybody has signed in from a device."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM known_devices WHERE token_hash = $1)", token_hash)


async def remember(queries: Queries, token_hash: bytes, person_id: UUID, at: datetime) -> None:
    """Notes that a person has signed in from a device."""
    await queries.execute(
        """
        INSERT INTO known_devices (token_hash, person_id, last_used_at) VALUES ($1, $2, $3)
        ON CONFLICT (token_hash, person_id) DO UPDATE SET last_used_at = excluded.last_used_at
        """,
        token_hash,
        person_id,
        at,
    )


async def keep_newest(queries: Queries, person_id: UUID, most: int) -> None:
    """Forgets those of a person that were not used for the longest time, beyond a number."""
    await queries.execute(
        """
        DELETE FROM known_devices WHERE person_id = $1 AND token_hash IN (
            SELECT token_hash FROM known_devices WHERE person_id = $1 ORDER BY last_used_at DESC, token_hash OFFSET $2
        )
        """,
        person_id,
        most,
    )


async def forget(queries: Queries, person_id: UUID) -> None:
    """Forgets all devices of a person."""
    await queries.execute("DELETE FROM known_devices WHERE person_id = $1", person_id)


async def delete_unused(queries: Queries, since: datetime) -> None:
    """Forgets devices that nobody has signed in from since then."""
    await queries.execute(
        """
        DELETE FROM known_devices WHERE (token_hash, person_id) IN (
            SELECT token_hash, person_id FROM known_devices WHERE last_used_at < $1
            ORDER BY token_hash, person_id FOR UPDATE SKIP LOCKED
        )
        """,
        since,
    )
