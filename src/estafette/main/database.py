"""Opens the database of an installation, with its bus."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from estafette.base.clock import Clock
from estafette.base.database import Database, open_pool
from estafette.base.postgres_bus import PostgresBus

# A query that does not end must not keep the process from ending.
CLOSING_SECONDS = 1.5

Connect = Callable[..., Awaitable[Any]]


@asynccontextmanager
async def open_database(dsn: str, *, size: int = 10) -> AsyncGenerator[Database, None]:
    """A database with its running bus; raises what asyncpg raises when it cannot be reached."""
    async with pool_and_bus(dsn, size) as (pool, bus):
        yield Database(pool, bus, Clock())


@asynccontextmanager
async def pool_and_bus(
    dsn: str, size: int, connect: Connect | None = None
) -> AsyncGenerator[tuple[asyncpg.Pool, PostgresBus], None]:
    """A pool of connections, and the bus that listens beside them."""
    bus = PostgresBus(dsn)
    async with open_closing_pool(dsn, size, connect) as pool:
        try:
            await bus.start()
            yield pool, bus
        finally:
            await bus.stop()


@asynccontextmanager
async def open_closing_pool(dsn: str, size: int, connect: Connect | None = None) -> AsyncGenerator[asyncpg.Pool, None]:
    """A pool that is closed at the end, by force when it takes too long."""
    pool = await open_pool(dsn, size=size, connect=connect)
    try:
        yield pool
    finally:
        try:
            async with asyncio.timeout(CLOSING_SECONDS):
                await pool.close()
        except TimeoutError:
            pool.terminate()
