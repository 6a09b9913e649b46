"""Fresh, migrated databases on the server of this test run."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from estafette.base.postgres.address import SUPERUSER, USER

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
    connection = await _administrator(server)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {USER} STRATEGY file_copy")
    try:
        yield named(server, name)
    finally:
        connection = await _administrator(server)
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


async def leave(server: str) -> None:
    """Ends the connection over which databases came and went; the server is about to stop."""
    if connection := _administrators.pop(server, None):
        await connection.close()


_administrators: dict[str, asyncpg.Connection] = {}


async def _administrator(server: str) -> asyncpg.Connection:
    """One connection for all: two new ones for each test took nearly as long as the copy.

    Not as the application: it may not end an autovacuum that happens to be at work in what is dropped.
    """
    known = _administrators.get(server)
    if known is None or known.is_closed():
        known = _administrators[server] = await asyncpg.connect(named(server, "postgres"), user=SUPERUSER)
        # The kernel copies the files, and not a buffer of PostgreSQL's.
        await known.execute("SET file_copy_method = clone")
    return known
