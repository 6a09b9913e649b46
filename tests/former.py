"""Databases as they were before a migration."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg

from estafette.base.migrate import FOLDER, migrate
from tests.databases import named


@asynccontextmanager
async def former(server: str, folder: Path, before: str) -> AsyncGenerator[str, None]:
    """The address of a database that has all migrations before one; `folder` is for these."""
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name}")
    for file in FOLDER.glob("*.sql"):
        if file.name < before:
            shutil.copy(file, folder)
    await migrate(named(server, name), folder=folder)
    yield named(server, name)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()
