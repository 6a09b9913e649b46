"""Takes people in turn: few at once, one of each person at a time, and nobody waits behind another's crowd."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Hashable
from contextlib import asynccontextmanager
from typing import Final

from estafette.base.errors import TooMany

RETRY_SECONDS: Final = 10


class FairQueue:
    """`at_once` run at the same time, never two of the same person; `waiting` of one person may wait."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._free = at_once
        self._most_waiting = waiting
        # In the order in which they come to their turn.
        self._waiting: dict[Hashable, deque[asyncio.Future[None]]] = {}
        self._running: set[Hashable] = set()

    @asynccontextmanager
    async def turn(self, who: Hashable) -> AsyncGenerator[None, None]:
        """Waits for a turn and has it until the end of the block; raises TooMany when too many of `who` wait."""
        await self._come(who)
        try:
            yield
        finally:
            self._leave(who)

    async def _come(self, who: Hashable) -> None:
        queue = self._waiting.setdefault(who, deque())
        if len(queue) >= self._most_waiting:
            raise TooMany(retry_after=RETRY_SECONDS)
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(mine)
        self._call_next()
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._leave(who)  # It was called in the moment in which it gave up.
            raise

    def _leave(self, who: Hashable) -> None:
        self._running.discard(who)
        self._free += 1
        self._call_next()

    def _call_next(self) -> None:
        for who in list(self._waiting):
            if not self._free:
                return
            queue = self._waiting[who]
            while queue and queue[0].done():  # Gave up waiting.
                queue.popleft()
            if queue and who not in self._running:
                self._free -= 1
                self._running.add(who)
                queue.popleft().set_result(None)
                # To the end of the line, with what else they brought.
                self._waiting[who] = self._waiting.pop(who)
            if not queue:
                del self._waiting[who]
