"""Databases as they were before a migration."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from estafette.base.migrate import FOLDER, migrate
from tests.databases import fresh_database


@asynccontextmanager
async def former(server: str, folder: Path, before: str) -> AsyncGenerator[str, None]:
    """The address of a database that has all migrations before one; `folder` is for these."""
    for file in FOLDER.glob("*.sql"):
        if file.name < before:
            shutil.copy(file, folder)
    async with fresh_database(server, "template1") as dsn:
        await migrate(dsn, folder=folder)
        yield dsn
