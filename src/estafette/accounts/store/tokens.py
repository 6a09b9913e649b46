"""Statements about bearer tokens."""

from collections.abc import Sequence
from uuid import UUID

from estafette.accounts.models.credentials import Token
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


async def count(queries: Queries, person_id: UUID) -> int:
    """How many tokens a person has."""
    return await queries.fetchval("SELECT count(*) FROM tokens WHERE person_id = $1", person_id)


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
