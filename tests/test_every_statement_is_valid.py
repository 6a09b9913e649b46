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


# One test for all of them: whoever only collects the tests need not read the whole product.
async def test_every_statement_is_valid(connection: Any) -> None:
    wrong: list[str] = []
    count = 0
    for file in sorted(PACKAGE.rglob("*.py")):
        for sql in statements(file):
            count += 1
            try:
                await connection.prepare(sql)
            except asyncpg.PostgresError as error:
                wrong.append(f"{file.relative_to(PACKAGE)}: {error}: {' '.join(sql.split())}")
    assert not wrong, "\n".join(wrong)
    assert count > 50, "no statement found: the test looks in the wrong place"
