"""Messages accepted per second over document D2's interface, against PostgreSQL alone storing the same rows."""

import asyncio
from itertools import count
from statistics import median

import msgspec

from bench.cpu import cpu_seconds
from bench.gateways import empty_queue, new_gateway
from bench.http_client import HttpConnection
from bench.limits import delivery_rows
from bench.limits.pgbench import Pgbench
from bench.stage import Stage
from bench.table import Figure, Runs
from bench.world import Somebody, new_people

CLIENTS = {8: 8, 64: 32}
"""How many post at a time, and with how many clients pgbench is compared."""
AIMS = {8: 0.5, 64: 0.8}
SECONDS, WARM_UP = 4.0, 1.0
NUMBERS = count(554899000000)


def body() -> bytes:
    """A message to a number that was not written to before."""
    text = "Your table is booked for eight, see you at the gate of the house."
    return msgspec.json.encode({"message": text, "from": "Something", "to": next(NUMBERS), "type": "SMS"})


async def measure(stage: Stage) -> list[Figure]:
    """How many a second with each number of clients, and what one costs the processor with the most of them."""
    accounts = await new_people(stage.database, max(CLIENTS), "service")
    [root] = await new_people(stage.database, 1, "administrator")
    # Messages wait for a gateway that cannot be reached: accepting is what is measured.
    gateway = await new_gateway(stage.server.port, root, port=1)
    runs = {clients: Runs() for clients in CLIENTS}
    cost, parts = Runs(), list[dict[str, float]]()
    async with Pgbench.prepared(stage.server.dsn, delivery_rows.TABLES, delivery_rows.SCRIPT) as pgbench:
        for _ in stage.rounds("accepting"):
            for clients, compared in CLIENTS.items():
                before = cpu_seconds(stage.server.pid)
                limit = await pgbench.rate(clients=compared, seconds=SECONDS)
                between = cpu_seconds(stage.server.pid)
                rate = await _accepted_per_second(stage.server.port, accounts[:clients])
                after = cpu_seconds(stage.server.pid)
                runs[clients].add(rate, limit)
                if clients == max(CLIENTS) and after:
                    # The first second is not counted among the accepted; it costs as much as the others.
                    accepted = rate * (SECONDS + WARM_UP)
                    parts.append({part: 1000 * (after[part] - between[part]) / accepted for part in after})
                    least = 1000 * (between["PostgreSQL"] - before["PostgreSQL"]) / (limit * SECONDS)
                    cost.add(sum(parts[-1].values()), least)
    await gateway.remove()
    await empty_queue(stage.database)
    figures = [
        Figure(
            name=f"Messages accepted/s, {clients} clients",
            runs=runs[clients],
            limit=f"pgbench -c {compared} -M prepared: BEGIN, the same two rows, COMMIT",
            aim=("≥", AIMS[clients]),
            context="POST /messages, durable, each client an account of its own",
        )
        for clients, compared in CLIENTS.items()
    ]
    if not parts:
        return figures
    shares = ", ".join(f"{part} {median(each[part] for each in parts):.2f}" for part in ("web", "PostgreSQL", "worker"))
    return [
        *figures,
        Figure(
            name=f"CPU of an accepted message, {max(CLIENTS)} clients",
            runs=cost,
            unit="ms",
            limit="what a transaction of pgbench costs PostgreSQL",
            context=f"by process: {shares}",
        ),
    ]


async def _accepted_per_second(port: int, accounts: list[Somebody]) -> float:
    connections = [await HttpConnection.open(port, each.token) for each in accounts]
    loop = asyncio.get_running_loop()
    begun = loop.time() + WARM_UP
    end = begun + SECONDS

    async def keep_posting(connection: HttpConnection) -> int:
        accepted = 0
        while (now := loop.time()) < end:
            await connection.post("/messages", body())
            accepted += now >= begun
        return accepted

    try:
        counts = await asyncio.gather(*map(keep_posting, connections))
    finally:
        for connection in connections:
            connection.close()
    return sum(counts) / SECONDS
