"""The hub of one process: who is connected, what they follow, and the one read that serves them all."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

import asyncpg
import msgspec
import structlog

from estafette.base.bus import Bus
from estafette.base.changes import HINT, Hint
from estafette.realtime.connection import Connection, Socket
from estafette.realtime.models import HEARTBEAT_SECONDS, SILENCE_SECONDS, Close, Follower, FromClient, Typing

Span = tuple[UUID, int, int, tuple[UUID, ...]]
Reader = Callable[[Sequence[Span]], Awaitable[Sequence[tuple[UUID, bytes]]]]

# A stream that was quiet for long is forgotten; its next hint says where it begins.
REMEMBERED_STREAMS: Final = 50_000
# A frame is for those who are up to date; whoever misses more than this asks for it.
MAX_SPAN: Final = 200
RECHECK_SECONDS: Final = 600
BEAT: Final = '{"type":"beat"}'

_log = structlog.get_logger(__name__)
_from_client = msgspec.json.Decoder(FromClient)


class FrameToTopics(msgspec.Struct, frozen=True):
    """A finished frame for the followers of some topics: state that is not logged, such as typing."""

    topics: tuple[UUID, ...]
    frame: msgspec.Raw


class Identity(msgspec.Struct, frozen=True):
    """Somebody's rights or credentials changed."""

    person: UUID


