"""What tests of conversations share."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio

from tests.conversations.staff import Staff, hire
from tests.http import WebServer, running
from tests.world import World


@pytest_asyncio.fixture
async def staff(world: World) -> Staff:
    """Gina, Hugo and Ida, employees."""
    return await hire(world)


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    """The server over the test's database."""
    async with running(dsn, tmp_path) as web_server:
        yield web_server
