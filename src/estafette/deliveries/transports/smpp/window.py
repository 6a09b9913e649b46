"""How many messages may be unanswered at a time."""

import asyncio
from collections import deque
from typing import Final

FIRST: Final = 8


class Window:
    """Begins small and grows with each answer, so that a gateway that never answers gets little from us."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._allowed = min(FIRST, size)
        self._taken = 0
        self._waiting: deque[asyncio.Future[bool]] = deque()
        self._some_free = asyncio.Event()
        self._some_free.set()
        self._closed = False

    async def capacity(self) -> int:
        """Waits until a place is free that nobody waits for, and says how many are; for ever once it is closed."""
        await self._some_free.wait()
        return self._allowed - self._taken

    async def take(self, seconds: float) -> bool:
        """Takes a place, after those who asked earlier; False when none was to be had in time, or it was closed."""
        if self._closed:
            return False
        if self._taken < self._allowed and not self._waiting:
            self._taken += 1
            self._notify()
            return True
        lease: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(lease)
        self._notify()
        taken = False
        try:
            async with asyncio.timeout(seconds):
                taken = await lease
        except TimeoutError:
            pass
        finally:
            if not taken:
                self._leave(lease)
        return taken

    def free(self, *, answered: bool) -> None:
        """Gives a place back; an answer makes the window grow."""
        self._taken -= 1
        if answered and self._allowed < self._size:
            self._allowed += 1
        while self._waiting and self._taken < self._allowed:
            lease = self._waiting.popleft()
            if not lease.done():
                self._taken += 1
                lease.set_result(True)
        self._notify()

    def close(self) -> None:
        """Lets nobody in any more."""
        self._closed = True
        while self._waiting:
            lease = self._waiting.popleft()
            if not lease.done():
                lease.set_result(False)
        self._notify()

    def _leave(self, lease: asyncio.Future[bool]) -> None:
        if not lease.cancelled() and lease.done() and lease.result():
            self.free(answered=False)  # the place came in the moment in which nobody wanted it any more
        elif lease in self._waiting:
            self._waiting.remove(lease)
            self._notify()

    def _notify(self) -> None:
        if not self._closed and self._taken < self._allowed and not self._waiting:
            self._some_free.set()
        else:
            self._some_free.clear()
