"""Presence in a web process: it observes the live connections, and tells them."""

import asyncio

from estafette.accounts import IDENTITY, ORGANISATION
from estafette.base.database import Database
from estafette.presence.actions.announcing import PRESENCE
from estafette.presence.actions.tracking import Tracker
from estafette.presence.actions.watching import Watching
from estafette.realtime import Active, Connection, FromClient, Idle, ShowPresence


class LivePresence:
    """Tracks who is connected here, and tells who looks."""

    def __init__(self, database: Database) -> None:
        self._tracker = Tracker(database)
        self._watching = Watching(database)
        self._tasks: list[asyncio.Task[None]] = []
        database.bus.on(PRESENCE, self._watching.hear)
        database.bus.on(IDENTITY, self._watching.hear_identity)
        database.bus.on_gap(self._watching.doubt_everybody)

    async def start(self) -> None:
        """Begins to store and to tell."""
        tasks = (self._tracker.keep_beating(), self._tracker.keep_storing(), self._watching.keep_telling())
        self._tasks = [asyncio.create_task(each) for each in tasks]

    async def stop(self) -> None:
        """Ends it. Whoever was connected here counts so until they are back elsewhere, or the process expires."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def opened(self, connection: Connection) -> None:
        """Somebody is connected."""
        if ORGANISATION in connection.topics and not connection.is_closing:
            self._tracker.see(connection)

    def heard(self, connection: Connection, frame: FromClient) -> None:
        """A client said something; who has become an employee since is seen by that."""
        self.opened(connection)
        match frame:
            case Active():
                self._tracker.mark(connection, active=True)
            case Idle():
                self._tracker.mark(connection, active=False)
            case ShowPresence():
                self._watching.show(connection, frame.people)
            case _:
                pass

    def closed(self, connection: Connection) -> None:
        """Somebody's connection has ended."""
        self._tracker.lose(connection)
        self._watching.leave(connection)
