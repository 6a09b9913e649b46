"""A running server for each test of the edge."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest_asyncio

from tests.http import House, running


@pytest_asyncio.fixture
async def house(dsn: str, tmp_path: Path) -> AsyncGenerator[House, None]:
    """A web process on a fresh database."""
    async with running(dsn, tmp_path) as house:
        yield house


@pytest_asyncio.fixture
async def ann(house: House) -> httpx.AsyncClient:
    """The browser of Ann, who has just signed up."""
    return await house.sign_up()
