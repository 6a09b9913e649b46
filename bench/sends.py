"""Durable sends per second over HTTP, against PostgreSQL alone doing the least that numbers and keeps a message."""

import asyncio
from collections.abc import Sequence
from statistics import median

from bench.cpu import cpu_seconds
from bench.http_client import HttpConnection
from bench.limits.pgbench import Pgbench
from bench.stage import Stage
from bench.table import Figure, Runs
from bench.world import Talk, new_talks, quiet

SENDERS = {1: 1, 8: 8, 64: 32}
"""How many send at a time, and with how many clients pgbench is compared."""
AIMS = {1: 0.22, 8: 0.5, 64: 0.65}
SECONDS, WARM_UP = 4.0, 1.0
TEXT = "About a hundred characters, as most messages have: see you at the gate of the house at ten, with both keys."


async def measure(stage: Stage) -> list[Figure]:
    """How many a second with each number of senders, and what one costs the processor with the most of them."""
    talks = await new_talks(stage.database, max(SENDERS))
    runs = {senders: Runs() for senders in SENDERS}
    cost, parts = Runs(), list[dict[str, float]]()
    async with Pgbench.prepared(stage.server.dsn) as pgbench:
        for _ in stage.rounds("sends"):
            for senders, clients in SENDERS.items():
                before = cpu_seconds(stage.server.pid)
                limit = await pgbench.rate(clients=clients, seconds=SECONDS)
                between = cpu_seconds(stage.server.pid)
                rate = await sends_per_second(stage.server.port, talks[:senders])
                # With all that follows from them.
                await quiet(stage.database)
                after = cpu_seconds(stage.server.pid)
                runs[senders].add(rate, limit)
                if senders == max(SENDERS) and after:
                    # The first second is not counted among the sends; it costs as much as the others.
                    sent = rate * (SECONDS + WARM_UP)
                    parts.append({part: 1000 * (after[part] - between[part]) / sent for part in after})
                    least = 1000 * (between["PostgreSQL"] - before["PostgreSQL"]) / (limit * SECONDS)
                    cost.add(sum(parts[-1].values()), least)
    figures = [
        Figure(
            name=f"Sends/s, {senders} {'sender' if senders == 1 else 'senders'}",
            runs=runs[senders],
            limit=f"pgbench -c {clients} -M prepared: BEGIN, UPDATE, INSERT, COMMIT",
            aim=("≥", AIMS[senders]),
            context="durable, over HTTP, each in a conversation of their own, each send with a key",
        )
        for senders, clients in SENDERS.items()
    ]
    if not parts:
        return figures
    shares = ", ".join(f"{part} {median(each[part] for each in parts):.2f}" for part in ("web", "PostgreSQL", "worker"))
    return [
        *figures,
        Figure(
            name=f"CPU of a send, {max(SENDERS)} senders",
            runs=cost,
            unit="ms",
            limit="what a transaction of pgbench costs PostgreSQL",
            aim=("≤", 0.4),
            aim_is_absolute=True,
            context=f"with all that follows from it: {shares}",
        ),
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
