"""Brings a database to the schema of this version: numbered SQL files, forward only."""

from collections.abc import Callable, Collection
from pathlib import Path

import asyncpg

FOLDER = Path(__file__).parent.parent / "migrations"
# Any constant will do: it keeps two processes from migrating at the same time.
_LOCK = 7_305_123_406


class NewerSchema(Exception):
    """The data was written by a newer version of Estafette; install that version or newer."""

    def __str__(self) -> str:
        return type(self).__doc__ or ""


async def migrate(
    dsn: str,
    say: Callable[[str], None] = lambda _: None,
    folder: Path = FOLDER,
    *,
    only: Collection[str] | None = None,
) -> int:
    """Applies what is missing, each file in a transaction, and returns how many; raises NewerSchema.

    With `only` no others than the files of these names: the schema of an earlier version, for its rows.
    """
    files = sorted(file for file in folder.glob("*.sql") if only is None or file.name in only)
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()
            )
            """
        )
        applied = {row["name"] for row in await connection.fetch("SELECT name FROM schema_migrations")}
        if applied - {file.name for file in files}:
            raise NewerSchema
        missing = [file for file in files if file.name not in applied]
        for file in missing:
            say(f"Preparing the database: {file.stem}")
            async with connection.transaction():
                await connection.execute(file.read_text(encoding="utf-8"))
                await connection.execute("INSERT INTO schema_migrations (name) VALUES ($1)", file.name)
        return len(missing)
    finally:
        await connection.close()


async def missing_migrations(dsn: str, folder: Path = FOLDER) -> list[str]:
    """Names of the files that the database has not seen; raises NewerSchema."""
    names = {file.name for file in folder.glob("*.sql")}
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        if await connection.fetchval("SELECT to_regclass('schema_migrations')") is None:
            return sorted(names)
        applied = {row["name"] for row in await connection.fetch("SELECT name FROM schema_migrations")}
    finally:
        await connection.close()
    if applied - names:
        raise NewerSchema
    return sorted(names - applied)
