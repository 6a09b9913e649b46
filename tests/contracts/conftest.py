"""One web process and a worker on a fresh database, shared by the tests of all documents."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from tests.processes import Site, site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def here(server: str) -> AsyncGenerator[Site, None]:
    """A running site with everybody in it."""
    async with site(server, webs=1) as started:
        yield started
