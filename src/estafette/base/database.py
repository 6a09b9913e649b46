"""The one way to PostgreSQL: reads, and transactions whose announcements go out after the commit."""

from asyncio import Semaphore
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final, Protocol

import asyncpg
import msgspec

from estafette.base.bus import Bus, Event
from estafette.base.clock import Clock

DATABASE_IS_AWAY: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    # What the client says when a link is cut in the middle of its handshake.
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    # Going down, coming up, or ending a connection for a reason of its own (class 57); out of room for us (class 53).
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
)
"""What a statement raises when the server cannot be reached or gave up: the same may work in a moment."""


class Queries(Protocol):
    """What a store function needs: the database itself or an open transaction."""

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """All rows."""
        ...

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        """The first row."""
        ...

    async def fetchval(self, sql: str, *values: object) -> Any:
        """The first column of the first row."""
        ...

    async def execute(self, sql: str, *values: object) -> str:
        """Runs a statement and returns its command tag."""
        ...


class Transaction:
    """An open transaction; what it announces goes to the bus only after the commit."""

    def __init__(self, connection: Any, database: "Database") -> None:
        self._connection = connection
        self.database = database
        self.clock = database.clock
        self.announcements: list[Event] = []
        self.enclosed: list[Event] = []

    def announce(self, *events: Event, with_commit: bool = False) -> None:
        """Keeps hints for after the commit; `with_commit` makes them part of it as well, for those nobody repeats."""
        self.announcements.extend(events)
        if with_commit:
            self.enclosed.extend(events)

    def enclose(self, *events: Event) -> None:
        """Makes hints part of the commit and nothing else: they come once, in the order of the commits."""
        self.enclosed.extend(events)

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """All rows."""
        self.database.statements += 1
        return await self._connection.fetch(sql, *values)

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        """The first row."""
        self.database.statements += 1
        return await self._connection.fetchrow(sql, *values)

    async def fetchval(self, sql: str, *values: object) -> Any:
        """The first column of the first row."""
        self.database.statements += 1
        return await self._connection.fetchval(sql, *values)

    async def execute(self, sql: str, *values: object) -> str:
        """Runs a statement and returns its command tag."""
        self.database.statements += 1
        return await self._connection.execute(sql, *values)

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None, None]:
        """A part that can fail without taking the whole transaction along."""
        kept, enclosed = len(self.announcements), len(self.enclosed)
        try:
            async with self._connection.transaction():
                yield
        except BaseException:
            # What is undone must not be hinted at.
            del self.announcements[kept:], self.enclosed[enclosed:]
            raise


Begin = Callable[[Transaction], Awaitable[None]]
"""What is done first in a transaction, before the statements of whoever opened it."""


class Joined:
    """The one transaction of a task: opened by whoever needs it first, joined by all others, ended by its owner.

    What a task waits for before that (a hash, a lookup elsewhere) holds no connection and no lock of a row.
    """

    def __init__(self, database: "Database", begin: Begin | None, most_at_once: Semaphore | None) -> None:
        self._database = database
        self._begin = begin
        self._most_at_once = most_at_once
        self._held = AsyncExitStack()
        self.ended = False
        self.transaction: Transaction | None = None
        """None while nobody has needed it."""

    async def opened(self) -> Transaction:
        """The transaction, opened now if it was not; raises what `begin` raises, and then holds nothing."""
        if self.transaction is None:
            async with AsyncExitStack() as stack:
                # Before a connection is taken: who stands here holds nothing.
                if self._most_at_once is not None:
                    await stack.enter_async_context(self._most_at_once)
                transaction = await stack.enter_async_context(self._database.opened_apart())
                if self._begin is not None:
                    await self._begin(transaction)
                self._held, self.transaction = stack.pop_all(), transaction
        return self.transaction

    async def end(self, error: BaseException | None) -> None:
        """Commits, or after an error rolls back, what was opened."""
        self.ended, self.transaction = True, None
        await self._held.__aexit__(type(error) if error else None, error, error.__traceback__ if error else None)


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
            transaction = Transaction(connection, self)
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
        joined = Joined(self, begin, most_at_once)
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

    @property
    def apart(self) -> Queries:
        """Statements outside any joined transaction: what must last even when the request fails."""
        return _Pooled(self)

    def _here(self) -> Queries:
        joined = _joined.get()
        return (joined and joined.transaction) or _Pooled(self)

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


class _Pooled:
    """Statements that take a connection of the pool each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        self._database.check()
        self._database.statements += 1
        return await self._database.pool.fetch(sql, *values)

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        self._database.check()
        self._database.statements += 1
        return await self._database.pool.fetchrow(sql, *values)

    async def fetchval(self, sql: str, *values: object) -> Any:
        self._database.check()
        self._database.statements += 1
        return await self._database.pool.fetchval(sql, *values)

    async def execute(self, sql: str, *values: object) -> str:
        self._database.check()
        self._database.statements += 1
        return await self._database.pool.execute(sql, *values)


# Longer than a request should take; whoever waits so long for a connection is told to come back.
ACQUIRE_SECONDS: Final = 10
SESSION: Final = {
    "application_name": "estafette",
    "timezone": "UTC",
    # Whoever holds a row for longer is stuck: the others fail and say so, and a frozen process is cut off.
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    # Plans are kept. One made while a table was still small must not read it from end to end when it has grown.
    "enable_seqscan": "off",
    "jit": "off",
}


async def open_pool(dsn: str, *, size: int = 10, connect: Callable[..., Awaitable[Any]] | None = None) -> asyncpg.Pool:
    """A pool of at most `size` connections; jsonb columns are read and written as Python values.

    `connect` is called like asyncpg's for each connection.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=min(2, size),
        max_size=size,
        connect=connect,
        init=_prepare_connection,
        # A pooled connection is never left with open state, so the four statements of a reset would be wasted.
        reset=_leave_as_it_is,
        command_timeout=60,
        server_settings=SESSION,
    )


async def _prepare_connection(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda value: msgspec.json.decode(value[1:]),
        format="binary",
    )


async def _leave_as_it_is(connection: Any) -> None:
    return None


def one(record: asyncpg.Record | None) -> asyncpg.Record:
    """The row of a statement that always answers with one."""
    if record is None:
        raise LookupError("the statement answered with no row")
    return record


def tuples(columns: Sequence[Sequence[object]]) -> list[list[object]]:
    """Turns rows into the columns that `unnest($1, $2, …)` takes."""
    return [list(column) for column in zip(*columns, strict=True)]
