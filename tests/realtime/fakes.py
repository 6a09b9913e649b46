"""A bus, a socket and a reader that do what a test tells them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.bus import Event, event
from estafette.base.changes import Hint
from estafette.base.ids import new_id
from estafette.realtime import Hub, Span, Subscriber
from tests.waiting import PATIENCE

FRAME, IDENTITY = "frame", "identity"


class FakeBus:
    """Hands every event to its handlers before `publish` returns."""

    def __init__(self) -> None:
        self.handlers: dict[str, list[Callable[[msgspec.Raw], None]]] = {}
        self.gap_handlers: list[Callable[[], None]] = []

    def publish(self, *events: Event) -> None:
        for each in events:
            for handle in self.handlers.get(each.kind, ()):
                handle(each.data)

    async def enclose(self, execute: Any, *events: Event) -> None:
        raise AssertionError("no transaction is open here")

    def on(self, kind: str, handle: Callable[[msgspec.Raw], None]) -> None:
        self.handlers.setdefault(kind, []).append(handle)

    def on_gap(self, handle: Callable[[], None]) -> None:
        self.gap_handlers.append(handle)

    def break_and_mend(self) -> None:
        for handle in self.gap_handlers:
            handle()

    def hint(self, stream: UUID, after: int, until: int, *topics: UUID) -> None:
        self.publish(Hint("conversation", stream, after, until, topics).event())

    def identity(self, person: UUID) -> None:
        self.publish(event(IDENTITY, {"person": person, "session": None}))


class FakeSocket:
    """Keeps what it was told to send; while `stalled` the other side does not read."""

    def __init__(self, *, answers_beats: bool = False) -> None:
        self.answers_beats = answers_beats
        self.sent: list[dict[str, Any]] = []
        self.texts: list[str] = []
        self.close_code: int | None = None
        self._incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._reads = asyncio.Event()
        self._reads.set()

    def stall(self) -> None:
        self._reads.clear()

    def read_on(self) -> None:
        self._reads.set()

    def say(self, frame: object) -> None:
        self._incoming.put_nowait({"type": "websocket.receive", "text": msgspec.json.encode(frame).decode()})

    def say_raw(self, *, text: str | None = None, data: bytes | None = None) -> None:
        self._incoming.put_nowait({"type": "websocket.receive", "text": text, "bytes": data})

    def hang_up(self) -> None:
        self._incoming.put_nowait({"type": "websocket.disconnect", "code": 1001})

    async def receive(self) -> Any:
        return await self._incoming.get()

    async def send(self, event: Any) -> None:
        await self._reads.wait()
        if event["type"] == "websocket.close":
            self.close_code = event["code"]
            self._incoming.put_nowait({"type": "websocket.disconnect", "code": event["code"]})
        else:
            self.texts.append(event["text"])
            self.sent.append(msgspec.json.decode(event["text"]))
            if self.answers_beats and self.sent[-1]["type"] == "beat":
                self.say({"type": "beat"})

    def types(self) -> list[str]:
        return [frame["type"] for frame in self.sent]

    def spans(self, stream: UUID) -> list[tuple[int, int]]:
        """The (after, until) of each frame about a stream."""
        return [(each["after"], each["until"]) for each in self.sent if each.get("stream") == str(stream)]


class FakeReader:
    """Makes frames that tell their span, and remembers what it was asked; it fails as often as it was told to."""

    def __init__(self) -> None:
        self.asked: list[list[Span]] = []
        self.failures = 0
        self.broken: set[UUID] = set()
        self.committed: dict[UUID, int] = {}

    async def __call__(self, spans: Sequence[Span]) -> list[tuple[UUID, int, bytes]]:
        self.asked.append(list(spans))
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        if self.broken & {span[0] for span in spans}:
            raise ValueError("this cannot be turned into a frame")
        frames: list[tuple[UUID, int, bytes]] = []
        for stream, after, hinted, _ in spans:
            end = min(hinted, self.committed.get(stream, hinted))
            if end > after:
                frame = {"type": "changes", "stream": stream, "after": after, "until": end}
                frames.append((stream, end, msgspec.json.encode(frame)))
        return frames


class Somebody:
    """A follower whose rights can change."""

    def __init__(self, *topics: UUID) -> None:
        self.id = new_id()
        self.may_follow: frozenset[UUID] | None = frozenset((self.id, *topics))
        self.may_look_at: set[UUID] = set()
        self.said: list[tuple[str, UUID]] = []
        self.answers = asyncio.Event()
        self.answers.set()
        self.failure: Exception | None = None
        self.asked = 0
        """How often it was asked what they may follow."""

    def subscriber(self) -> Subscriber:
        return Subscriber(
            id=self.id,
            topics=self.may_follow or frozenset(),
            ask_again=self._ask_again,
            may_watch=self._may_watch,
            say=self._say,
        )

    async def _may_watch(self, topic: UUID) -> bool:
        return topic in self.may_look_at

    async def _ask_again(self) -> frozenset[UUID] | None:
        self.asked += 1
        answer, failure = self.may_follow, self.failure
        await self.answers.wait()
        if failure:
            raise failure
        return answer

    async def _say(self, what: str, conversation: UUID) -> None:
        if self.failure:
            raise self.failure
        self.said.append((what, conversation))


class Stage:
    """A running hub with everything around it fake."""

    def __init__(self) -> None:
        self.bus, self.reader = FakeBus(), FakeReader()
        self.followers: set[UUID] = set()
        """Who follows any topic, when it is asked after a change that names nobody."""
        self.hub = Hub(
            self.bus,
            {"conversation": self.reader},
            frame_event=FRAME,
            identity_event=IDENTITY,
            followers_among=self._followers_among,
        )

    async def _followers_among(self, _: UUID, people: Sequence[UUID]) -> set[UUID]:
        return self.followers & set(people)

    @asynccontextmanager
    async def connected(self, somebody: Somebody, *, answers_beats: bool = False) -> AsyncGenerator[FakeSocket, None]:
        socket = FakeSocket(answers_beats=answers_beats)
        serving = asyncio.create_task(self.hub.serve(socket, somebody.subscriber()))
        await settle()
        try:
            yield socket
        finally:
            socket.read_on()
            socket.hang_up()
            async with asyncio.timeout(PATIENCE):
                await serving


@asynccontextmanager
async def stage() -> AsyncGenerator[Stage, None]:
    """A hub that is running, and stopped afterwards."""
    built = Stage()
    await built.hub.start()
    try:
        yield built
    finally:
        await built.hub.stop()


async def settle(turns: int = 30) -> None:
    """Lets everything run that can run without time passing."""
    for _ in range(turns):
        await asyncio.sleep(0)


def contiguous(spans: Iterable[tuple[int, int]]) -> bool:
    """Whether each span begins where the one before it ended."""
    return all(left[1] == right[0] for left, right in pairwise(spans))
