"""What each connection may be told now: asked when it begins, when rights change, after a gap, and now and then."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
import structlog

from estafette.base.bus import Bus
from estafette.realtime.connection import Connection
from estafette.realtime.connections import Connections
from estafette.realtime.feeds import Feeds
from estafette.realtime.frames import Frame
from estafette.realtime.models import TOPIC, Close, TopicChange
from estafette.realtime.subscribers import Subscribers
from estafette.realtime.welcoming import welcome, welcome_in_turn

RECHECK_SECONDS: Final = 60
# At a time: after a gap everybody is asked again, and the requests of people must get through.
ASKING_AT_ONCE: Final = 4
MOST_WATCHED: Final = 20
"""Of one connection: what a page shows at a time, and some more."""

_log = structlog.get_logger(__name__)


class Identity(msgspec.Struct, frozen=True):
    """Somebody's rights or credentials changed."""

    person: UUID


FollowersAmong = Callable[[UUID, Sequence[UUID]], Awaitable[set[UUID]]]
"""Those of some people who follow a topic now."""


class Rights:
    """Keeps what the connections of a process follow in step with what their people may be told."""

    def __init__(
        self, connections: Connections, subscribers: Subscribers, feeds: Feeds, followers_among: FollowersAmong
    ) -> None:
        self._connections = connections
        self._subscribers = subscribers
        self._feeds = feeds
        self._followers_among = followers_among
        self._checks: set[asyncio.Task[None]] = set()
        self._asking = asyncio.Semaphore(ASKING_AT_ONCE)
        self._welcoming: asyncio.Task[None] | None = None

    def follow(self, bus: Bus, identity_event: str) -> None:
        """Subscribes to the bus's events about rights."""
        bus.on(identity_event, self._hear_identity)
        bus.on(TOPIC, self._hear_topic)
        bus.on_gap(self._resync)

    @property
    def checks(self) -> set[asyncio.Task[None]]:
        """What is being asked just now."""
        return self._checks

    async def watch(self, connection: Connection, topic: UUID) -> None:
        """Lets a connection follow what it shows, and says from when on, or that it may not."""
        if topic in connection.topics:
            connection.push(_about("watching", topic))
            return
        if len(connection.watched) >= MOST_WATCHED:
            connection.push(_about("left", topic))
            return
        # Noted before it is asked: what is closed meanwhile is asked about again.
        connection.watched |= {topic}
        connection.wishes |= {topic}
        self._subscribers.add(connection, topic)
        ticket = connection.hold()
        await self.check(connection, ticket, quietly=True)

    def unwatch(self, connection: Connection, topic: UUID) -> None:
        """Lets a connection look at it no more; as one of its person's topics it may stay."""
        if topic in connection.watched:
            connection.watched -= {topic}
            # It may have become a topic of its person meanwhile.
            self._ask_soon(connection, quietly=True)

    def _hear_identity(self, data: msgspec.Raw) -> None:
        person = msgspec.json.decode(data, type=Identity).person
        for connection in self._connections.of(person):
            # From this moment on nothing reaches it that its person may no longer see.
            self._ask_soon(connection)

    def _hear_topic(self, data: msgspec.Raw) -> None:
        """Lets some people's connections follow one topic more or less, from the commit on that says so."""
        change = msgspec.json.decode(data, type=TopicChange)
        for person in change.people:
            for connection in self._connections.of(person):
                if change.follows:
                    self._subscribers.add(connection, change.topic)
                else:
                    connection.watched -= {change.topic}
                    if change.topic in connection.topics:
                        self._subscribers.remove(connection, change.topic)
                        connection.push(_about("left", change.topic))
                if connection.is_held:
                    # What is being asked may be the answer of before.
                    self._ask_soon(connection)
                elif connection.watched and not change.follows:
                    # It may look at what only those may see who follow the topic.
                    self._ask_soon(connection, quietly=True)
        if not change.people and change.follows:
            self._begin(self._ask_newcomers(change.topic))
        elif not change.people:
            for connection in self._connections:
                if connection.watched:
                    self._ask_soon(connection, quietly=True)

    async def _ask_newcomers(self, topic: UUID) -> None:
        """Asks again about whoever of those who are connected follows a topic since a change that names nobody."""
        try:
            newcomers = await self._followers_among(topic, self._connections.people())
        except Exception as error:
            # They are asked about within a minute all the same.
            _log.warning("followers not asked for", reason=type(error).__name__)
            return
        for person in newcomers:
            for connection in self._connections.of(person):
                if topic not in connection.topics:
                    self._ask_soon(connection, quietly=True)

    async def check(self, connection: Connection, ticket: int, *, doubt: bool = False, quietly: bool = False) -> None:
        """Asks what a connection may follow now; closes it when that is nothing or cannot be known.

        In mere `doubt`, without an event that said so, what was allowed stays allowed until it can be asked again.
        What is found `quietly` is no new welcome, but told topic by topic.
        """
        # An answer that counts for several questions is as loud as the loudest.
        connection.asked_aloud |= not quietly
        try:
            async with self._asking:
                topics, watched = await self._ask(connection)
        except Exception as error:
            _log.warning("live connection not checked", reason=type(error).__name__)
            if not doubt:
                connection.close(Close.RESTART)
            elif connection.is_newest(ticket):
                connection.release(connection.topics)
            return
        if not connection.is_newest(ticket) or connection not in self._connections:
            # It was asked again meanwhile, and that answer counts; or it is gone.
            return
        if topics is None:
            self._subscribers.leave(connection)
            connection.close(Close.SIGNED_OUT)
            return
        refused, connection.watched = connection.watched - watched, connection.watched & watched
        topics |= connection.watched
        added = topics - connection.topics
        news = topics != connection.topics and connection.asked_aloud
        connection.asked_aloud = False
        if topics != connection.topics:
            self._subscribers.follow(connection, topics)
        if news or not connection.welcomed:
            connection.welcomed = True
            connection.push(welcome(connection))
        else:
            for topic in added:
                # The change that let them in may have been told before it was known that they follow.
                connection.push(_about("joined", topic))
        for topic in refused:
            connection.push(_about("left", topic))
        for topic in connection.wishes & topics:
            connection.push(_about("watching", topic))
        connection.wishes = frozenset()
        connection.release(topics)

    async def _ask(self, connection: Connection) -> tuple[frozenset[UUID] | None, frozenset[UUID]]:
        """The topics of a connection's person, None for who is signed out, and what of the watched it may look at."""
        watched = connection.watched
        topics = await connection.subscriber.ask_again()
        if topics is None or not watched:
            return topics, frozenset()
        allowed = [each for each in watched if each in topics or await connection.subscriber.may_watch(each)]
        return topics, frozenset(allowed)

    def _resync(self) -> None:
        """After a gap in the bus everyone is asked to read the state again, as after connecting."""
        self._feeds.forget_positions()
        held: list[tuple[Connection, int]] = []
        for connection in self._connections:
            # What was revoked meanwhile was not told either.
            connection.welcomed = False
            held.append((connection, connection.hold()))
        if self._welcoming is not None:
            # Whoever still waits to be welcomed since the gap before is among these.
            self._welcoming.cancel()
        self._welcoming = self._begin(welcome_in_turn(held, self._welcome))

    def _welcome(self, connection: Connection, ticket: int) -> None:
        # Somebody whose rights have changed since was asked about at once.
        if connection.is_newest(ticket) and connection in self._connections:
            self._begin(self.check(connection, ticket))

    def _ask_soon(self, connection: Connection, *, quietly: bool = False) -> None:
        self._begin(self.check(connection, connection.hold(), quietly=quietly))

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._checks.add(task)
        task.add_done_callback(self._checks.discard)
        return task

    async def keep_asking(self) -> None:
        """Asks for everybody's rights now and then, one by one, in case that an event was lost."""
        while True:
            everybody = list(self._connections)
            for connection in everybody:
                await asyncio.sleep(RECHECK_SECONDS / len(everybody))
                # Whoever is being asked about already is not asked again: mere doubt must not overtake a suspicion.
                if connection in self._connections and not connection.is_held:
                    await self.check(connection, connection.hold(), doubt=True)
            if not everybody:
                await asyncio.sleep(RECHECK_SECONDS)


def _about(kind: str, topic: UUID) -> Frame:
    return Frame(msgspec.json.encode({"type": kind, "conversation": topic}).decode())
