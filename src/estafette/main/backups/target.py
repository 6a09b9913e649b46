"""Where a backup is restored to: a data folder, and a database that is its own or another one, both empty or moved."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

from estafette import files
from estafette.base.backups import BackupRefused
from estafette.base.backups.staging import State
from estafette.base.backups.tables import connect, made_by
from estafette.base.migrate import FOLDER
from estafette.base.postgres import is_held
from estafette.base.settings import Settings


def places(settings: Settings) -> dict[str, Path]:
    """What takes which place once all is there."""
    found = {"secrets": settings.data / "secrets"}
    folder = files_inside(settings)
    if folder is not None:
        found["files"] = folder
    if settings.database_url is None:
        found["postgres"] = settings.postgres
    return found


def files_inside(settings: Settings) -> Path | None:
    """The folder of the files, if they lie inside the data folder."""
    folder = files.local_folder(settings.files)
    return folder if folder is not None and folder.is_relative_to(settings.data.absolute()) else None


def check_folders(settings: Settings, *, replace: bool) -> None:
    """Raises BackupRefused when somebody uses the data folder, or when it holds something that is to stay."""
    if is_held(settings.postgres):
        raise BackupRefused(f"A database is running on {settings.data}: stop it first.")
    taken = [folder for folder in places(settings).values() if folder.exists() and any(folder.iterdir())]
    if taken and not replace:
        raise BackupRefused(
            f"{taken[0]} is not empty: restore into another folder with --data, or let what is there be moved aside "
            "with --replace."
        )


def place_of(dsn: str) -> str:
    """By what a database is known again; no name and no password."""
    parts = urlsplit(dsn)
    host = parts.hostname or parse_qs(parts.query).get("host", [""])[0]
    return f"{host}:{parts.port or 5432}{parts.path}"


async def clear_database(dsn: str, earlier: State | None, aside: str, *, replace: bool) -> str | None:
    """Leaves an external database without tables; returns the name of the schema that holds what was there.

    What a cut-off restore of ours left is dropped. Raises BackupRefused when something else is there and is to stay.
    """
    connection = await connect(dsn)
    try:
        await _check_unused(connection)
        taken = await connection.fetchval(
            """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY ($1::text[])
            ORDER BY c.relname LIMIT 1
            """,
            sorted(made_by(FOLDER)),
        )
        if taken is None:
            return None
        ours = earlier is not None and earlier.database == place_of(dsn)
        if not ours and not replace:
            raise BackupRefused(
                f"The database at {place_of(dsn)} is not empty (there is the table {taken}): name an empty one with "
                "--database-url, or let what is there be moved aside with --replace."
            )
        await _renew_schema(connection, None if ours else aside)
        return None if ours else aside
    except asyncpg.InsufficientPrivilegeError as error:
        raise BackupRefused(
            f"The role {urlsplit(dsn).username} may not move the tables at {place_of(dsn)} aside: name an empty "
            "database, or make the role the owner of this one with ALTER DATABASE … OWNER TO …."
        ) from error
    finally:
        connection.terminate()


async def _check_unused(connection: Any) -> None:
    used = await connection.fetchval(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'estafette%'
        """
    )
    if used:
        raise BackupRefused("Estafette is running on the database: stop it first.")


async def _renew_schema(connection: Any, aside: str | None) -> None:
    """Moves the schema aside, or drops it, and makes an empty one of its name."""
    move = await connection.fetchval(
        """
        SELECT CASE WHEN $1::text IS NULL THEN format('DROP SCHEMA %I CASCADE', current_schema())
            ELSE format('ALTER SCHEMA %I RENAME TO %I', current_schema(), $1::text) END
        """,
        aside,
    )
    make = await connection.fetchval("SELECT format('CREATE SCHEMA %I', current_schema())")
    async with connection.transaction():
        await connection.execute(move)
        await connection.execute(make)
