"""The hub of one process: who is connected, what they say, and whether they are still there."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final
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
    Close,
    FromClient,
    Subscriber,
    Typing,
    Unwatch,
    Watch,
)
from estafette.realtime.observers import ConnectionObserver
from estafette.realtime.rights import FollowersAmong, Rights
from estafette.realtime.subscribers import Subscribers

LAST_WORDS_SECONDS: Final = 1.0
FRAME: Final = "frame"
"""The event that carries a finished frame to the followers of its topics (`FrameToTopics`)."""

BEAT: Final = Frame('{"type":"beat"}')

_log = structlog.get_logger(__name__)
_from_client = msgspec.json.Decoder(FromClient)


class FrameToTopics(msgspec.Struct, frozen=True):
    """A finished frame for the followers of some topics: state that is not logged, such as typing."""

    topics: tuple[UUID, ...]
    frame: msgspec.Raw


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
        observers: Sequence[ConnectionObserver] = (),
    ) -> None:
        self._subscribers = Subscribers()
        self._feeds = Feeds(readers, self._subscribers)
        self._connections = Connections()
        self._observers = observers
        self._tasks: list[asyncio.Task[None]] = []
        self._rights = Rights(self._connections, self._subscribers, self._feeds, followers_among)
        bus.on(HINT, self._feeds.on_hint)
        bus.on(frame_event, self._hear_frame)
        self._rights.follow(bus, identity_event)

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    async def start(self) -> None:
        """Begins to read for its followers and to listen for their hearts."""
        self._tasks = [
            asyncio.create_task(each)
            for each in (self._feeds.keep_reading(), self._keep_beating(), self._rights.keep_asking())
        ]

    async def stop(self) -> None:
        """Tells every connection to come back, and ends."""
        ending = [*self._tasks, *self._rights.checks]
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
            await self._rights.check(connection, ticket)
            for observer in self._observers:
                observer.opened(connection)
            await self._listen(connection, socket)
        except asyncio.CancelledError:
            if not connection.gave_up or (task := asyncio.current_task()) is None:
                raise
            task.uncancel()
        finally:
            self._connections.discard(connection)
            self._subscribers.leave(connection)
            for observer in self._observers:
                observer.closed(connection)
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
            for observer in self._observers:
                observer.heard(connection, frame)
            match frame:
                case Typing() if connection.may_type():
                    await self._pass_on(connection, frame)
                case Watch():
                    await self._rights.watch(connection, frame.conversation)
                case Unwatch():
                    self._rights.unwatch(connection, frame.conversation)
                case _:
                    pass

    async def _pass_on(self, connection: Connection, frame: Typing) -> None:
        try:
            await connection.subscriber.say("typing", frame.conversation)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            # It was only a hint that somebody writes.
            _log.warning("typing not told", reason=type(error).__name__)

    def _hear_frame(self, data: msgspec.Raw) -> None:
        given = msgspec.json.decode(data, type=FrameToTopics)
        self._subscribers.tell(given.topics, Frame(bytes(given.frame).decode()))

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
