"""Whether the worker needs more memory the more messages it has carried."""

from bench.delivering import counterpart, fill_queue, until_delivered
from bench.gateways import empty_queue, new_gateway
from bench.memory import bytes_of
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import new_people

FIRST, ALL = 10_000, 50_000


async def measure(stage: Stage) -> list[Figure]:
    """Memory of the worker after many messages, beside that after fewer; only Linux tells it.

    It is measured once, however many runs there are: a worker is new only once.
    """
    worker = stage.server.worker_pid
    if worker is None:
        say("outflow: not measured, since this system does not tell it")
        return []
    [root] = await new_people(stage.database, 1, "administrator")
    [owner] = await new_people(stage.database, 1, "service")
    runs = Runs()
    await empty_queue(stage.database)
    async with counterpart() as other:
        gateway = await new_gateway(stage.server.port, root, port=other.port)
        say(f"outflow: {FIRST:,} messages")
        await fill_queue(stage.database, owner, FIRST)
        await until_delivered(stage.database, FIRST)
        first = bytes_of(worker) / 1_000_000
        say(f"outflow: {ALL:,} messages")
        await fill_queue(stage.database, owner, ALL - FIRST)
        await until_delivered(stage.database, ALL)
        runs.add(bytes_of(worker) / 1_000_000, first)
        await gateway.remove()
    await empty_queue(stage.database)
    return [
        Figure(
            name=f"Memory of the worker, {ALL:,} delivered",
            runs=runs,
            limit=f"the same worker after {FIRST:,}",
            unit="MB",
            aim=("≤", 1.1),
            context="SMS through SMPP with receipts, in one go; PSS, measured once",
        )
    ]
