"""What claiming costs while few wait, and while a million do."""

from statistics import median
from time import perf_counter
from uuid import UUID

from bench.delivering import fill_queue
from bench.gateways import empty_queue, new_gateway
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import new_people, settle
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.deliveries.actions.claiming import claim
from estafette.deliveries.models.engine import GatewayLease
from estafette.deliveries.rules.low_water_marks import LowWaterMarks
from estafette.deliveries.store import dispatchers
from estafette.main.database import open_database

FEW, MANY = 10_000, 1_000_000
TOGETHER, CLAIMS, WARM_UP = 100, 20, 10


async def measure(stage: Stage) -> list[Figure]:
    """The median of claims of a hundred; this process is the one that claims, and submits nothing."""
    [root] = await new_people(stage.database, 1, "administrator")
    [owner] = await new_people(stage.database, 1, "service")
    await empty_queue(stage.database)
    # Nobody can reach it, so that the server's own worker claims nothing for it.
    gateway = await new_gateway(stage.server.port, root, port=1)
    runs = Runs()
    async with open_database(stage.server.dsn, size=2) as database:
        await fill_queue(stage.database, owner, FEW)
        await settle(stage.database)
        for _ in stage.rounds(f"claims, {FEW:,} waiting"):
            runs.limit.append(await _milliseconds(database, UUID(gateway.id)))
        say(f"claims: letting {MANY:,} wait")
        await fill_queue(stage.database, owner, MANY - FEW)
        await settle(stage.database)
        for _ in stage.rounds(f"claims, {MANY:,} waiting"):
            runs.product.append(await _milliseconds(database, UUID(gateway.id)))
    await gateway.remove()
    await empty_queue(stage.database)
    return [
        Figure(
            name=f"Claim of {TOGETHER}, {MANY:,} waiting",
            runs=runs,
            limit=f"the same with {FEW:,} waiting",
            unit="ms",
            aim=("≤", 1.3),
            context="one transaction that marks them as being submitted and reads all that is needed to do so",
        )
    ]


async def _milliseconds(database: Database, gateway_id: UUID) -> float:
    """The median time of a claim, by a dispatcher that has just begun."""
    lease = GatewayLease(dispatcher_id=new_id(), gateway_id=gateway_id, version=1)
    low_water_marks = LowWaterMarks()
    seconds: list[float] = []
    await dispatchers.register(database, lease.dispatcher_id)
    # What it may take in a second is not what is measured.
    await database.execute("UPDATE gateway_states SET tokens = 10000, refilled_at = now()")
    for number in range(WARM_UP + CLAIMS):
        begun = perf_counter()
        claimed = await claim(database, lease, new_id(), TOGETHER, low_water_marks)
        if number >= WARM_UP:
            seconds.append(perf_counter() - begun)
        ids = [each.delivery_id for each in claimed.messages]
        if len(ids) != TOGETHER:
            raise RuntimeError(f"{len(ids)} were claimed instead of {TOGETHER}")
        # As if they had been submitted meanwhile.
        await database.execute("DELETE FROM delivery_queue WHERE delivery_id = ANY ($1::bigint[])", ids)
    return median(seconds) * 1000
