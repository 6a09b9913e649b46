"""Statements about the code that lets the first administrator in."""

from typing import Final

from estafette.base.database import Queries

CODE: Final = "setup_code"


async def code(queries: Queries) -> str | None:
    """The code, if there is one."""
    return await queries.fetchval("SELECT value FROM instance WHERE name = $1", CODE)


async def keep_code(queries: Queries, new: str) -> str:
    """Stores a code unless there is one, and returns the one that holds."""
    return await queries.fetchval(
        """
        INSERT INTO instance (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = instance.value RETURNING value
        """,
        CODE,
        new,
    )


async def lock_code(queries: Queries) -> str | None:
    """The code, about to be used; none when it was used."""
    return await queries.fetchval("SELECT value FROM instance WHERE name = $1 FOR UPDATE", CODE)


async def delete_code(queries: Queries) -> None:
    """Makes the code worthless."""
    await queries.execute("DELETE FROM instance WHERE name = $1", CODE)
