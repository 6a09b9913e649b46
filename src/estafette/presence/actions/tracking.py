"""Who is connected to this process: told to the database in batches, and by a heartbeat that it is still true."""

import asyncio
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from asyncpg import ForeignKeyViolationError

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.ids import new_id
from estafette.presence.actions.announcing import changed
from estafette.presence.store import connections as store
from estafette.realtime import Connection

BEAT_SECONDS: Final = 5.0
"""Six of them may fail before a process is taken for dead (`store.EXPIRY`)."""
GATHER_SECONDS: Final = 0.1
"""What happens in this time is stored together: after a restart everybody comes back at once."""
ABSENT_SECONDS: Final = 5.0
"""Who is back by then was never gone for anybody."""
AWAY_SECONDS: Final = 0.5

_log = structlog.get_logger(__name__)


class Tracker:
    """Keeps what the database holds of a process in step with its connections."""

    def __init__(self, database: Database) -> None:
        self.id = new_id()
        self._database = database
        self._connections: dict[UUID, dict[Connection, bool]] = {}
        """Those of each person, and whether somebody is active there."""
        self._leaving: dict[UUID, asyncio.TimerHandle] = {}
        """Who has gone a moment ago and may be back in another."""
        self._left_at: dict[UUID, datetime] = {}
        """Who has gone for good, and when."""
        self._stored: dict[UUID, bool] = {}
        """What the database holds of this process."""
        self._doubtful: set[UUID] = set()
        """Whoever may be stored otherwise than they are."""
        self._wake = asyncio.Event()

    def see(self, connection: Connection) -> None:
        """Notes that a connection is there; its person counts as active until they say otherwise."""
        person = connection.subscriber.id
        mine = self._connections.setdefault(person, {})
        if connection not in mine:
            mine[connection] = True
            self._left_at.pop(person, None)
            if (leaving := self._leaving.pop(person, None)) is not None:
                leaving.cancel()
            self._doubt(person)

    def mark(self, connection: Connection, *, active: bool) -> None:
        """Notes whether somebody is active at a connection."""
        mine = self._connections.get(connection.subscriber.id, {})
        if connection in mine and mine[connection] != active:
            mine[connection] = active
            self._doubt(connection.subscriber.id)

    def lose(self, connection: Connection) -> None:
        """Notes that a connection has ended; without another one its person is gone a few seconds later."""
        person = connection.subscriber.id
        mine = self._connections.get(person, {})
        if mine.pop(connection, None) is None:
            return
        if mine:
            self._doubt(person)
            return
        del self._connections[person]
        left_at = self._database.clock.now()
        self._leaving[person] = asyncio.get_running_loop().call_later(ABSENT_SECONDS, self._give_up, person, left_at)

    async def keep_storing(self) -> None:
        """Stores who came, left, rests or is active again, until it is cancelled."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._wake.clear()
            doubtful, self._doubtful = self._doubtful, set()
            try:
                await self._store(doubtful)
            except (*DATABASE_IS_AWAY, ForeignKeyViolationError) as error:
                if isinstance(error, ForeignKeyViolationError):
                    # Taken for dead, or never heard of: the next heartbeat begins anew.
                    await self._beat()
                _log.warning("presence not stored", reason=type(error).__name__)
                self._doubtful |= doubtful
                self._wake.set()
                await asyncio.sleep(AWAY_SECONDS)

    async def keep_beating(self) -> None:
        """Says that this process lives, and buries those that do not, until it is cancelled."""
        while True:
            await self._beat()
            await asyncio.sleep(BEAT_SECONDS)

    async def _beat(self) -> None:
        try:
            if await store.beat(self._database.apart, self.id, self._database.clock.shift):
                # What was stored before, if anything, went with the process that was taken for dead.
                self._stored.clear()
                for person in self._connections:
                    self._doubt(person)
            gone = await store.reap(self._database.apart, self._database.clock.shift)
        except (*DATABASE_IS_AWAY, ForeignKeyViolationError) as error:
            _log.warning("heartbeat of presence missed", reason=type(error).__name__)
            return
        self._database.bus.publish(*changed(gone))

    async def _store(self, doubtful: set[UUID]) -> None:
        active = {
            person: any(mine.values())
            for person in doubtful
            if (mine := self._connections.get(person)) and self._stored.get(person) != any(mine.values())
        }
        gone = {person: self._left_at[person] for person in doubtful & self._left_at.keys()}
        left = {person: at for person, at in gone.items() if person in self._stored}
        if active or left:
            await store.store(self._database.apart, self.id, active, left)
            self._database.bus.publish(*changed([*active, *left]))
        self._stored.update(active)
        for person in gone:
            self._stored.pop(person, None)
            self._left_at.pop(person, None)

    def _give_up(self, person: UUID, left_at: datetime) -> None:
        self._leaving.pop(person, None)
        self._left_at[person] = left_at
        self._doubt(person)

    def _doubt(self, person: UUID) -> None:
        self._doubtful.add(person)
        self._wake.set()
