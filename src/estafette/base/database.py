"""The one way to PostgreSQL: reads, and transactions whose announcements go out after the commit."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
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


# A request that carries an Idempotency-Key is one transaction from the edge on; actions then join it.
_joined: ContextVar[Transaction | None] = ContextVar("joined_transaction", default=None)


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
        """Opens a transaction, or joins the one that the edge has opened for a keyed request."""
        joined = _joined.get()
        if joined is not None:
            async with joined.savepoint():
                yield joined
            return
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
    async def joined(self) -> AsyncGenerator[Transaction, None]:
        """Opens a transaction that every `transaction()` of the same task joins until it ends."""
        async with self.transaction() as transaction:
            token = _joined.set(transaction)
            try:
                yield transaction
            finally:
                _joined.reset(token)

    @property
    def apart(self) -> Queries:
        """Statements outside any joined transaction: what must last even when the request fails."""
        return _Pooled(self)

    def _here(self) -> Queries:
        return _joined.get() or _Pooled(self)

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
