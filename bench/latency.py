"""How long one message takes at a calm pace: from the moment it is due to be sent to its frame at the other side."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from time import perf_counter
from typing import Any

import msgspec

from bench.http_client import HttpConnection
from bench.live_client import LiveSocket
from bench.sends import TEXT
from bench.world import Talk

PER_SECOND, SECONDS = 50, 8
# A send that takes longer than the time to the next one does not hold that up.
CONNECTIONS = 8


class _Frame(msgspec.Struct):
    type: str
    after: int = 0
    until: int = 0


class _Sent(msgspec.Struct):
    number: int


async def seen_seconds(port: int, path: str, talk: Talk, per_second: int = PER_SECOND) -> list[float]:
    """Seconds from each send until the other side has its frame."""
    seen: dict[int, float] = {}
    took: list[tuple[int, float]] = []
    decode = msgspec.json.Decoder(_Frame).decode

    welcome = asyncio.Event()

    def receive(frame: bytes) -> None:
        changes = decode(frame)
        if changes.type == "welcome":
            welcome.set()
        for number in range(changes.after + 1, changes.until + 1):
            seen.setdefault(number, perf_counter())

    listener = await LiveSocket.open(port, path, talk.members[0].token, receive)
    await welcome.wait()
    senders = [await HttpConnection.open(port, talk.customer.token) for _ in range(CONNECTIONS)]
    idle: asyncio.Queue[HttpConnection] = asyncio.Queue()

    async def send() -> None:
        due = perf_counter()
        sender = await idle.get()
        number = msgspec.json.decode(await sender.send(str(talk.id), TEXT), type=_Sent).number
        idle.put_nowait(sender)
        took.append((number, due))

    try:
        for sender in senders:
            await sender.send(str(talk.id), TEXT)
            idle.put_nowait(sender)
        await _at_pace(send, per_second)
        await asyncio.sleep(0.5)
    finally:
        for socket in (listener, *senders):
            socket.close()
    return [seen[number] - due for number, due in took]


async def echo_seconds(port: int) -> list[float]:
    """Seconds from each frame until its echo from the bare server is back."""
    waiting: list[float] = []
    took: list[float] = []
    socket = await LiveSocket.open(port, "/echo", "", lambda _: took.append(perf_counter() - waiting.pop(0)))

    async def send() -> None:
        waiting.append(perf_counter())
        socket.send(TEXT.encode())

    try:
        await _at_pace(send)
        await asyncio.sleep(0.5)
    finally:
        socket.close()
    return took


async def _at_pace(send: Callable[[], Coroutine[Any, Any, None]], per_second: int = PER_SECOND) -> None:
    begun = perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(per_second * SECONDS):
            await asyncio.sleep(begun + number / per_second - perf_counter())
            group.create_task(send())


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` percent of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]
