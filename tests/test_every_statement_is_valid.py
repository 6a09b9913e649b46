"""Every SQL statement is prepared against the migrated schema, on both PostgreSQL versions of the wheel."""

import shutil
from collections.abc import AsyncGenerator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from estafette.base.migrate import migrate
from estafette.base.postgres import EmbeddedPostgres
from tests.scratch import scratch_folder
from tests.test_architecture import PACKAGE, statements

STATEMENTS = [
    pytest.param(sql, id=f"{file.relative_to(PACKAGE)}:{number}")
    for file in sorted(PACKAGE.rglob("*.py"))
    for number, sql in enumerate(statements(file))
]


@pytest_asyncio.fixture(scope="session", params=[16, 18])
async def connection(request: pytest.FixtureRequest) -> AsyncGenerator[Any, None]:
    """A connection to a migrated database of a PostgreSQL version."""
    folder = scratch_folder("estafette-sql-")
    postgres = EmbeddedPostgres(folder, major=request.param, say=lambda _: None, fast=True)
    dsn = await postgres.start()
    await migrate(dsn)
    link = await asyncpg.connect(dsn)
    version: int = link.get_server_version().major
    assert version == request.param
    yield link
    await link.close()
    await postgres.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_there_are_statements() -> None:
    assert len(STATEMENTS) > 50


@pytest.mark.parametrize("sql", STATEMENTS)
async def test_statement_is_valid(connection: Any, sql: str) -> None:
    await connection.prepare(sql)
