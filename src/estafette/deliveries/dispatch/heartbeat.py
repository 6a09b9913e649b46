"""The heartbeat of a worker: as long as it comes, nobody else decides what became of what it submits."""

import asyncio
import time
from typing import Final
from uuid import UUID

import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.ids import new_id
from estafette.deliveries.store import dispatchers, links
from estafette.deliveries.store.links import Slot

BEAT_SECONDS: Final = 2.0
# Whoever was cut off from the database itself cannot tell who else is dead.
STEADY_SECONDS: Final = 15.0

_log = structlog.get_logger(__name__)


class Heartbeat:
    """Tells the database that this worker lives, and renews what it has leased."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.id: UUID = new_id()
        self.slots: set[Slot] = set()
        """The links that this worker may hold, as of the last beat."""
        self._registered = False
        self._steady_since = 0.0
        self._last_beat = 0.0

    @property
    def is_steady(self) -> bool:
        """Whether it has beaten long enough to know that a silent one is dead."""
        now = time.monotonic()
        return now - self._last_beat < 2 * BEAT_SECONDS and now - self._steady_since >= STEADY_SECONDS

    async def beat(self) -> None:
        """One beat; a worker that was declared dead begins anew under another id."""
        if not self._registered or not await dispatchers.see(self._database, self.id):
            if self._registered:
                _log.warning("this worker was declared dead and begins anew", dispatcher=str(self.id))
                self.id = new_id()
            await dispatchers.register(self._database, self.id)
            self._registered = True
        self.slots = await links.renew(self._database, self.id)
        now = time.monotonic()
        if now - self._last_beat > 2.5 * BEAT_SECONDS:
            self._steady_since = now
        self._last_beat = now

    async def run(self) -> None:
        """Beats until cancelled, whatever happens to the database."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self.beat()
            except DATABASE_IS_AWAY as error:
                _log.warning("heartbeat missed", reason=type(error).__name__)
            except Exception:
                _log.exception("heartbeat failed")
