"""Durable sends per second over HTTP, against PostgreSQL alone doing the least that numbers and keeps a message."""

import asyncio
from collections.abc import Sequence

from bench.http_client import HttpConnection
from bench.limits.pgbench import Pgbench
from bench.stage import Stage
from bench.table import Figure, Runs
from bench.world import Talk, new_talks, quiet

SENDERS = (1, 8, 64)
SECONDS, WARM_UP = 4.0, 1.0
TEXT = "About a hundred characters, as most messages have: see you at the gate of the house at ten, with both keys."


async def measure(stage: Stage) -> list[Figure]:
    """One figure for each number of senders; the limit is the same for all."""
    talks = await new_talks(stage.database, max(SENDERS))
    runs = {senders: Runs() for senders in SENDERS}
    behind: list[float] = []
    async with Pgbench.prepared(stage.server.dsn) as pgbench:
        for _ in stage.rounds("sends"):
            limit = await pgbench.rate(clients=32, seconds=SECONDS)
            for senders in SENDERS:
                runs[senders].add(await sends_per_second(stage.server.port, talks[:senders]), limit)
                behind.append(await quiet(stage.database))
    return [
        Figure(
            name=f"Sends/s, {senders} {'sender' if senders == 1 else 'senders'}",
            runs=runs[senders],
            limit="pgbench -c 32 -M prepared: BEGIN, UPDATE, INSERT, COMMIT",
            aim=("≥", 0.8) if senders == max(SENDERS) else None,
            context="durable, over HTTP, each in a conversation of their own, each send with a key",
        )
        for senders in SENDERS
    ]


async def sends_per_second(port: int, talks: Sequence[Talk]) -> float:
    """How many sends are answered a second when each customer sends as fast as answers come."""
    connections = [await HttpConnection.open(port, talk.customer.token) for talk in talks]
    loop = asyncio.get_running_loop()
    begun = loop.time() + WARM_UP
    end = begun + SECONDS

    async def keep_sending(connection: HttpConnection, conversation: str) -> int:
        count = 0
        while (now := loop.time()) < end:
            await connection.send(conversation, TEXT)
            count += now >= begun
        return count

    try:
        counts = await asyncio.gather(
            *(keep_sending(one, str(talk.id)) for one, talk in zip(connections, talks, strict=True))
        )
    finally:
        for connection in connections:
            connection.close()
    return sum(counts) / SECONDS
