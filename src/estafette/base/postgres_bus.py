"""The bus over PostgreSQL LISTEN/NOTIFY: one listening connection a process, one NOTIFY statement for many events."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import asyncpg
import msgspec
import structlog

from estafette.base.bus import EVENT_BYTES, Event
from estafette.base.database import DATABASE_IS_AWAY
from estafette.base.dropped_events import DroppedEvents

CHANNEL = "estafette"
_NOTIFY = "SELECT pg_notify('estafette', payload) FROM unnest($1::text[]) AS payload"
# PostgreSQL refuses payloads of 8,000 bytes and more.
PAYLOAD_BYTES = 7_900
WAITING_EVENTS = 10_000
# Before hints that could not go out are tried again.
PAUSE_SECONDS = 0.2

_log = structlog.get_logger(__name__)
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[Event])


class PostgresBus:
    """Publishes through a pool in batches and listens on a connection of its own, with back-off when it breaks."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._waiting: list[Event] = []
        self._wake = asyncio.Event()
        self._handlers: dict[str, list[Callable[[msgspec.Raw], None]]] = {}
        self._gap_handlers: list[Callable[[], None]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._link: Any = None
        self._voice: Any = None
        self._idle = asyncio.Event()
        self._idle.set()
        self.listening = False
        self.dropped = DroppedEvents()

    def publish(self, *events: Event) -> None:
        """Queues events; what is too large or finds no room is dropped, counted and logged: hints are not the truth."""
        fitting = [event for event in events if len(event.data) <= EVENT_BYTES]
        if len(fitting) < len(events):
            self.dropped.add("too large", Counter(event.kind for event in events if len(event.data) > EVENT_BYTES))
        room = max(0, WAITING_EVENTS - len(self._waiting))
        if len(fitting) > room:
            self.dropped.add("queue is full", Counter(event.kind for event in fitting[room:]))
            del fitting[room:]
        if fitting:
            self._waiting.extend(fitting)
            self._idle.clear()
            self._wake.set()

    async def enclose(self, execute: Callable[..., Awaitable[Any]], *events: Event) -> None:
        """Lets events travel with a commit: PostgreSQL delivers a NOTIFY of a transaction exactly with it."""
        await execute(_NOTIFY, _payloads(events))

    def on(self, kind: str, handle: Callable[[msgspec.Raw], None]) -> None:
        """Calls `handle` with the data of each event of a kind."""
        self._handlers.setdefault(kind, []).append(handle)

    def on_gap(self, handle: Callable[[], None]) -> None:
        """Calls `handle` after the link was lost and is back."""
        self._gap_handlers.append(handle)

    async def start(self) -> None:
        """Connects both ways; raises what asyncpg raises when the database cannot be reached."""
        self._link = await self._listen()
        self._tasks = [asyncio.create_task(self._keep_listening()), asyncio.create_task(self._keep_publishing())]

    async def stop(self) -> None:
        """Sends what still waits, for a second at most, then ends both tasks and their connections."""
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._idle.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in (self._link, self._voice):
            if link is not None and not link.is_closed():
                link.terminate()
        self.listening = False
        self.dropped.stop()

    async def _listen(self) -> Any:
        link = await self._connect()
        self._ended = asyncio.Event()
        link.add_termination_listener(lambda _: self._ended.set())
        await link.add_listener(CHANNEL, self._receive)
        self.listening = True
        return link

    async def _connect(self) -> Any:
        return await asyncpg.connect(
            self._dsn, timeout=10, command_timeout=10, server_settings={"application_name": "estafette bus"}
        )

    def _receive(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        try:
            events = _decoder.decode(str(payload))
        except msgspec.MsgspecError:
            _log.warning("bus payload of an unknown form")
            return
        for event in events:
            for handle in self._handlers.get(event.kind, ()):
                try:
                    handle(event.data)
                except Exception:
                    # One that cannot be handled must not take the others along.
                    _log.exception("bus event not handled", kind=event.kind)

    async def _keep_listening(self) -> None:
        delay = 0.1
        while True:
            try:
                if self._link is None:
                    self._link = await self._listen()
                    delay = 0.1
                    for handle in self._gap_handlers:
                        handle()
                # A link whose other side vanished without a word is found by asking it now and then.
                try:
                    async with asyncio.timeout(15):
                        await self._ended.wait()
                except TimeoutError:
                    await self._link.execute("SELECT 1", timeout=5)
                    continue
                raise ConnectionError("the listening connection ended")
            except Exception as error:
                # Whatever it was, also what no list of exceptions foresees (uvloop: RuntimeError, "the handler is
                # closed"): a process that stopped to listen would tell nobody anything any more.
                self.listening = False
                _log.warning("bus link lost", reason=type(error).__name__)
                if self._link is not None:
                    self._link.terminate()
                    self._link = None
                await asyncio.sleep(delay * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, not a secret
                delay = min(delay * 2, 5)

    async def _keep_publishing(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._voice is not None and self._voice.is_closed():
                self._voice = None
            events, self._waiting = self._waiting, []
            try:
                if self._voice is None:
                    self._voice = await self._connect()
                await self._voice.execute(_NOTIFY, _payloads(events))
            except Exception as error:
                if isinstance(error, asyncpg.PostgresError) and not isinstance(error, DATABASE_IS_AWAY):
                    # The server refuses the statement itself: it would do so for ever.
                    _log.warning("bus hints lost", count=len(events), reason=type(error).__name__)
                    self.dropped.add("refused by the database", Counter(event.kind for event in events))
                else:
                    # A hint that comes late or twice does no harm; one that never comes would be missed.
                    _log.warning("bus hints wait", count=len(events), reason=type(error).__name__)
                    self._waiting[:0] = events
                    self._wake.set()
                    if self._voice is not None:
                        self._voice.terminate()
                        self._voice = None
                    await asyncio.sleep(PAUSE_SECONDS)
            if not self._waiting:
                self._idle.set()


def _payloads(events: Sequence[Event]) -> list[str]:
    """JSON arrays of events, each array small enough for one NOTIFY."""
    payloads: list[str] = []
    current: list[bytes] = []
    size = 2
    for encoded in map(_encoder.encode, events):
        if current and size + len(encoded) + 1 > PAYLOAD_BYTES:
            payloads.append(f"[{b','.join(current).decode()}]")
            current, size = [], 2
        current.append(encoded)
        size += len(encoded) + 1
    payloads.append(f"[{b','.join(current).decode()}]")
    return payloads
