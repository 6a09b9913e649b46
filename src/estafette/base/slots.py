"""A number of slots: who wants one can wait for it."""

from asyncio import Event
from collections.abc import Generator
from contextlib import contextmanager


class Slots:
    """Counts what is running. It turns nobody away: whoever asked `free` first keeps within the size."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._inside = 0
        self._some_free = Event()
        self._some_free.set()

    async def free(self) -> int:
        """Waits until a slot is free, and says how many are."""
        await self._some_free.wait()
        return self._size - self._inside

    @contextmanager
    def taken(self) -> Generator[None, None, None]:
        """Takes a slot for as long as the block lasts."""
        self._inside += 1
        self._update()
        try:
            yield
        finally:
            self._inside -= 1
            self._update()

    def _update(self) -> None:
        if self._inside < self._size:
            self._some_free.set()
        else:
            self._some_free.clear()
