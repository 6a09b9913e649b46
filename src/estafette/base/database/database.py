"""Where statements go: to a transaction of the task if there is one, else each to a connection of the pool."""

from asyncio import Semaphore
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final

import asyncpg

from estafette.base.bus import Bus
from estafette.base.clock import Clock
from estafette.base.database.joined import Begin, Joined
from estafette.base.database.statements import Queries, Statements
from estafette.base.database.transaction import Transaction

# Longer than a request should take; whoever waits so long for a connection is told to come back.
ACQUIRE_SECONDS: Final = 10
# A request that carries an Idempotency-Key is one transaction, opened by the first of its actions; the others join it.
_joined: ContextVar[Joined | None] = ContextVar("joined_transaction", default=None)


class Database:
    """A pool of connections to PostgreSQL, the bus and the clock that belong to it."""

    def __init__(self, pool: asyncpg.Pool, bus: Bus, clock: Clock, check: Callable[[], None] = lambda: None) -> None:
        self.pool = pool
        self.check = check
        """Raises OSError when it is known that nobody would answer."""
        self.bus = bus
        self.clock = clock
        self.statements = 0
        """Statements sent since the start, BEGIN and COMMIT not counted; tests assert differences of it."""

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Transaction, None]:
        """Opens a transaction, or joins the one of this task (`joined`), which stays open after the block.

        Nobody waits inside for anything but the database: see `tests/transactions.py`.
        """
        joined = _joined.get()
        # What a task has left running may outlive what it joined.
        if joined is None or joined.ended:
            async with self.opened_apart() as transaction:
                yield transaction
        else:
            transaction = await joined.opened()
            async with transaction.savepoint():
                yield transaction

    @asynccontextmanager
    async def opened_apart(self) -> AsyncGenerator[Transaction, None]:
        """Opens a transaction of its own."""
        self.check()
        async with self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
            transaction = Transaction(connection, self.clock, self._count)
            async with connection.transaction():
                yield transaction
                if transaction.enclosed:
                    await self.bus.enclose(transaction.execute, *transaction.enclosed)
            # Nothing may come between the commit and its hints, not even giving the connection back.
            self.bus.publish(*transaction.announcements)

    @asynccontextmanager
    async def joined(
        self, begin: Begin | None = None, most_at_once: Semaphore | None = None
    ) -> AsyncGenerator[Joined, None]:
        """Makes every `transaction()` of the same task one, from the first of them to the end of the block.

        It begins with `begin`, and with a place among `most_at_once`, both only once somebody opens it. What a task
        writes without a `transaction()` before that is not part of it.
        """
        joined = Joined(self.opened_apart, begin, most_at_once)
        token = _joined.set(joined)
        try:
            yield joined
        except BaseException as error:
            await joined.end(error)
            raise
        else:
            await joined.end(None)
        finally:
            _joined.reset(token)

    @asynccontextmanager
    async def together(self) -> AsyncGenerator[None, None]:
        """Makes every `transaction()` of the block one; where the task has one already, the block is part of it."""
        joined = _joined.get()
        if joined is not None and not joined.ended:
            yield
        else:
            async with self.joined():
                yield

    @property
    def apart(self) -> Queries:
        """Statements outside any joined transaction: what must last even when the request fails."""
        return Statements(self.pool, self._check_and_count)

    def _here(self) -> Queries:
        joined = _joined.get()
        return (joined and joined.transaction) or self.apart

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """All rows."""
        return await self._here().fetch(sql, *values)

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        """The first row."""
        return await self._here().fetchrow(sql, *values)

    async def fetchval(self, sql: str, *values: object) -> Any:
        """The first column of the first row."""
        return await self._here().fetchval(sql, *values)

    async def execute(self, sql: str, *values: object) -> str:
        """Runs a statement and returns its command tag."""
        return await self._here().execute(sql, *values)

    def _count(self) -> None:
        self.statements += 1

    def _check_and_count(self) -> None:
        self.check()
        self.statements += 1
