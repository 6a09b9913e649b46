"""What a connection costs that does nothing but be there."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bench.live import PATH, bare_server
from bench.live_client import LiveSocket
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import new_talks

IDLE, WARM_UP = 1_000, 50
# One address may open so many at once; on Linux a machine has 127.0.0.0/8 to itself.
PER_ADDRESS = 500


async def measure(stage: Stage) -> list[Figure]:
    """Memory of the web process per idle live connection, beside the bare server's; only Linux tells it.

    Connections of earlier runs stay open, so that each run needs memory of its own.
    """
    if stage.server.web_pid is None:
        say("memory: not measured, since this system does not tell it")
        return []
    tokens = [each.customer.token for each in await new_talks(stage.database, IDLE)]
    runs = Runs()
    with _Idle(stage.server.port, PATH) as live:
        await live.open(tokens[:WARM_UP])
        for _ in stage.rounds("memory"):
            async with bare_server() as (port, pid):
                with _Idle(port, "/listen") as bare:
                    await bare.open(tokens[:WARM_UP])
                    limit = await bare.growth(pid, tokens)
            runs.add(await live.growth(stage.server.web_pid, tokens), limit)
    return [
        Figure(name="Memory of an idle connection", unit="kB", runs=runs, limit="bare server with the same WebSockets",
               aim=("≤", 40), aim_is_absolute=True,
               context=f"{IDLE:,} more live connections of as many people; growth of the web process (PSS)")
    ]  # fmt: skip


class _Idle:
    """Connections to one server that do nothing but answer its heartbeat."""

    def __init__(self, port: int, path: str) -> None:
        self._port, self._path = port, path
        self._sockets: list[LiveSocket] = []

    def __enter__(self) -> "_Idle":
        return self

    def __exit__(self, *_: object) -> None:
        for socket in self._sockets:
            socket.close()

    async def growth(self, pid: int, tokens: Sequence[str]) -> float:
        """How much a process grows with each further connection, in kB of 1,000 bytes."""
        before = bytes_of(pid)
        await self.open(tokens)
        await asyncio.sleep(1)
        gone = [socket.closed_by_server for socket in self._sockets if socket.closed_by_server]
        if gone:
            raise RuntimeError(f"{len(gone)} connections were closed, the first one with {gone[0]}.")
        return (bytes_of(pid) - before) / len(tokens) / 1000

    async def open(self, tokens: Sequence[str]) -> None:
        """Opens one connection for each token, a few at a time."""
        for begin in range(0, len(tokens), 50):
            source = f"127.0.1.{len(self._sockets) // PER_ADDRESS + 1}"
            self._sockets += await asyncio.gather(
                *(
                    LiveSocket.open(self._port, self._path, token, _ignore, source)
                    for token in tokens[begin : begin + 50]
                )
            )


def _ignore(frame: bytes) -> None:
    return


def bytes_of(pid: int) -> int:
    """The memory of a process that no other shares, and its part of what is shared (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the kernel does not tell the memory of a process")
