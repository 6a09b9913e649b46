"""A worker of days gone by: what the demo sent then was sent by the loops of today, by a clock that is set back."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import Final, Self

from estafette import communications, deliveries, notifications
from estafette.base.database import Database
from estafette.base.quotas import Quotas
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.main.transport_environment import transport_environment

Done = Callable[[], Awaitable[bool]]

LOOKS_EVERY: Final = 0.05
PATIENCE: Final = 15.0  # seconds; what takes longer goes on when the demo is up


class Past:
    """Works while its clock is moved on from one moment that is over to the next, and ends with the block."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database, self._settings = database, settings
        self._stop = asyncio.Event()

    async def __aenter__(self) -> Self:
        database, environment = self._database, transport_environment(self._settings)
        vault = open_vault(self._settings.data)
        links = communications.PreferenceLinks(self._settings.origin, vault)
        writer = communications.Writer(notifications.SENDER_NAME, links)
        self._work = asyncio.gather(
            communications.run_communications(database, writer.write, Quotas(), self._stop),
            communications.run_telling(database, self._stop),
            deliveries.run_dispatch(database, vault, environment, self._stop),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        await self._work

    def set_clock(self, at: datetime) -> None:
        """It is that time now."""
        clock = self._database.clock
        clock.move(at - clock.now())

    async def until(self, done: Done) -> None:
        """Waits until that has come about, and keeps the totals of then for charts."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    if await done():
                        break
                    await asyncio.sleep(LOOKS_EVERY)
        await communications.note_progress(self._database)
