"""A running server for each test of the edge."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest_asyncio

from tests.http import WebServer, running


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    """A web process on a fresh database."""
    async with running(dsn, tmp_path) as web_server:
        yield web_server


@pytest_asyncio.fixture
async def ann(web_server: WebServer) -> httpx.AsyncClient:
    """The browser of Ann, who has just signed up."""
    return await web_server.sign_up()
