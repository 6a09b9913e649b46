"""Statements: over what they go, what they take and answer, what they raise when the database is away."""

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import asyncpg

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


class Statements:
    """Statements over one connection, or over a pool that lends one to each of them."""

    def __init__(self, over: Any, before: Callable[[], None]) -> None:
        """`before` is called before each."""
        self._over = over
        self._before = before

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """All rows."""
        self._before()
        return await self._over.fetch(sql, *values)

    async def fetchrow(self, sql: str, *values: object) -> asyncpg.Record | None:
        """The first row."""
        self._before()
        return await self._over.fetchrow(sql, *values)

    async def fetchval(self, sql: str, *values: object) -> Any:
        """The first column of the first row."""
        self._before()
        return await self._over.fetchval(sql, *values)

    async def execute(self, sql: str, *values: object) -> str:
        """Runs a statement and returns its command tag."""
        self._before()
        return await self._over.execute(sql, *values)


def one(record: asyncpg.Record | None) -> asyncpg.Record:
    """The row of a statement that always answers with one."""
    if record is None:
        raise LookupError("the statement answered with no row")
    return record


def tuples(columns: Sequence[Sequence[object]]) -> list[list[object]]:
    """Turns rows into the columns that `unnest($1, $2, …)` takes."""
    return [list(column) for column in zip(*columns, strict=True)]
