"""Whatever is done in whatever order: the totals are what one counts over the rows, and nobody gets anything twice."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from estafette.base.errors import Conflict
from estafette.clients.actions import keeping
from estafette.communications.models.audiences import EveryoneAudience
from estafette.communications.models.communications import Communication
from estafette.communications.models.schedules import Schedule
from estafette.deliveries.actions.ending import end_waiting
from estafette.deliveries.actions.reaping import reap_dead_worker
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Unknown
from estafette.deliveries.store import dispatchers
from tests.communications.scene import BUSY, REFUSED, Scene
from tests.deliveries.scripted import receipt
from tests.world import World

Accepteds = Counter[tuple[str, str]]
"""How often a gateway has taken something, by channel and address."""
FORGOTTEN = """
    SELECT count(*) FROM clients c WHERE NOT EXISTS (
        SELECT FROM communication_recipients r WHERE r.communication_id = $1 AND r.client_id = c.id
    )
"""
CLIENTS, STEPS = 40, 60
DONE = ("work", "claim", "record", "receipt", "pause", "resume", "cancel", "erase", "wait", "die", "restore")
WEIGHTS = (20, 20, 20, 8, 5, 10, 1, 3, 6, 2, 1)


@pytest.mark.parametrize("seed", range(6))
async def test_totals_are_the_rows_and_nobody_gets_it_twice(world: World, seed: int) -> None:
    chance = random.Random(seed)
    scene = await Scene(world).begin()
    phones: dict[str, str | None] = {
        f"C{n}" if chance.random() < 0.3 else f"Client{n}": f"+3361234{n:04}" for n in range(CLIENTS)
    }
    await scene.register(**phones)
    ladder = chance.random() < 0.5
    made = await scene.create(
        channels=["email", "sms"],
        mode="ladder" if ladder else "together",
        audience=EveryoneAudience(),
        schedule=Schedule(per_minute=chance.choice((None, 600)), step_after=60),
    )
    out: list[ClaimedMessage] = []
    accepted = Accepteds()
    for _ in range(STEPS):
        step = chance.choices(DONE, WEIGHTS)[0]
        try:
            await _do(scene, step, made, out, accepted, chance)
        except Conflict:
            assert await scene.state(made.id) in ("cancelled", "cancelling", "completed")
        await scene.totals(made.id)
    assert {who: count for who, count in accepted.items() if count > 1} == {}
    await _to_the_end(scene, made, out, accepted)
    assert {who: count for who, count in accepted.items() if count > 1} == {}
    assert await scene.state(made.id) in ("completed", "cancelled")
    left = await scene.totals(made.id)
    assert not any("WAITING" in of_channel or "CREATED" in of_channel for of_channel in left.values())
    if await scene.state(made.id) == "completed":
        assert await scene.database.fetchval(FORGOTTEN, made.id) == 0


async def _do(
    scene: Scene, step: str, made: Communication, out: list[ClaimedMessage], accepted: Accepteds, chance: random.Random
) -> None:
    match step:
        case "work":
            await scene.work()
        case "claim":
            out += await scene.claim(chance.randint(1, 15))
        case "record":
            chance.shuffle(out)
            some, out[:] = out[:8], out[8:]
            for each in some:
                outcome = chance.choice(
                    (Accepted(provider_ids=(str(each.delivery_id),)), REFUSED, BUSY, Unknown(reason="?"))
                )
                if isinstance(outcome, Accepted):
                    accepted[each.channel, each.recipient] += 1
                await scene.engine.record((each, outcome))
        case "receipt":
            rows = await scene.database.fetch("SELECT id FROM deliveries WHERE status = 'SENT' LIMIT 5")
            for row in rows:
                await scene.engine.told(receipt(str(row["id"]), chance.choice(("delivered", "failed"))))
        case "pause":
            await scene.pause(made)
            assert await scene.claim() == []
        case "resume":
            await scene.resume(made)
        case "cancel":
            await scene.cancel(made)
            assert await scene.claim() == []
        case "erase":
            rows = await scene.database.fetch("SELECT id FROM clients ORDER BY id")
            if rows:
                await keeping.erase_client(scene.database, scene.root, chance.choice(rows)["id"])
                await scene.world.react()
        case "die":
            # Its outcomes are lost with it.
            out.clear()
            await reap_dead_worker(scene.database, scene.engine.dispatcher_id)
            await dispatchers.register(scene.database, scene.engine.dispatcher_id)
        case "restore":
            await end_waiting(scene.database)
        case _:
            scene.database.clock.move(timedelta(seconds=chance.choice((1, 20, 90))))


async def _to_the_end(scene: Scene, made: Communication, out: list[ClaimedMessage], accepted: Accepteds) -> None:
    for _ in range(60):
        if await scene.state(made.id) == "paused":
            await scene.resume(made)
        await scene.work()
        out += await scene.claim()
        for each in out:
            accepted[each.channel, each.recipient] += 1
        await scene.accept(*out)
        out.clear()
        scene.database.clock.move(timedelta(seconds=90))
        await scene.work()
        if await scene.state(made.id) in ("completed", "cancelled"):
            return
