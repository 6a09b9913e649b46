"""Statements about bearer tokens."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.credentials import Token
from estafette.accounts.models.rows import PersonRow
from estafette.base.database import Queries


async def insert(queries: Queries, token: Token, person_id: UUID, token_hash: bytes, created_by: UUID | None) -> None:
    """Stores a token by its digest."""
    await queries.execute(
        """
        INSERT INTO tokens (id, person_id, token_hash, name, scopes, created_at, created_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        token.id,
        person_id,
        token_hash,
        token.name,
        token.scopes,
        token.created_at,
        created_by,
        token.expires_at,
    )


async def insert_for_password(queries: Queries, token: Token, person: PersonRow, token_hash: bytes) -> bool:
    """Stores a token, unless the person was disabled or has another password than the one just checked."""
    return bool(
        await queries.fetchval(
            """
            WITH seen AS (
                UPDATE people SET last_seen_at = $6
                WHERE id = $2 AND disabled_at IS NULL AND password_hash IS NOT DISTINCT FROM $8::text
                RETURNING id
            )
            INSERT INTO tokens
                (id, person_id, token_hash, name, scopes, created_at, created_by, expires_at, for_password)
            SELECT $1, id, $3, $4, $5, $6, id, $7, true FROM seen
            RETURNING true
            """,
            token.id,
            person.id,
            token_hash,
            token.name,
            token.scopes,
            token.created_at,
            token.expires_at,
            person.password_hash,
        )
    )


async def keep_newest_for_password(queries: Queries, person_id: UUID, most: int, now: datetime) -> bool:
    """Removes those of a person's that a password was shown for and that are over or too many; whether one still held.

    The one stored last stays.
    """
    rows = await queries.fetch(
        """
        DELETE FROM tokens WHERE person_id = $1 AND for_password AND (expires_at <= $3 OR id IN (
            SELECT id FROM tokens WHERE person_id = $1 AND for_password ORDER BY created_at DESC, id DESC OFFSET $2
        ))
        RETURNING expires_at > $3 AS held
        """,
        person_id,
        most,
        now,
    )
    return any(row["held"] for row in rows)


async def count(queries: Queries, person_id: UUID) -> int:
    """How many tokens a person has made, or were made for them."""
    return await queries.fetchval("SELECT count(*) FROM tokens WHERE person_id = $1 AND NOT for_password", person_id)


async def of_person(queries: Queries, person_id: UUID) -> Sequence[Token]:
    """A person's tokens, expired ones included, newest first."""
    rows = await queries.fetch(
        """
        SELECT id, name, scopes, created_at, expires_at, last_used_at
        FROM tokens WHERE person_id = $1 ORDER BY created_at DESC, id DESC
        """,
        person_id,
    )
    return [Token(**row) for row in rows]


async def delete(queries: Queries, person_id: UUID, id_: UUID) -> bool:
    """Revokes one token of a person; whether there was one."""
    return bool(
        await queries.fetchval("DELETE FROM tokens WHERE id = $2 AND person_id = $1 RETURNING true", person_id, id_)
    )


async def delete_all(queries: Queries, person_id: UUID) -> None:
    """Revokes all tokens of a person."""
    await queries.execute("DELETE FROM tokens WHERE person_id = $1", person_id)
