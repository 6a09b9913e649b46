"""Live totals: whoever watches a communication is told where it stands, once a second at most and only what is new.

Each process asks for those that are watched through it, all in two statements; nobody asks while nobody looks.
"""

import asyncio
from typing import Final
from uuid import UUID

import msgspec
import structlog

from estafette.accounts import SignedIn
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.communications.models.communications import State, Totals
from estafette.communications.store import communications as store
from estafette.communications.store.totals import totals
from estafette.realtime import Connection, Frame, FromClient, Watch

SECONDS: Final = 1.0

_log = structlog.get_logger(__name__)


class CommunicationFrame(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="communication"):
    """Where a communication stands."""

    id: UUID
    state: State
    revision: int
    totals: Totals


class LiveCommunications:
    """Tells the connections of a process of the communications that they watch."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._told: dict[Connection, dict[UUID, Frame]] = {}
        """Who watches anything, with what they were told last."""
        self._frames: dict[UUID, tuple[CommunicationFrame, Frame]] = {}
        """What is watched, as it was found last; the same frame again where nothing has changed."""
        self._wake = asyncio.Event()
        self._telling: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to tell."""
        self._telling = asyncio.create_task(self._keep_telling())

    async def stop(self) -> None:
        """Tells nobody any more."""
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)

    def opened(self, connection: Connection) -> None:
        """Somebody is connected, and watches nothing yet."""

    def heard(self, connection: Connection, frame: FromClient) -> None:
        """Somebody may watch a communication from now on."""
        if isinstance(frame, Watch):
            # Whoever asks again wants to know where it stands, told before or not.
            self._told.setdefault(connection, {}).pop(frame.conversation, None)
            self._wake.set()

    def closed(self, connection: Connection) -> None:
        """Somebody's connection has ended."""
        self._told.pop(connection, None)

    async def tell(self) -> None:
        """Tells everybody what is new of what they watch."""
        watched = {each: each.watched & each.topics for each in self._told}
        topics = frozenset[UUID]().union(*watched.values())
        frames = await self._read(sorted(topics)) if topics else {}
        for connection, theirs in watched.items():
            told = self._told.get(connection)
            if told is None:
                continue
            if not connection.watched:
                del self._told[connection]
                continue
            for topic in theirs & frames.keys():
                if told.get(topic) is not frames[topic]:
                    told[topic] = frames[topic]
                    connection.push_about(frozenset((topic,)), frames[topic])
            for gone in told.keys() - theirs:
                del told[gone]

    async def _read(self, topics: list[UUID]) -> dict[UUID, Frame]:
        states = await store.states(self._database, topics)
        counted = await totals(self._database, list(states)) if states else {}
        known, self._frames = self._frames, {}
        for id_, (state, revision) in states.items():
            now = CommunicationFrame(id=id_, state=state, revision=revision, totals=counted[id_])
            before = known.get(id_)
            if before is None or before[0] != now:
                before = (now, Frame(msgspec.json.encode(now).decode()))
            self._frames[id_] = before
        return {id_: frame for id_, (_, frame) in self._frames.items()}

    async def _keep_telling(self) -> None:
        while True:
            if not self._told:
                self._wake.clear()
                await self._wake.wait()
            try:
                await self.tell()
            except DATABASE_IS_AWAY as error:
                _log.warning("communications not told of", reason=type(error).__name__)
            await asyncio.sleep(SECONDS)


async def may_watch(database: Database, who: SignedIn | None, topic: UUID) -> bool:
    """Whether somebody may be told of a communication."""
    return who is not None and who.communicates and bool(await store.states(database, [topic]))