class Hub:
    """Serves connections; `readers` turn spans of a feed into frames, one call for all streams that moved."""

    def __init__(self, bus: Bus, readers: Mapping[str, Reader], *, frame_event: str, identity_event: str) -> None:
        self._readers = readers
        self._followers: dict[UUID, set[Connection]] = {}
        self._connections: set[Connection] = set()
        self._positions: OrderedDict[UUID, int] = OrderedDict()
        self._spans: dict[str, dict[UUID, Span]] = {}
        self._moved = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        bus.on(HINT, self._hear_hint)
        bus.on(frame_event, self._hear_frame)
        bus.on(identity_event, self._hear_identity)
        bus.on_gap(self._resync)

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    async def start(self) -> None:
        """Begins to read for its followers and to listen for their hearts."""
        self._tasks = [asyncio.create_task(self._keep_reading()), asyncio.create_task(self._keep_beating())]

    async def stop(self) -> None:
        """Tells every connection to come back, and ends."""
        for task in self._tasks:
            task.cancel()
        open_now = list(self._connections)
        for connection in open_now:
            connection.close(Close.RESTART)
        await asyncio.gather(*self._tasks, *(each.closed() for each in open_now), return_exceptions=True)

    async def serve(self, socket: Socket, follower: Follower) -> None:
        """Serves an accepted connection until either side ends it."""
        connection = Connection(socket, follower)
        # Subscribed before it is welcomed: what happens from here on reaches it.
        self._follow(connection, follower.topics)
        self._connections.add(connection)
        try:
            connection.push(_welcome(connection))
            await self._listen(connection, socket)
        finally:
            self._connections.discard(connection)
            self._unfollow(connection)
            connection.close(Close.RESTART)
            await connection.closed()

    async def _listen(self, connection: Connection, socket: Socket) -> None:
        while True:
            event = await socket.receive()
            if event["type"] != "websocket.receive":
                return
            connection.heard_at = time.monotonic()
            try:
                frame = _from_client.decode(event.get("text") or event.get("bytes") or b"")
            except msgspec.MsgspecError:
                connection.close(Close.BAD_FRAME)
                await connection.closed()
                return
            if isinstance(frame, Typing) and connection.may_type():
                await connection.follower.say("typing", frame.conversation)

    def _follow(self, connection: Connection, topics: frozenset[UUID]) -> None:
        connection.topics = topics
        for topic in topics:
            self._followers.setdefault(topic, set()).add(connection)

    def _unfollow(self, connection: Connection) -> None:
        for topic in connection.topics:
            followers = self._followers.get(topic)
            if followers is not None:
                followers.discard(connection)
                if not followers:
                    del self._followers[topic]

    def _hear_hint(self, data: msgspec.Raw) -> None:
        hint = msgspec.json.decode(data, type=Hint)
        if not any(topic in self._followers for topic in hint.topics):
            # Nobody here follows it: it is not read, and where it stands is no longer known.
            self._positions.pop(hint.stream, None)
            return
        spans = self._spans.setdefault(hint.feed, {})
        known = spans.get(hint.stream)
        if known is None:
            spans[hint.stream] = (hint.stream, hint.after, hint.until, hint.topics)
        else:
            spans[hint.stream] = (
                hint.stream, min(known[1], hint.after), max(known[2], hint.until), hint.topics
            )  # fmt: skip
        self._moved.set()

    async def _keep_reading(self) -> None:
        while True:
            await self._moved.wait()
            self._moved.clear()
            waiting, self._spans = self._spans, {}
            for feed, spans in waiting.items():
                wanted = [span for span in map(self._unread_part, spans.values()) if span is not None]
                if not wanted:
                    continue
                try:
                    frames = await self._readers[feed](wanted)
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                    # The followers will see the gap at the next frame, or be told to look again when the bus is back.
                    _log.warning("live changes not read", feed=feed, reason=type(error).__name__)
                    continue
                for span, (_, frame) in zip(wanted, frames, strict=True):
                    self._remember(span[0], span[2])
                    self._send(span[3], frame.decode())

    def _unread_part(self, span: Span) -> Span | None:
        stream, after, until, topics = span
        position = self._positions.get(stream)
        if position is not None:
            # What a lost hint skipped is read along; what was sent already is not sent again.
            after = position
        if until <= after:
            return None
        return stream, max(after, until - MAX_SPAN), until, topics

    def _remember(self, stream: UUID, until: int) -> None:
        self._positions[stream] = until
        self._positions.move_to_end(stream)
        if len(self._positions) > REMEMBERED_STREAMS:
            self._positions.popitem(last=False)

    def _hear_frame(self, data: msgspec.Raw) -> None:
        given = msgspec.json.decode(data, type=FrameToTopics)
        self._send(given.topics, bytes(given.frame).decode())

    def _send(self, topics: Sequence[UUID], frame: str) -> None:
        if len(topics) == 1:
            for connection in self._followers.get(topics[0], ()):
                connection.push(frame)
            return
        for connection in set[Connection]().union(*(self._followers.get(topic, ()) for topic in topics)):
            connection.push(frame)

    def _hear_identity(self, data: msgspec.Raw) -> None:
        person = msgspec.json.decode(data, type=Identity).person
        for connection in list(self._connections):
            if connection.follower.id == person:
                self._tasks.append(asyncio.create_task(self._recheck(connection)))
        self._tasks = [task for task in self._tasks if not task.done()]

    async def _recheck(self, connection: Connection) -> None:
        try:
            topics = await connection.follower.ask_again()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            # Not known to be allowed any more: it may ask again by connecting.
            connection.close(Close.RESTART)
            return
        if topics is None:
            self._unfollow(connection)
            connection.close(Close.SIGNED_OUT)
        elif topics != connection.topics:
            self._unfollow(connection)
            self._follow(connection, topics)
            connection.push(_welcome(connection))

    def _resync(self) -> None:
        """After a gap in the bus everyone is asked to read the state again, as after connecting."""
        self._positions.clear()
        for connection in self._connections:
            connection.push(_welcome(connection))

    async def _keep_beating(self) -> None:
        checked_at = time.monotonic()
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS / 4)
            now = time.monotonic()
            for connection in list(self._connections):
                if now - connection.heard_at > SILENCE_SECONDS:
                    connection.close(Close.SILENT)
                elif now - connection.sent_at >= HEARTBEAT_SECONDS:
                    connection.sent_at = now
                    connection.push(BEAT)
            if now - checked_at > RECHECK_SECONDS:
                checked_at = now
                for connection in list(self._connections):
                    await self._recheck(connection)


def _welcome(connection: Connection) -> str:
    return msgspec.json.encode(
        {
            "type": "welcome",
            "connection": connection.id,
            "heartbeat_seconds": HEARTBEAT_SECONDS,
            "person": connection.follower.id,
        }
    ).decode()
