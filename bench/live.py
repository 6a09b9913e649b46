"""Live delivery: everyone in one conversation at once, a send until it is seen, and 500 who listen."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec

from bench.audience import Audience
from bench.http_client import HttpConnection
from bench.installation import free_port, running, until_listening
from bench.latency import echo_seconds, percentile, seen_seconds
from bench.limits.pgbench import Pgbench
from bench.live_client import LiveSocket
from bench.sends import TEXT
from bench.stage import Stage
from bench.table import Figure, Runs
from bench.world import Talk, head, new_channel, new_people, new_talks, quiet

PATH = "/api/v1/live"
SECONDS = 4.0
CROWD, LISTENERS = 64, 500
IN_FLIGHT = 20
MANY = 20_000
BRISK = 200
# What the product sends for one message of a hundred characters.
FRAME_BYTES = 900


async def measure(stage: Stage) -> list[Figure]:
    """All figures of live delivery."""
    async with bare_server() as (bare, _):
        return [
            *await _hot_conversation(stage, bare),
            *await _send_to_seen(stage, bare),
            *await _many_listeners(stage, bare),
            *await _large_channel(stage),
        ]


@asynccontextmanager
async def bare_server() -> AsyncGenerator[tuple[int, int], None]:
    """The WebSocket server without us: its port and its process."""
    with free_port() as port, running(["-m", "bench.limits.bare", str(port)]) as process:
        await until_listening(process, port)
        yield port, process.pid


async def _hot_conversation(stage: Stage, bare: int) -> list[Figure]:
    [talk] = await new_talks(stage.database, 1, CROWD - 1)
    sends, deliveries = Runs(), Runs()
    async with Pgbench.prepared(stage.server.dsn) as pgbench:
        for _ in stage.rounds("live, one hot conversation"):
            one_writer = await pgbench.rate(clients=1, seconds=SECONDS)
            sent, delivered = await _product(stage, talk, senders=CROWD)
            await quiet(stage.database)
            sends.add(sent, one_writer)
            deliveries.add(delivered, (await _broadcast(bare, CROWD, CROWD))[1])
    context = f"one conversation, {CROWD} senders who all listen; no number missing at any of them"
    return [
        Figure(name=f"Sends/s, {CROWD} in one conversation", runs=sends, context=context,
               limit="pgbench -c 1, one counter: one writer is fastest there"),
        Figure(name=f"Deliveries/s, {CROWD} in one conversation", runs=deliveries, context=context,
               limit=f"bare broadcast to {CROWD}"),
    ]  # fmt: skip


async def _send_to_seen(stage: Stage, bare: int) -> list[Figure]:
    [talk] = await new_talks(stage.database, 1)
    runs, brisk = {50: Runs(), 95: Runs(), 99: Runs()}, Runs()
    for _ in stage.rounds("live, send to seen"):
        echo = await echo_seconds(bare)
        seen = await seen_seconds(stage.server.port, PATH, talk)
        for share, each in runs.items():
            each.add(percentile(seen, share) * 1000, percentile(echo, share) * 1000)
        seen = await seen_seconds(stage.server.port, PATH, talk, per_second=BRISK)
        brisk.add(percentile(seen, 99) * 1000, percentile(seen, 50) * 1000)
        await quiet(stage.database)
    return [
        Figure(name=f"Send to seen, p{share}", unit="ms", runs=each, limit="bare WebSocket echo, there and back",
               context="50 sends/s over HTTP, each until its frame is at the other side")
        for share, each in runs.items()
    ] + [
        Figure(name=f"Send to seen at {BRISK}/s, p99", unit="ms", runs=brisk, limit="its own p50", aim=("≤", 4),
               context=f"{BRISK} sends/s over HTTP in one conversation")
    ]  # fmt: skip


async def _many_listeners(stage: Stage, bare: int) -> list[Figure]:
    [talk] = await new_talks(stage.database, 1, LISTENERS - 1)
    one, many = Runs(), Runs()
    for _ in stage.rounds(f"live, {LISTENERS} listeners"):
        for in_flight, runs in ((1, one), (IN_FLIGHT, many)):
            limit = (await _broadcast(bare, LISTENERS, in_flight))[1]
            runs.add((await _product(stage, talk, senders=in_flight))[1], limit)
            await quiet(stage.database)
    return [
        Figure(name=f"Deliveries/s, {LISTENERS} listeners, {in_flight} at a time", runs=runs,
               limit="bare broadcast of a frame of that size", aim=("≥", 0.7) if in_flight > 1 else None,
               context="who has sent waits until all have it; frames that come together travel as one")
        for in_flight, runs in ((1, one), (IN_FLIGHT, many))
    ]  # fmt: skip


async def _large_channel(stage: Stage) -> list[Figure]:
    people = await new_people(stage.database, LISTENERS, "employee")
    few = await new_channel(stage.database, people, 0)
    many = await new_channel(stage.database, people, MANY - LISTENERS)
    runs = Runs()
    for _ in stage.rounds(f"live, a channel of {MANY:,}"):
        took: list[float] = []
        for talk in (many, few):
            took.append(1000 / (await _product(stage, talk, senders=1))[0])
            await quiet(stage.database)
        runs.add(*took)
    return [
        Figure(name=f"A send in a channel of {MANY:,}", unit="ms", runs=runs, aim=("≤", 1.2),
               limit=f"in a channel of {LISTENERS}", context=f"until all {LISTENERS} who are connected have it")
    ]  # fmt: skip


async def _product(stage: Stage, talk: Talk, *, senders: int) -> tuple[float, float]:
    """Sends and deliveries a second, when so many people send again as soon as everyone has heard them."""
    port = stage.server.port
    audience = Audience(await head(stage.database, talk))
    connections = [await HttpConnection.open(port, each.token) for each in talk.people[:senders]]
    try:
        await audience.join(port, PATH, [each.token for each in talk.people])

        def sending(connection: HttpConnection) -> Callable[[], Awaitable[None]]:
            async def send() -> None:
                message = msgspec.json.decode(await connection.send(str(talk.id), TEXT), type=_Sent)
                await audience.everyone(message.number)

            return send

        rates = await _drive(audience, [sending(each) for each in connections])
        sent = await head(stage.database, talk)
        if audience.gaps or audience.held != {sent}:
            raise RuntimeError(f"Frames were lost: {audience.gaps} gaps, {audience.held} held, {sent} sent.")
        return rates
    finally:
        audience.leave()
        for connection in connections:
            connection.close()


async def _broadcast(port: int, listeners: int, in_flight: int) -> tuple[float, float]:
    """The same with the bare server: the frame is of the same size, and nothing is stored."""
    audience = Audience(counting=True)
    drivers = [await LiveSocket.open(port, "/drive", "", lambda _: None) for _ in range(in_flight)]
    frame = msgspec.json.encode({"type": "changes", "filling": "x" * (FRAME_BYTES - 35)})
    sent = 0
    try:
        await audience.join(port, "/listen", [""] * listeners)

        def sending(driver: LiveSocket) -> Callable[[], Awaitable[None]]:
            async def send() -> None:
                nonlocal sent
                sent += 1
                number = sent
                driver.send(frame)
                await audience.everyone(number)

            return send

        return await _drive(audience, [sending(each) for each in drivers])
    finally:
        audience.leave()
        for driver in drivers:
            driver.close()


async def _drive(audience: Audience, sending: list[Callable[[], Awaitable[None]]]) -> tuple[float, float]:
    loop = asyncio.get_running_loop()
    # The first second fills caches and opens pooled connections.
    begun = loop.time() + 1
    end = begun + SECONDS
    before = 0

    async def keep(send: Callable[[], Awaitable[None]]) -> int:
        count = 0
        while (now := loop.time()) < end:
            await send()
            count += now >= begun
        return count

    async def look() -> None:
        nonlocal before
        await asyncio.sleep(1)
        before = audience.deliveries

    async with asyncio.timeout(SECONDS + 30):
        *counts, _ = await asyncio.gather(*(keep(each) for each in sending), look())
    seconds = loop.time() - begun
    return sum(filter(None, counts)) / seconds, (audience.deliveries - before) / seconds


class _Sent(msgspec.Struct):
    number: int
