"""Fresh, migrated databases on the server of this test run."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

TEMPLATE = "estafette_template"


def named(dsn: str, database: str) -> str:
    """The same server, another database."""
    head, _, query = dsn.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{database}" + (f"?{query}" if query else "")


def database_of(dsn: str) -> str:
    """The name of the database that an address leads to."""
    return dsn.partition("?")[0].rpartition("/")[2]


@asynccontextmanager
async def fresh_database(server: str, template: str = TEMPLATE) -> AsyncGenerator[str, None]:
    """The address of a copy of a template, which is dropped afterwards whoever is still connected."""
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    await connection.close()
    try:
        yield named(server, name)
    finally:
        # Not as the application: it may not end an autovacuum that happens to be at work there.
        connection = await asyncpg.connect(server, user="postgres")
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()
