"""Presence: a change until all who look have seen it, and what one costs that nobody looks at."""

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter

import asyncpg
import msgspec

from bench.http_client import HttpConnection
from bench.latency import percentile
from bench.live import PATH, bare_server
from bench.live_client import LiveSocket
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Somebody, new_people

LOOKING, CHANGES = 1_000, 30
AIM_MILLISECONDS = 300.0
AT_ONCE = 50
FRAME_BYTES = 230
"""Of a frame that tells of one person."""
STATISTICS_SECONDS = 12
"""After which PostgreSQL has counted what its idle connections did."""
_READINGS = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'presence_connections_pkey'"


class Lookers:
    """So many pages that show somebody: when each has heard of the last change, and how much they heard in all."""

    def __init__(self) -> None:
        self.sockets: list[LiveSocket] = []
        self.frames = 0
        self._heard: list[float] = []
        self._all = asyncio.Event()
        self._wanted = 0

    async def join(self, port: int, path: str, tokens: list[str]) -> None:
        """Lets them in, a few at a time."""
        for begin in range(0, len(tokens), AT_ONCE):
            opening = [LiveSocket.open(port, path, each, self._receive) for each in tokens[begin : begin + AT_ONCE]]
            self.sockets += await asyncio.gather(*opening)

    async def show(self, *people: Somebody) -> None:
        """Lets all of them show these people, and waits for their snapshots."""
        frame = msgspec.json.encode({"type": "show_presence", "people": [each.id for each in people]})

        async def say_so() -> None:
            for socket in self.sockets:
                socket.send(frame)

        await self.seconds_after(say_so)

    async def seconds_after(self, change: Callable[[], Awaitable[object]]) -> list[float]:
        """How long after the beginning of a change each of them had its next frame."""
        self._heard, self._wanted = [], len(self.sockets)
        self._all.clear()
        begun = perf_counter()
        await change()
        async with asyncio.timeout(60):
            await self._all.wait()
        return [at - begun for at in self._heard]

    def leave(self) -> None:
        """Closes all."""
        for socket in self.sockets:
            socket.close()

    def _receive(self, frame: bytes) -> None:
        if frame.startswith(b'{"type":"welcome"'):
            return
        self.frames += 1
        self._heard.append(perf_counter())
        if len(self._heard) >= self._wanted:
            self._all.set()


async def measure(stage: Stage) -> list[Figure]:
    """Milliseconds until a change is seen, and the readings that a change costs."""
    seen, costs = Runs(), Runs()
    async with bare_server() as (bare, _):
        for _ in stage.rounds(f"presence, {LOOKING:,} who look"):
            [gina, hugo, *people] = await new_people(stage.database, LOOKING + 2, "employee")
            lookers = Lookers()
            try:
                await lookers.join(stage.server.port, PATH, [each.token for each in people])
                await lookers.show(gina)
                found, read = await _looked_at(stage, lookers, gina)
                unseen = await _nobody_looks(stage, lookers, hugo)
            finally:
                lookers.leave()
            seen.add(percentile(found, 95) * 1000, percentile(await _broadcast(bare), 95) * 1000)
            costs.add(unseen, read)
    return [
        Figure(
            name=f"A presence seen by {LOOKING:,}, p95", unit="ms", runs=seen, aim=("≤", AIM_MILLISECONDS),
            aim_is_absolute=True, limit="bare broadcast of a frame of that size",
            context="set over HTTP, until each who looks has the frame",
        ),
        Figure(
            name="Readings of a change nobody looks at", runs=costs, aim=("≤", 0.0),
            limit=f"of one that {LOOKING:,} look at",
            context=f"and not one frame to any of {LOOKING:,} who are connected",
        ),
    ]  # fmt: skip


async def _looked_at(stage: Stage, lookers: Lookers, whom: Somebody) -> tuple[list[float], float]:
    """The seconds until each has seen each of some changes, and the readings of one."""
    found: list[float] = []

    async def change_all(setting: HttpConnection) -> None:
        for number in range(CHANGES):
            found.extend(await lookers.seconds_after(lambda number=number: _change(setting, number)))

    return found, await _readings_of_one(stage, whom, change_all)


async def _nobody_looks(stage: Stage, lookers: Lookers, whom: Somebody) -> float:
    """The readings of a change of somebody whom nobody shows; raises RuntimeError if anybody is told."""
    told = lookers.frames

    async def change_all(setting: HttpConnection) -> None:
        for number in range(CHANGES):
            await _change(setting, number)

    read = await _readings_of_one(stage, whom, change_all)
    if lookers.frames != told:
        raise RuntimeError(f"{lookers.frames - told} frames were sent of somebody whom nobody shows.")
    return read


async def _readings_of_one(
    stage: Stage, whom: Somebody, change_all: Callable[[HttpConnection], Awaitable[None]]
) -> float:
    """How often a change is read beside its own answer, which holds one's own presence."""
    before = await _readings(stage.database)
    setting = await HttpConnection.open(stage.server.port, whom.token)
    try:
        await change_all(setting)
    finally:
        setting.close()
    return (await _readings(stage.database) - before) / CHANGES - 1


async def _change(setting: HttpConnection, number: int) -> None:
    status = None if number % 2 else "do_not_disturb"
    await setting.put("/api/v1/me/presence", msgspec.json.encode({"status": status}))


async def _readings(database: asyncpg.Connection) -> int:
    """How often it was looked up to which processes somebody is connected."""
    say("presence: waiting for the statistics of PostgreSQL")
    await asyncio.sleep(STATISTICS_SECONDS)
    await database.execute("SELECT pg_stat_clear_snapshot()")
    return int(await database.fetchval(_READINGS) or 0)


async def _broadcast(port: int) -> list[float]:
    lookers = Lookers()
    driver = await LiveSocket.open(port, "/drive", "", lambda _: None)
    frame = msgspec.json.encode({"type": "presence", "filling": "x" * (FRAME_BYTES - 34)})

    async def send() -> None:
        driver.send(frame)

    try:
        await lookers.join(port, "/listen", [""] * LOOKING)
        found: list[float] = []
        for _ in range(CHANGES):
            found += await lookers.seconds_after(send)
        return found
    finally:
        lookers.leave()
        driver.close()
