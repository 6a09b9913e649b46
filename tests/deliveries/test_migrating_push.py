"""Push subscriptions from before sessions were noted with them: nobody knows whose session made them, so they end."""

import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest_asyncio

from estafette.base.migrate import FOLDER, migrate
from tests.databases import named

BEFORE = "0015"


@pytest_asyncio.fixture
async def former(server: str, tmp_path: Path) -> AsyncGenerator[str, None]:
    """The address of a database as it was before."""
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name}")
    for file in FOLDER.glob("*.sql"):
        if file.name < BEFORE:
            shutil.copy(file, tmp_path)
    await migrate(named(server, name), folder=tmp_path)
    yield named(server, name)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


async def test_subscriptions_of_unknown_sessions_end(former: str) -> None:
    connection = await asyncpg.connect(former)
    await connection.execute(
        "INSERT INTO push_subscriptions (id, person_id, endpoint, p256dh, auth, label, created_at) "
        "VALUES (gen_random_uuid(), gen_random_uuid(), 'https://push.example.com/1', '', '', 'Phone', now())"
    )
    assert await migrate(former) > 0
    assert await connection.fetchval("SELECT count(*) FROM push_subscriptions") == 0
    assert await connection.fetchval("SELECT count(*) FROM push_endpoints") == 0
    await connection.close()
