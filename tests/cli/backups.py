"""What an installation holds, in a form in which two of them can be compared."""

import hashlib
import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from estafette.base.backups.tables import connect, made_by, tables_of
from estafette.base.migrate import FOLDER
from estafette.base.postgres import EmbeddedPostgres
from tests.scratch import scratch_folder


async def rows(dsn: str) -> dict[str, list[bytes]]:
    """Every row of every table of ours, as text."""
    connection = await connect(dsn)
    try:
        found: dict[str, list[bytes]] = {}
        for name, columns in await tables_of(connection, made_by(FOLDER)):
            text = io.BytesIO()
            await connection.copy_from_table(name, columns=columns, output=text)
            found[name] = sorted(text.getvalue().splitlines())
        return found
    finally:
        await connection.close()


def bytes_in(folder: Path) -> dict[str, str]:
    """The digest of every file in a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@asynccontextmanager
async def database_of(data: Path) -> AsyncGenerator[str, None]:
    """The embedded database of an installation that is not running."""
    server = EmbeddedPostgres(data / "postgres", fast=True)
    try:
        yield await server.start()
    finally:
        await server.stop()


@asynccontextmanager
async def another_server(major: int) -> AsyncGenerator[str, None]:
    """A PostgreSQL of somebody's own, of another version, with an empty database."""
    server = EmbeddedPostgres(scratch_folder("estafette-own-"), major=major, fast=True)
    try:
        yield await server.start()
    finally:
        await server.stop()
