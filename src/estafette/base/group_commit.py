"""Group commit: what is handed over at the same time in one process is stored together."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextvars import Context
from enum import Enum
from typing import Final, Generic, TypeVar

import asyncpg

from estafette.base.database import DATABASE_IS_AWAY, Database, Transaction
from estafette.base.errors import Problem, Unavailable

BATCH: Final = 200
WAITING: Final = 5_000
MANY: Final = 10
# Each of them keeps a connection of the pool while it waits for a lock.
HELD_UP_AT_ONCE: Final = 2

Item = TypeVar("Item")
Kept = TypeVar("Kept")
Pending = tuple[Item, "asyncio.Future[Kept]"]


class HeldUp(Enum):
    """The outcome of an item that goes apart from its batch: it waits with its lane, and nobody else does.

    Somebody else holds its lane, or it has to be judged without those before it.
    """

    LANE = "lane"


StoreAll = Callable[[Sequence[Item]], Awaitable[Sequence[Kept | Problem | HeldUp]]]
"""Stores items, all or none; each gets what is kept of it, or what concerns it alone."""
Admit = Callable[[Item], bool]
"""Whether an item goes into the batch that is being put together; the items of its lane that do not, go later."""


def _alike(_: object) -> Hashable:
    return None


def _admit_all() -> Admit[object]:
    return lambda _: True


class GroupCommit(Generic[Item, Kept]):
    """Gathers the items of one process: while one batch commits the next one fills, so a lone one never waits.

    Items of one lane are stored in their order and never by two batches at once; batches of different lanes may be in
    flight together.
    """

    def __init__(
        self,
        store_all: "StoreAll[Item, Kept]",
        *,
        store_held_up: "StoreAll[Item, Kept] | None" = None,
        lane: Callable[[Item], Hashable] = _alike,
        admission: "Callable[[], Admit[Item]]" = _admit_all,
        in_flight: int = 1,
        waiting: int = WAITING,
        gather_seconds: float = 0.0,
    ) -> None:
        """`waiting` may wait at a time; after a batch of `MANY` a moment's patience halves the number of commits.

        `store_held_up` stores items of one lane, waits for whoever holds it, and holds nothing up itself.
        """
        self._store_all = store_all
        self._store_held_up = store_held_up or store_all
        self._lane = lane
        self._admission = admission
        self._most_in_flight = in_flight
        self._most_waiting = waiting
        self._gather_seconds = gather_seconds
        self._lanes: dict[Hashable, deque[Pending[Item, Kept]]] = {}
        """What waits in each lane; a lane of which something is being stored is here, too."""
        self._ready: deque[Hashable] = deque()
        """Lanes with something to store, of which nothing is being stored."""
        self._waiting = 0
        self._storing = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._patience = asyncio.Semaphore(HELD_UP_AT_ONCE)

    async def put(self, item: Item) -> Kept:
        """Stores an item and returns what is kept of it; raises its problem, or Unavailable when too many wait.

        When the database is lost, the outcome is not known.
        """
        if self._waiting >= self._most_waiting:
            raise Unavailable
        answer: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        lane = self._lane(item)
        queue = self._lanes.get(lane)
        if queue is None:
            queue = self._lanes[lane] = deque()
            self._ready.append(lane)
        queue.append((item, answer))
        self._waiting += 1
        # However few wait: what holds up one batch, a lock that somebody else has, must not hold up the next lane.
        if self._ready and self._storing < self._most_in_flight:
            self._storing += 1
            self._begin(self._store_waiting())
        return await answer

    def _begin(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            await work

        # A context of its own: the batch must not join the transaction of the request that happened to start it.
        task = asyncio.create_task(run(), context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _store_waiting(self) -> None:
        try:
            while self._ready:
                lanes, batch = self._next_batch()
                held_up: list[Pending[Item, Kept]] = []
                try:
                    held_up = await self._store(self._store_all, batch)
                finally:
                    self._free(lanes, held_up)
                if self._gather_seconds and len(batch) >= MANY:
                    await asyncio.sleep(self._gather_seconds)
        finally:
            self._storing -= 1
            # Only a loop that is shut down leaves somebody here.
            if not self._storing:
                self._give_up(list(self._ready))

    def _next_batch(self) -> "tuple[list[Hashable], list[Pending[Item, Kept]]]":
        """What is stored next, and the lanes it is of, in which nothing else is stored meanwhile."""
        admit = self._admission()
        lanes: list[Hashable] = []
        batch: list[Pending[Item, Kept]] = []
        while self._ready and len(batch) < BATCH:
            lane = self._ready.popleft()
            lanes.append(lane)
            queue = self._lanes[lane]
            left: list[Pending[Item, Kept]] = []
            while queue and len(batch) < BATCH:
                pending = queue.popleft()
                (batch if admit(pending[0]) else left).append(pending)
            queue.extendleft(reversed(left))
        self._waiting -= len(batch)
        return lanes, batch

    def _free(self, lanes: Sequence[Hashable], held_up: "Sequence[Pending[Item, Kept]]") -> None:
        """Lets lanes go on after a batch; those that somebody else holds wait for themselves."""
        waiting: dict[Hashable, list[Pending[Item, Kept]]] = {}
        for pending in held_up:
            waiting.setdefault(self._lane(pending[0]), []).append(pending)
        for lane in lanes:
            if lane in waiting:
                self._lanes[lane].extendleft(reversed(waiting[lane]))
                self._waiting += len(waiting[lane])
                self._begin(self._store_lane(lane))
            elif self._lanes[lane]:
                self._ready.append(lane)
            else:
                del self._lanes[lane]

    async def _store_lane(self, lane: Hashable) -> None:
        """Stores what waits in a lane that was held up, and what comes meanwhile."""
        queue = self._lanes[lane]
        try:
            while queue:
                async with self._patience:
                    admit = self._admission()
                    batch: list[Pending[Item, Kept]] = []
                    while queue and len(batch) < BATCH and admit(queue[0][0]):
                        batch.append(queue.popleft())
                    self._waiting -= len(batch)
                    await self._store(self._store_held_up, batch)
        finally:
            self._give_up([lane])

    async def _store(
        self, store_all: "StoreAll[Item, Kept]", batch: "Sequence[Pending[Item, Kept]]", *, again: bool = True
    ) -> "list[Pending[Item, Kept]]":
        """Stores a batch at once; what cannot be stored together is stored apart. Returns what is held up."""
        held_up: list[Pending[Item, Kept]] = []
        try:
            outcomes = await store_all([item for item, _ in batch])
        except BaseException as error:
            if isinstance(error, DATABASE_IS_AWAY) or not isinstance(error, Exception):
                for _, answer in batch:
                    _answer(answer, error if isinstance(error, Exception) else Unavailable())
                if not isinstance(error, Exception):
                    raise
            elif len(batch) > 1:
                # One is bad: each is stored by itself, so that it fails alone.
                for one in batch:
                    held_up += await self._store(store_all, [one])
            elif again and isinstance(error, asyncpg.IntegrityConstraintViolationError):
                # What it collides with was committed elsewhere meanwhile; now it can be seen.
                held_up += await self._store(store_all, batch, again=False)
            else:
                _answer(batch[0][1], error)
        else:
            for pending, outcome in zip(batch, outcomes, strict=True):
                if isinstance(outcome, HeldUp):
                    held_up.append(pending)
                else:
                    _answer(pending[1], outcome)
        return held_up

    def _give_up(self, lanes: Sequence[Hashable]) -> None:
        for lane in lanes:
            queue = self._lanes.pop(lane)
            self._waiting -= len(queue)
            for _, answer in queue:
                _answer(answer, Unavailable())


def in_a_transaction(
    database: Database, store_all: Callable[[Transaction, Sequence[Item]], Awaitable[Sequence[Kept | Problem]]]
) -> "StoreAll[Item, Kept]":
    """Stores a batch in a transaction of its own."""

    async def store(items: Sequence[Item]) -> Sequence[Kept | Problem]:
        async with database.transaction() as transaction:
            return await store_all(transaction, items)

    return store


def _answer(answer: "asyncio.Future[Kept]", outcome: Kept | Exception) -> None:
    # Whoever gave up waiting does not disturb the others.
    if answer.done():
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
