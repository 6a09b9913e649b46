"""Messages accepted per second over document D2's interface, against PostgreSQL alone storing the same rows."""

import asyncio
from itertools import count

import msgspec

from bench.gateways import empty_queue, new_gateway
from bench.http_client import HttpConnection
from bench.limits import delivery_rows
from bench.limits.pgbench import Pgbench
from bench.stage import Stage
from bench.table import Figure, Runs
from bench.world import Somebody, new_people

CLIENTS = (8, 64)
SECONDS, WARM_UP = 4.0, 1.0
NUMBERS = count(554899000000)


def body() -> bytes:
    """A message to a number that was not written to before."""
    text = "Your table is booked for eight, see you at the gate of the house."
    return msgspec.json.encode({"message": text, "from": "Something", "to": next(NUMBERS), "type": "SMS"})


async def measure(stage: Stage) -> list[Figure]:
    """One figure for each number of clients; the limit is the same for all."""
    accounts = await new_people(stage.database, max(CLIENTS), "service")
    [root] = await new_people(stage.database, 1, "administrator")
    # Messages wait for a gateway that cannot be reached: accepting is what is measured.
    gateway = await new_gateway(stage.server.port, root, port=1)
    runs = {clients: Runs() for clients in CLIENTS}
    async with Pgbench.prepared(stage.server.dsn, delivery_rows.TABLES, delivery_rows.SCRIPT) as pgbench:
        for _ in stage.rounds("accepting"):
            limit = await pgbench.rate(clients=32, seconds=SECONDS)
            for clients in CLIENTS:
                runs[clients].add(await _accepted_per_second(stage.server.port, accounts[:clients]), limit)
    await gateway.remove()
    await empty_queue(stage.database)
    return [
        Figure(
            name=f"Messages accepted/s, {clients} clients",
            runs=runs[clients],
            limit="pgbench -c 32 -M prepared: BEGIN, the same two rows, COMMIT",
            aim=("≥", 0.6) if clients == max(CLIENTS) else None,
            context="POST /messages, durable, each client an account of its own",
        )
        for clients in CLIENTS
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
