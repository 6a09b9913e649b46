"""The hub of one process: who is connected, whether they still may be, and whether they are still there."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from math import ceil
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec
import structlog

from estafette.base.bus import Bus
from estafette.base.changes import HINT
from estafette.realtime.connection import Connection, Socket
from estafette.realtime.connections import Connections
from estafette.realtime.feeds import Feeds, Reader
from estafette.realtime.frames import Frame
from estafette.realtime.models import (
    HEARTBEAT_SECONDS,
    SILENCE_SECONDS,
    TOPIC,
    Close,
    FromClient,
    Subscriber,
    TopicChange,
    Typing,
    Unwatch,
    Watch,
)
from estafette.realtime.subscribers import Subscribers

RECHECK_SECONDS: Final = 60
# At a time: after a gap everybody is asked again, and the requests of people must get through.
ASKING_AT_ONCE: Final = 4
# Each welcome lets a client read its state anew, about ten requests: 200 a second are what a process can answer.
WELCOMES_AT_ONCE, BETWEEN_WELCOMES = 10, 0.05
WELCOMING_SECONDS: Final = 20.0
"""After a gap everybody has been welcomed by then, however many they are.

Frames are kept back meanwhile, so it must not be long: a client takes a connection for dead after 45 seconds, and more
than 1,000 frames of one connection (`MAX_WAITING_FRAMES`) would close it. A process that tells 100,000 frames a second
keeps back 100 for each of 20,000 connections.
"""
LAST_WORDS_SECONDS: Final = 1.0
MOST_WATCHED: Final = 20
"""Of one connection: what a page shows at a time, and some more."""
FRAME: Final = "frame"
"""The event that carries a finished frame to the followers of its topics (`FrameToTopics`)."""

BEAT: Final = Frame('{"type":"beat"}')

_log = structlog.get_logger(__name__)
_from_client = msgspec.json.Decoder(FromClient)


class FrameToTopics(msgspec.Struct, frozen=True):
    """A finished frame for the followers of some topics: state that is not logged, such as typing."""

    topics: tuple[UUID, ...]
    frame: msgspec.Raw


class Identity(msgspec.Struct, frozen=True):
    """Somebody's rights or credentials changed."""

    person: UUID


FollowersAmong = Callable[[UUID, Sequence[UUID]], Awaitable[set[UUID]]]
"""Those of some people who follow a topic now."""


