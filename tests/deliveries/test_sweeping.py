"""What waits in vain comes to an end, and says why."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import get_args

import pytest

from estafette.base.ids import new_id
from estafette.deliveries.actions import sweeping
from estafette.deliveries.actions.reaping import reap_dead_worker, reap_silent_workers
from estafette.deliveries.actions.sweeping import sweep
from estafette.deliveries.dispatch import heartbeat as heartbeat_module
from estafette.deliveries.dispatch.heartbeat import Heartbeat
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.store import dispatchers, links
from estafette.deliveries.store.sweeps import lanes_without_gateway
from tests.deliveries import add_gateway, text_message
from tests.deliveries.engine import Engine
from tests.deliveries.scripted import receipt


@pytest.mark.parametrize(
    "why",
    [
        "UPDATE gateways SET enabled = false",
        "UPDATE gateways SET removed_at = now()",
        "UPDATE gateways SET channels = '{email,push}'",
    ],
)
async def test_without_a_gateway_that_could_take_it_a_message_fails(engine: Engine, why: str) -> None:
    made = await engine.send()
    await sweep(engine.database)
    assert (await engine.find(made.id)).status == "CREATED"
    await engine.database.execute(why)
    await sweep(engine.database)
    assert await engine.changes(made.id) == [("SYSTEM_ERROR", "no_gateway")]
    assert await engine.in_queue() == []


async def test_by_no_channel_anything_waits_for_a_gateway_that_there_is_not(engine: Engine) -> None:
    await engine.database.execute("UPDATE gateways SET enabled = false")
    assert set(get_args(Channel)) <= set(await lanes_without_gateway(engine.database))


async def test_what_is_for_later_may_find_a_gateway_until_then(engine: Engine) -> None:
    await engine.database.execute("UPDATE gateways SET enabled = false")
    made = await engine.send(text_message(send_at=engine.database.clock.now() + timedelta(hours=1)))
    await sweep(engine.database)
    assert (await engine.find(made.id)).status == "CREATED"
    engine.database.clock.move(timedelta(hours=2))
    await sweep(engine.database)
    assert (await engine.find(made.id)).reason == "no_gateway"


async def test_a_test_of_a_gateway_that_is_off_fails_though_others_are_on(engine: Engine) -> None:
    off = await add_gateway(engine.database, enabled=False)
    made, other = await engine.send(text_message(only_gateway_id=off)), await engine.send()
    await sweep(engine.database)
    assert (await engine.find(made.id)).reason == "no_gateway"
    assert (await engine.find(other.id)).status == "CREATED"


@pytest.mark.parametrize(("up_until", "reason"), [("infinity", "expired"), ("-infinity", "gateway_unreachable")])
async def test_what_waited_too_long_has_expired_and_says_whether_the_gateway_was_there(
    engine: Engine, up_until: str, reason: str
) -> None:
    made = await engine.send()
    await engine.database.execute("UPDATE gateway_states SET up_until = $1::text::timestamptz", up_until)
    engine.database.clock.move(timedelta(hours=47))
    await sweep(engine.database)
    assert (await engine.find(made.id)).status == "CREATED"
    engine.database.clock.move(timedelta(hours=2))
    await sweep(engine.database)
    assert await engine.changes(made.id) == [("EXPIRED", reason)]
    assert await engine.in_queue() == []


async def test_what_is_being_submitted_does_not_expire(engine: Engine) -> None:
    made = await engine.send()
    await engine.claim()
    engine.database.clock.move(timedelta(hours=49))
    await sweep(engine.database)
    assert (await engine.find(made.id)).status == "CREATED"


async def test_however_many_there_are_one_sweep_ends_them_all(engine: Engine) -> None:
    await engine.database.execute("UPDATE gateways SET enabled = false")
    await asyncio.gather(*(engine.send() for _ in range(450)))
    await asyncio.gather(*(sweep(engine.database) for _ in range(3)))
    assert await engine.database.fetchval("SELECT count(*) FROM deliveries WHERE reason = 'no_gateway'") == 450
    assert await engine.database.fetchval("SELECT count(*) FROM delivery_events") == 450


@pytest.mark.parametrize("what", ["no gateway", "expired", "nobody's receipts"])
async def test_a_sweep_comes_to_its_end_however_much_there_is_and_says_that_there_is_more(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 2)
    monkeypatch.setattr(sweeping, "ROUNDS", 3)
    if what == "nobody's receipts":
        await engine.told(*(receipt("nobody's", number=number) for number in range(9)))
        await engine.database.execute("UPDATE receipts SET look_at = now()")
    else:
        await asyncio.gather(*(engine.send() for _ in range(9)))
    if what == "no gateway":
        await engine.database.execute("UPDATE gateways SET enabled = false")
    if what == "expired":
        engine.database.clock.move(timedelta(hours=49))
    assert await sweep(engine.database)
    left = "SELECT (SELECT count(*) FROM delivery_queue) + (SELECT count(*) FROM receipts WHERE look_at <= now())"
    assert await engine.database.fetchval(left) == 3
    assert not await sweep(engine.database)
    assert await engine.database.fetchval(left) == 0


async def test_only_who_was_silent_for_fifteen_seconds_is_dead(engine: Engine) -> None:
    made = await engine.send()
    await engine.claim()
    # In a transaction it is the same moment all the time, however long it takes.
    async with engine.database.joined(), engine.database.transaction() as transaction:
        await transaction.execute("UPDATE dispatchers SET seen_at = now() - interval '15 seconds'")
        await reap_silent_workers(engine.database)
        # It has beaten once more between the look and the deed.
        await reap_dead_worker(engine.database, engine.dispatcher_id, silent_only=True)
    assert (await engine.find(made.id)).status == "CREATED"
    await engine.database.execute("UPDATE dispatchers SET seen_at = now() - interval '16 seconds'")
    await asyncio.gather(*(reap_silent_workers(engine.database) for _ in range(3)))
    assert await engine.changes(made.id) == [("UNCERTAIN", "awaiting_receipt")]
    assert await engine.database.fetchval("SELECT count(*) FROM dispatchers") == 0


async def test_a_worker_that_was_declared_dead_begins_anew(engine: Engine) -> None:
    heartbeat = Heartbeat(engine.database)
    await heartbeat.beat()
    first = heartbeat.id
    [slot] = await links.lease(engine.database, engine.gateway_id, 1, first, 1)
    await heartbeat.beat()
    assert heartbeat.id == first
    assert heartbeat.slots == {(engine.gateway_id, slot)}
    await engine.database.execute("UPDATE dispatchers SET seen_at = now() - interval '16 seconds'")
    await reap_silent_workers(engine.database)
    await heartbeat.beat()
    assert heartbeat.id != first
    assert heartbeat.slots == set()
    assert not heartbeat.is_steady


async def test_links_are_leased_to_one_worker_each_and_given_to_others_when_it_is_gone(engine: Engine) -> None:
    one, two = new_id(), new_id()
    for each in (one, two):
        await dispatchers.register(engine.database, each)
    gateway = engine.gateway_id
    taken = await asyncio.gather(*(links.lease(engine.database, gateway, 5, each, 3) for each in (one, two, one)))
    assert sorted(slot for slots in taken for slot in slots) == [1, 2, 3, 4, 5]
    assert await links.lease(engine.database, gateway, 5, two, 5) == []
    mine = await links.renew(engine.database, one)
    await engine.database.execute(
        "UPDATE gateway_links SET until = now() - interval '1 second' WHERE dispatcher_id = $1", one
    )
    won = await links.lease(engine.database, gateway, 5, two, 5)
    assert {(gateway, slot) for slot in won} == mine
    assert await links.renew(engine.database, one) == set()
    await links.release(engine.database, gateway, won[0], one)
    assert len(await links.renew(engine.database, two)) == 5
    await links.release(engine.database, gateway, won[0], two)
    assert len(await links.renew(engine.database, two)) == 4


async def test_who_was_cut_off_itself_does_not_declare_others_dead(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(heartbeat_module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    heartbeat = Heartbeat(engine.database)
    steady: list[bool] = []
    for seconds in [2] * 8 + [30] + [2] * 8 + [4.5]:
        now[0] += seconds
        if seconds <= 2 or seconds == 30:
            await heartbeat.beat()
        steady.append(heartbeat.is_steady)
    # Not in its first fifteen seconds, nor in those after it could not reach the database, nor without a beat.
    assert steady == [False] * 8 + [False] + [False] * 7 + [True] + [False]
