"""An open transaction."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from estafette.base.bus import Event
from estafette.base.clock import Clock
from estafette.base.database.statements import Statements


class Transaction(Statements):
    """An open transaction; what it announces goes to the bus only after the commit."""

    def __init__(self, connection: Any, clock: Clock, before: Callable[[], None]) -> None:
        super().__init__(connection, before)
        self.clock = clock
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

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None, None]:
        """A part that can fail without taking the whole transaction along."""
        kept, enclosed = len(self.announcements), len(self.enclosed)
        try:
            async with self._over.transaction():
                yield
        except BaseException:
            # What is undone must not be hinted at.
            del self.announcements[kept:], self.enclosed[enclosed:]
            raise