class Hub:
    """Serves connections; `readers` turn spans of a feed into frames, one call for all streams that moved."""

    def __init__(
        self,
        bus: Bus,
        readers: Mapping[str, Reader],
        *,
        frame_event: str,
        identity_event: str,
        followers_among: FollowersAmong,
    ) -> None:
        self._subscribers = Subscribers()
        self._feeds = Feeds(readers, self._subscribers)
        self._connections = Connections()
        self._tasks: list[asyncio.Task[None]] = []
        self._checks: set[asyncio.Task[None]] = set()
        self._followers_among = followers_among
        self._asking = asyncio.Semaphore(ASKING_AT_ONCE)
        self._welcoming: asyncio.Task[None] | None = None
        bus.on(HINT, self._feeds.hear)
        bus.on(frame_event, self._hear_frame)
        bus.on(identity_event, self._hear_identity)
        bus.on(TOPIC, self._hear_topic)
        bus.on_gap(self._resync)

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    async def start(self) -> None:
        """Begins to read for its followers and to listen for their hearts."""
        self._tasks = [
            asyncio.create_task(each)
            for each in (self._feeds.keep_reading(), self._keep_beating(), self._keep_asking())
        ]

    async def stop(self) -> None:
        """Tells every connection to come back, and ends."""
        ending = [*self._tasks, *self._checks]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        goodbyes = [asyncio.create_task(each.closed()) for each in self._dismissed()]
        if goodbyes:
            await asyncio.wait(goodbyes, timeout=LAST_WORDS_SECONDS)

    def _dismissed(self) -> list[Connection]:
        open_now = list(self._connections)
        for connection in open_now:
            connection.close(Close.RESTART)
        return open_now

    async def serve(self, socket: Socket, subscriber: Subscriber) -> None:
        """Serves an accepted connection until either side ends it."""
        connection = Connection(socket, subscriber, asyncio.current_task())
        # Subscribed, then asked again, then welcomed: what happens from here on reaches it, a revocation included.
        ticket = connection.hold()
        self._subscribers.follow(connection, subscriber.topics)
        for outnumbered in self._connections.add(connection):
            outnumbered.close(Close.TOO_MANY)
        try:
            await self._recheck(connection, ticket)
            await self._listen(connection, socket)
        except asyncio.CancelledError:
            if not connection.gave_up or (task := asyncio.current_task()) is None:
                raise
            task.uncancel()
        finally:
            self._connections.discard(connection)
            self._subscribers.leave(connection)
            connection.close(Close.RESTART)
            await connection.closed()

    async def _listen(self, connection: Connection, socket: Socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            event = await socket.receive()
            if event["type"] != "websocket.receive":
                return
            connection.heard_at = loop.time()
            try:
                frame = _from_client.decode(event.get("text") or event.get("bytes") or b"")
            except (msgspec.MsgspecError, UnicodeDecodeError):
                connection.close(Close.BAD_FRAME)
                await connection.closed()
                return
            match frame:
                case Typing() if connection.may_type():
                    await self._pass_on(connection, frame)
                case Watch():
                    await self._watch(connection, frame.conversation)
                case Unwatch():
                    self._unwatch(connection, frame.conversation)
                case _:
                    pass

    async def _watch(self, connection: Connection, topic: UUID) -> None:
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
        await self._recheck(connection, ticket, quietly=True)

    def _unwatch(self, connection: Connection, topic: UUID) -> None:
        if topic in connection.watched:
            connection.watched -= {topic}
            # It may have become a topic of its person meanwhile.
            self._ask_soon(connection, quietly=True)

    async def _pass_on(self, connection: Connection, frame: Typing) -> None:
        try:
            await connection.subscriber.say("typing", frame.conversation)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            # It was only a hint that somebody writes.
            _log.warning("typing not told", reason=type(error).__name__)

    def _hear_frame(self, data: msgspec.Raw) -> None:
        given = msgspec.json.decode(data, type=FrameToTopics)
        self._subscribers.tell(given.topics, Frame(bytes(given.frame).decode()))

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
        if not change.people and change.follows:
            self._begin(self._ask_newcomers(change.topic))
        elif not change.people:
            for connection in self._subscribers.of(change.topic):
                if change.topic in connection.watched:
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

    async def _recheck(
        self, connection: Connection, ticket: int, *, doubt: bool = False, quietly: bool = False
    ) -> None:
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
            connection.push(self._welcome(connection))
        else:
            for topic in added:
                # The change that let them in may have been told before it was known that they follow.
                connection.push(_about("joined", topic))
        for topic in refused:
            connection.push(_about("left", topic))
        for topic in connection.wishes - refused:
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
            # What was revoked meanwhile was not heard of either.
            connection.welcomed = False
            held.append((connection, connection.hold()))
        if self._welcoming is not None:
            # Whoever still waits to be welcomed since the gap before is among these.
            self._welcoming.cancel()
        self._welcoming = self._begin(self._welcome_again(held))

    async def _welcome_again(self, held: list[tuple[Connection, int]]) -> None:
        """Welcomes everybody, in no order and not all at the same moment: each comes back with its requests."""
        random.shuffle(held)
        at_once = welcomes_at_once(len(held))
        for start in range(0, len(held), at_once):
            if start:
                await asyncio.sleep(BETWEEN_WELCOMES)
            for connection, ticket in held[start : start + at_once]:
                # Somebody whose rights have changed since was asked about at once.
                if connection.is_newest(ticket) and connection in self._connections:
                    self._begin(self._recheck(connection, ticket))

    def _ask_soon(self, connection: Connection, *, quietly: bool = False) -> None:
        self._begin(self._recheck(connection, connection.hold(), quietly=quietly))

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._checks.add(task)
        task.add_done_callback(self._checks.discard)
        return task

    async def _keep_asking(self) -> None:
        """Asks for everybody's rights now and then, one by one, in case that an event was lost."""
        while True:
            everybody = list(self._connections)
            for connection in everybody:
                await asyncio.sleep(RECHECK_SECONDS / len(everybody))
                # Whoever is being asked about already is not asked again: mere doubt must not overtake a suspicion.
                if connection in self._connections and not connection.is_held:
                    await self._recheck(connection, connection.hold(), doubt=True)
            if not everybody:
                await asyncio.sleep(RECHECK_SECONDS)

    async def _keep_beating(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS / 4)
            now = loop.time()
            for connection in self._connections:
                if now - connection.heard_at > SILENCE_SECONDS:
                    connection.close(Close.SILENT)
                elif now - connection.beaten_at >= HEARTBEAT_SECONDS:
                    # However busy the connection is: a client answers beats and nothing else.
                    connection.beaten_at = now
                    connection.push(BEAT)

    def _welcome(self, connection: Connection) -> Frame:
        frame: dict[str, Any] = {
            "type": "welcome",
            "connection": connection.id,
            "heartbeat_seconds": HEARTBEAT_SECONDS,
            "person": connection.subscriber.id,
        }
        return Frame(msgspec.json.encode(frame).decode())


def _about(kind: str, topic: UUID) -> Frame:
    return Frame(msgspec.json.encode({"type": kind, "conversation": topic}).decode())


def welcomes_at_once(connections: int) -> int:
    """How many are welcomed in one go after a gap, for all of so many to have been in time."""
    return max(WELCOMES_AT_ONCE, ceil(connections * BETWEEN_WELCOMES / WELCOMING_SECONDS))
