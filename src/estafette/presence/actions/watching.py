"""Who looks at whom in this process: a change is read once for all who look, and not at all if nobody does."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
import structlog

from estafette.accounts import ORGANISATION
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.presence.actions.announcing import PresenceChange
from estafette.presence.models.frames import PresenceFrame
from estafette.presence.models.presences import Presence, PresenceRow
from estafette.presence.rules.showing import next_change, presence_at, unknown
from estafette.presence.store import presences as store
from estafette.realtime import Connection, Frame

READ_AGAIN_SECONDS: Final = 60.0
"""What a lost event costs at most."""
PEOPLE_IN_A_READING: Final = 1_000
AWAY_SECONDS: Final = 0.5
_ABOUT: Final = frozenset((ORGANISATION,))
"""Whoever may read the organisation, its employees, may see who is there."""

_log = structlog.get_logger(__name__)


class Watching:
    """Tells connections of the people whom they show: a snapshot first, then what changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shown: dict[Connection, frozenset[UUID]] = {}
        self._watchers: dict[UUID, dict[Connection, None]] = {}
        self._held: dict[UUID, Presence] = {}
        """The presence of everybody who is looked at, as it was told."""
        self._ends: dict[UUID, datetime] = {}
        """When something of theirs ends by itself."""
        self._doubtful: set[UUID] = set()
        self._asking: dict[Connection, None] = {}
        self._wake = asyncio.Event()

    def show(self, connection: Connection, people: Iterable[UUID]) -> None:
        """Lets a connection be told of these people and no others; others than employees are told nothing."""
        if ORGANISATION not in connection.topics:
            return
        self._forget(connection)
        self._shown[connection] = shown = frozenset(people)
        for person in shown:
            self._watchers.setdefault(person, {})[connection] = None
        self._asking[connection] = None
        self._doubt(shown - self._held.keys())

    def leave(self, connection: Connection) -> None:
        """Lets a connection be told of nobody any more."""
        self._forget(connection)
        self._asking.pop(connection, None)

    def hear(self, data: msgspec.Raw) -> None:
        """Notes whose presence is another now, as far as anybody here looks at them."""
        self._doubt_looked_at(msgspec.json.decode(data, type=PresenceChange).people)

    def hear_identity(self, data: msgspec.Raw) -> None:
        """Notes that somebody may have come to the organisation or left it."""
        self._doubt_looked_at([msgspec.json.decode(data, type=_Identity).person])

    def doubt_everybody(self) -> None:
        """Notes that something may have been missed."""
        self._doubt(self._watchers)

    async def keep_telling(self) -> None:
        """Reads what has changed and tells it, until it is cancelled."""
        while True:
            await self._until_woken()
            doubtful, self._doubtful = self._doubtful & self._watchers.keys(), set()
            try:
                changed = await self._read(doubtful)
            except DATABASE_IS_AWAY as error:
                _log.warning("presence not read", reason=type(error).__name__)
                self._doubt(doubtful)
                await asyncio.sleep(AWAY_SECONDS)
                continue
            self._tell(changed)

    async def _until_woken(self) -> None:
        """Waits until there is something to do, or until something ends by itself."""
        now = self._database.clock.now()
        soonest = min(self._ends.values(), default=None)
        seconds = READ_AGAIN_SECONDS if soonest is None else min(READ_AGAIN_SECONDS, (soonest - now).total_seconds())
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._wake.wait()
        except TimeoutError:
            now = self._database.clock.now()
            over = [person for person, end in self._ends.items() if end <= now]
            self._doubt(over) if seconds < READ_AGAIN_SECONDS else self.doubt_everybody()
        self._wake.clear()

    async def _read(self, people: set[UUID]) -> list[Presence]:
        """Takes over the presence of people, and returns that of those for whom it was another."""
        waiting, found = list(people), dict[UUID, PresenceRow]()
        for start in range(0, len(waiting), PEOPLE_IN_A_READING):
            some = waiting[start : start + PEOPLE_IN_A_READING]
            rows = await store.read(self._database.apart, some, self._database.clock.shift)
            found |= {row.person_id: row for row in rows}
        now = self._database.clock.now()
        # Whoever is looked at no longer is not held either.
        return [each for person in waiting if person in self._watchers and (each := self._take(person, found, now))]

    def _take(self, person: UUID, found: Mapping[UUID, PresenceRow], now: datetime) -> Presence | None:
        """Holds somebody's presence; None if it was held before."""
        row = found.get(person)
        presence = presence_at(row, now) if row else unknown(person)
        self._ends.pop(person, None)
        if row and (end := next_change(row, now)) is not None:
            self._ends[person] = end
        if self._held.get(person) == presence:
            return None
        self._held[person] = presence
        return presence

    def _tell(self, changed: Sequence[Presence]) -> None:
        """Sends snapshots to those who asked, and to all others what they show of what changed."""
        asking = {each for each in self._asking if self._shown[each] <= self._held.keys()}
        for connection in asking:
            del self._asking[connection]
        news: dict[Connection, list[Presence]] = {}
        for presence in changed:
            for connection in self._watchers.get(presence.id, ()):
                if connection not in asking:
                    news.setdefault(connection, []).append(presence)
        made: dict[tuple[UUID, ...], Frame] = {}
        for connection, some in news.items():
            # Most of those who are told at the same time are told the same.
            key = tuple(each.id for each in some)
            frame = made.get(key) or made.setdefault(key, _frame(some, snapshot=False))
            self._push(connection, frame)
        for connection in asking:
            self._push(connection, _frame([self._held[each] for each in self._shown[connection]], snapshot=True))

    def _push(self, connection: Connection, frame: Frame) -> None:
        # Rights may have changed since; what is kept back meanwhile is told if they turn out not to have.
        if ORGANISATION in connection.topics:
            connection.push_about(_ABOUT, frame)

    def _doubt_looked_at(self, people: Sequence[UUID]) -> None:
        looked_at = [person for person in people if person in self._watchers]
        if looked_at:
            self._doubt(looked_at)

    def _doubt(self, people: Iterable[UUID]) -> None:
        self._doubtful.update(people)
        self._wake.set()

    def _forget(self, connection: Connection) -> None:
        for person in self._shown.pop(connection, ()):
            watchers = self._watchers[person]
            del watchers[connection]
            if not watchers:
                del self._watchers[person]
                self._held.pop(person, None)
                self._ends.pop(person, None)


class _Identity(msgspec.Struct, frozen=True):
    person: UUID


def _frame(people: list[Presence], *, snapshot: bool) -> Frame:
    return Frame(msgspec.json.encode(PresenceFrame(snapshot=snapshot, people=people)).decode())
