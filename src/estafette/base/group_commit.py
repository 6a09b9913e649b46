"""Group commit: what is handed over at the same time in one process is stored in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Final, Generic, TypeVar

import asyncpg

from estafette.base.database import DATABASE_IS_AWAY, Database, Transaction
from estafette.base.errors import Problem, Unavailable

BATCH: Final = 200
WAITING: Final = 5_000
MANY: Final = 10

Item = TypeVar("Item")
Kept = TypeVar("Kept")
Pending = tuple[Item, "asyncio.Future[Kept]"]
StoreAll = Callable[[Transaction, Sequence[Item]], Awaitable[Sequence[Kept | Problem]]]
"""Stores items in a transaction; each gets what is kept of it, or the problem that concerns it alone."""


class GroupCommit(Generic[Item, Kept]):
    """Gathers the items of one process: while one batch commits the next one fills, so a lone one never waits."""

    def __init__(
        self,
        database: Database,
        store_all: "StoreAll[Item, Kept]",
        *,
        waiting: int = WAITING,
        gather_seconds: float = 0.0,
    ) -> None:
        """`waiting` may wait at a time; after a batch of `MANY` a moment's patience halves the number of commits."""
        self._database = database
        self._most_waiting = waiting
        self._gather_seconds = gather_seconds
        self._store_all = store_all
        self._waiting: list[Pending[Item, Kept]] = []
        self._storing: asyncio.Task[None] | None = None

    async def put(self, item: Item) -> Kept:
        """Stores an item and returns what is kept of it; raises its problem, or Unavailable when too many wait.

        When the database is lost, the outcome is not known.
        """
        if len(self._waiting) >= self._most_waiting:
            raise Unavailable
        answer: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._storing is None:
            # A context of its own: the batch must not join the transaction of the request that happened to start it.
            self._storing = asyncio.create_task(self._store_waiting(), context=Context())
        return await answer

    async def _store_waiting(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                await self._store(batch)
                if self._gather_seconds and len(batch) >= MANY:
                    await asyncio.sleep(self._gather_seconds)
        finally:
            self._storing = None
            # Only a loop that is shut down leaves somebody here.
            for _, answer in self._waiting:
                _answer(answer, Unavailable())
            self._waiting = []

    async def _store(self, batch: "Sequence[Pending[Item, Kept]]", *, again: bool = True) -> None:
        """Stores a batch in one transaction; what cannot be stored together is stored apart."""
        try:
            async with self._database.transaction() as transaction:
                outcomes = await self._store_all(transaction, [item for item, _ in batch])
        except BaseException as error:
            if isinstance(error, DATABASE_IS_AWAY) or not isinstance(error, Exception):
                for _, answer in batch:
                    _answer(answer, error if isinstance(error, Exception) else Unavailable())
                if not isinstance(error, Exception):
                    raise
            elif len(batch) > 1:
                # One is bad: each gets a transaction of its own, so that it fails alone.
                for one in batch:
                    await self._store([one])
            elif again and isinstance(error, asyncpg.IntegrityConstraintViolationError):
                # What it collides with was committed elsewhere meanwhile; now it can be seen.
                await self._store(batch, again=False)
            else:
                _answer(batch[0][1], error)
        else:
            for (_, answer), outcome in zip(batch, outcomes, strict=True):
                _answer(answer, outcome)


def _answer(answer: "asyncio.Future[Kept]", outcome: Kept | Exception) -> None:
    # Whoever gave up waiting does not disturb the others.
    if answer.done():
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
