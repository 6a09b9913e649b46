"""Claiming: what goes out next, how fast, through which gateway."""

import asyncio
import time
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from estafette import deliveries
from estafette.base.clock import Clock
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.deliveries import NewDelivery
from estafette.deliveries.actions.claiming import LeaseLost, anything_due, claim, undo
from estafette.deliveries.errors import TooLateToCancel
from estafette.deliveries.models.engine import GatewayLease
from estafette.deliveries.models.messages import Options
from estafette.deliveries.rules.low_water_marks import LowWaterMarks
from estafette.deliveries.store import gateway_states
from tests.deliveries import ANN, add_gateway, text_message
from tests.deliveries.engine import Engine


async def test_urgent_ones_go_first_then_in_the_order_in_which_they_came(engine: Engine) -> None:
    bulk = [await engine.send(text_message(urgency=2)) for _ in range(3)]
    normal = [await engine.send(text_message()) for _ in range(3)]
    urgent = [await engine.send(text_message(urgency=0)) for _ in range(3)]
    claimed = await engine.claim(capacity=7)
    assert [each.delivery_id for each in claimed.messages] == [each.id for each in [*urgent, *normal, bulk[0]]]
    assert claimed.wait == 0
    assert [each.delivery_id for each in (await engine.claim()).messages] == [bulk[1].id, bulk[2].id]
    last = await engine.claim()
    assert (last.messages, last.wait) == ([], None)


@pytest.mark.parametrize("channels", [("sms", "mms"), ("mms", "sms")])
async def test_an_urgent_message_of_one_channel_goes_before_many_others_of_another(
    database: Database, channels: tuple[str, ...]
) -> None:
    engine = await Engine(database).begin(channels=channels)
    await asyncio.gather(*(engine.send(text_message(urgency=2)) for _ in range(60)))
    picture = [await engine.send(mms(urgency)) for urgency in (2, 1, 0)]
    normal = await engine.send()
    # However many the database believes there are of each.
    await database.execute("ANALYZE delivery_queue")
    claimed = [each.delivery_id for each in (await engine.claim(capacity=3)).messages]
    assert claimed[0] == picture[2].id
    assert set(claimed[1:]) == {picture[1].id, normal.id}


def mms(urgency: int) -> NewDelivery:
    return NewDelivery(owner_id=ANN, channel="mms", sender="", recipient="+33612345678", text="Look", urgency=urgency)


async def test_a_claim_is_committed_before_it_is_told(engine: Engine) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    row = await engine.database.fetchrow("SELECT * FROM delivery_queue")
    assert row is not None
    assert (row["delivery_id"], row["dispatcher_id"], row["attempts"]) == (made.id, engine.dispatcher_id, 1)
    assert (row["gateway_id"], claimed.attempt) == (engine.gateway_id, 1)
    assert row["submitting_since"] is not None


async def test_a_claimed_message_has_all_that_was_given(engine: Engine) -> None:
    gateway = await add_gateway(engine.database, channels=("email",))
    await engine.database.execute("UPDATE gateway_states SET refilled_at = now() - interval '1 hour'")
    made = await engine.send(
        NewDelivery(
            owner_id=ANN,
            channel="email",
            sender="us@example.org",
            recipient="you@example.org",
            text="Hello",
            html="<p>Hello</p>",
            subject="A word",
            options=Options(reply_to="back@example.org"),
        )
    )
    [claimed] = (await engine.claim(gateway_id=gateway)).messages
    for field in ("channel", "sender", "recipient", "text", "html", "subject", "options", "created_at", "expires_at"):
        assert getattr(claimed, field) == getattr(made, field)


async def test_what_is_for_later_waits(engine: Engine) -> None:
    later = await engine.send(text_message(send_at=engine.database.clock.now() + timedelta(hours=1)))
    assert (await engine.claim()).messages == []
    assert not await anything_due(engine.database, ["sms"], LowWaterMarks())
    engine.database.clock.move(timedelta(minutes=61))
    assert await anything_due(engine.database, ["sms"], LowWaterMarks())
    assert [each.delivery_id for each in (await engine.claim()).messages] == [later.id]


async def test_many_who_claim_get_different_ones(engine: Engine) -> None:
    await asyncio.gather(*(engine.send() for _ in range(120)))
    claims = await asyncio.gather(*(engine.claim(capacity=20) for _ in range(8)))
    ids = [each.delivery_id for one in claims for each in one.messages]
    assert len(ids) == len(set(ids)) == 120


async def test_a_suppressed_recipient_gets_nothing(engine: Engine) -> None:
    made = await engine.send()
    other = await engine.send(text_message(to="+33612345679"))
    await engine.database.execute(
        "INSERT INTO suppressions (channel, recipient, reason, at) VALUES ('sms', '+33612345678', 'stop', now())"
    )
    assert [each.delivery_id for each in (await engine.claim()).messages] == [other.id]
    assert await engine.changes(made.id) == [("SUPPRESSED", "suppressed")]
    assert await engine.in_queue() == [other.id]


async def test_a_mailbox_is_suppressed_however_it_is_written(engine: Engine) -> None:
    gateway = await add_gateway(engine.database, channels=("email",))
    for recipient in ("you@example.org", "You@Example.org"):
        await engine.database.execute(
            "INSERT INTO suppressions (channel, recipient, reason, at) VALUES ('email', $1, 'stop', now())", recipient
        )
    made = await engine.send(
        NewDelivery(owner_id=ANN, channel="email", sender="", recipient="You@Example.org", text="x", subject="s")
    )
    assert (await engine.claim(gateway_id=gateway)).messages == []
    assert await engine.changes(made.id) == [("SUPPRESSED", "suppressed")]


async def test_what_has_expired_does_not_go_out(engine: Engine) -> None:
    made = await engine.send()
    engine.database.clock.move(timedelta(hours=48))
    assert (await engine.claim()).messages == []
    assert await engine.changes(made.id) == [("EXPIRED", "expired")]
    assert await engine.in_queue() == []


async def test_a_browser_that_is_gone_is_said_so(engine: Engine) -> None:
    gateway = await add_gateway(engine.database, channels=("push",))
    made = await engine.send(NewDelivery(owner_id=ANN, channel="push", sender="", recipient=str(uuid4()), text="Hi"))
    assert (await engine.claim(gateway_id=gateway)).messages == []
    assert await engine.changes(made.id) == [("OPERATOR_ERROR", "subscription_gone")]


async def test_no_more_goes_out_than_the_pace_allows_counted_in_segments(database: Database) -> None:
    engine = await Engine(database).begin(segments_per_second=10.0)
    long = await engine.send(text_message("a" * 500))
    assert long.segments == 4
    await asyncio.gather(*(engine.send() for _ in range(100)))
    began = time.monotonic()
    first = await engine.claim()
    assert sum(each.segments for each in first.messages) == 10
    assert first.wait is not None
    assert 0.05 <= first.wait <= 0.2
    second = len((await engine.claim()).messages)
    # The clock of the server goes on meanwhile.
    assert second <= 10 * (time.monotonic() - began)
    engine.database.clock.move(timedelta(seconds=0.5))
    third = len((await engine.claim()).messages)
    assert 5 <= second + third <= 10 * (0.5 + time.monotonic() - began)


async def test_a_message_larger_than_a_second_goes_out_and_the_next_ones_wait_for_it(database: Database) -> None:
    engine = await Engine(database).begin(segments_per_second=0.2)
    await engine.send(text_message("a" * 1_500))
    await engine.send()
    [claimed] = (await engine.claim()).messages
    assert claimed.segments == 10
    assert (await engine.claim()).messages == []
    # Nine are owed, and one must be there again.
    engine.database.clock.move(timedelta(seconds=30))
    assert (await engine.claim()).messages == []
    engine.database.clock.move(timedelta(seconds=20))
    assert len((await engine.claim()).messages) == 1


async def test_workers_share_one_pace(database: Database) -> None:
    engine = await Engine(database).begin(segments_per_second=50.0)
    await asyncio.gather(*(engine.send() for _ in range(200)))
    began = time.monotonic()
    claims = await asyncio.gather(*(engine.claim(capacity=40) for _ in range(5)))
    assert 50 <= sum(len(each.messages) for each in claims) <= 50 * (1 + time.monotonic() - began)


class Skewed(Clock):
    """The clock of a machine that is not quite right."""

    def __init__(self, by: timedelta) -> None:
        super().__init__()
        self._by = by

    def now(self) -> datetime:
        return super().now() + self._by


def on_a_machine_ahead(database: Database, by: timedelta) -> Database:
    return Database(database.pool, database.bus, Skewed(by))


async def test_workers_share_one_pace_though_their_clocks_differ(database: Database) -> None:
    engine = await Engine(database).begin(segments_per_second=50.0)
    await asyncio.gather(*(engine.send() for _ in range(400)))
    machines = [database, on_a_machine_ahead(database, timedelta(seconds=0.5))]
    lease = GatewayLease(dispatcher_id=engine.dispatcher_id, gateway_id=engine.gateway_id, version=1)
    out, began = 0, time.monotonic()
    for _ in range(50):
        for machine in machines:
            out += len((await claim(machine, lease, new_id(), 5, LowWaterMarks())).messages)
        for machine in machines:
            machine.clock.move(timedelta(seconds=0.03))
    # The clock of the server went on meanwhile, beside what it was moved.
    passed = 50 * 0.03 + time.monotonic() - began
    assert out <= 50 * (passed + 1) + 10


async def test_a_worker_whose_clock_is_ahead_does_not_take_over_too_early(engine: Engine) -> None:
    better = await add_gateway(engine.database, priority=1)
    await engine.send()
    await engine.database.execute(JUST_LOST, better)
    engine.database = on_a_machine_ahead(engine.database, timedelta(seconds=15))
    assert (await engine.claim()).messages == []
    await engine.database.execute(PAUSED, better)
    began = time.monotonic()
    await gateway_states.pause(engine.database, engine.gateway_id, timedelta(seconds=5))
    rests = (await engine.claim()).wait
    assert rests is not None
    assert 5 - (time.monotonic() - began) <= rests <= 5


async def test_a_paused_gateway_gets_nothing_until_then(engine: Engine) -> None:
    await engine.send()
    await engine.database.execute("UPDATE gateway_states SET paused_until = now() + interval '20 seconds'")
    claimed = await engine.claim()
    assert claimed.messages == []
    assert claimed.wait is not None
    assert 15 < claimed.wait <= 20
    engine.database.clock.move(timedelta(seconds=21))
    assert len((await engine.claim()).messages) == 1


DOWN = (
    "UPDATE gateway_states SET up_until = '-infinity', down_since = now() - interval '11 seconds' WHERE gateway_id = $1"
)
JUST_LOST = "UPDATE gateway_states SET up_until = '-infinity', down_since = now() WHERE gateway_id = $1"
NEVER_TRIED = "UPDATE gateway_states SET up_until = '-infinity', down_since = NULL WHERE gateway_id = $1"
PAUSED = "UPDATE gateway_states SET up_until = 'infinity', paused_until = 'infinity' WHERE gateway_id = $1"
OFF = "UPDATE gateways SET enabled = false WHERE id = $1"
REMOVED = "UPDATE gateways SET removed_at = now() WHERE id = $1"
OTHER_CHANNEL = "UPDATE gateways SET channels = '{email}' WHERE id = $1"
EQUAL = "UPDATE gateways SET priority = 100 WHERE id = $1"


@pytest.mark.parametrize("why", [DOWN, PAUSED, OFF, REMOVED, OTHER_CHANNEL, EQUAL])
async def test_the_next_gateway_goes_when_the_better_one_cannot(engine: Engine, why: str) -> None:
    better = await add_gateway(engine.database, priority=1)
    await engine.send()
    await engine.database.execute(why, better)
    assert len((await engine.claim()).messages) == 1


@pytest.mark.parametrize("why", [JUST_LOST, NEVER_TRIED])
async def test_the_next_gateway_waits_while_the_better_one_may_come_back(engine: Engine, why: str) -> None:
    better = await add_gateway(engine.database, priority=1)
    await engine.send()
    await engine.database.execute(why, better)
    assert (await engine.claim()).messages == []
    assert len((await engine.claim(gateway_id=better)).messages) == 1


async def test_what_is_for_one_gateway_goes_through_no_other(engine: Engine) -> None:
    other = await add_gateway(engine.database, priority=500)
    await engine.database.execute("UPDATE gateway_states SET up_until = 'infinity'")
    test = await engine.send(text_message(only_gateway_id=other))
    assert (await engine.claim()).messages == []
    assert [each.delivery_id for each in (await engine.claim(gateway_id=other)).messages] == [test.id]


async def test_who_was_declared_dead_claims_nothing(engine: Engine) -> None:
    await engine.send()
    await engine.database.execute("DELETE FROM dispatchers")
    with pytest.raises(LeaseLost):
        await engine.claim()


async def test_a_gateway_that_was_changed_is_opened_anew_before_anything_more_goes_out(engine: Engine) -> None:
    await engine.send()
    await engine.database.execute("UPDATE gateways SET version = version + 1")
    with pytest.raises(LeaseLost):
        await engine.claim()


async def test_a_claim_of_which_nobody_heard_is_given_back(engine: Engine) -> None:
    heard, uncertain_claims = await engine.send(), await engine.send()
    await engine.claim(capacity=1)
    lost = new_id()
    lease = GatewayLease(dispatcher_id=engine.dispatcher_id, gateway_id=engine.gateway_id, version=1)
    await claim(engine.database, lease, lost, 1, LowWaterMarks())
    await undo(engine.database, engine.dispatcher_id, lost)
    await undo(engine.database, engine.dispatcher_id, lost)
    [claimed] = (await engine.claim()).messages
    assert (claimed.delivery_id, claimed.attempt) == (uncertain_claims.id, 1)
    assert claimed.delivery_id != heard.id


async def test_what_was_cancelled_meanwhile_does_not_go_out(engine: Engine) -> None:
    made = [await engine.send() for _ in range(40)]

    gone: set[int] = set()

    async def cancel(id_: int) -> None:
        with suppress(TooLateToCancel):
            await deliveries.cancel(engine.database, ANN, id_)
            gone.add(id_)

    cancelling = [asyncio.create_task(cancel(each.id)) for each in made]
    claimed = await engine.claim()
    await asyncio.gather(*cancelling)
    assert len(gone) + len(claimed.messages) == 40
    out = {each.delivery_id for each in claimed.messages}
    assert gone.isdisjoint(out)
    assert {(await engine.find(id_)).status for id_ in gone} <= {"CANCELLED"}
    assert {(await engine.find(id_)).status for id_ in out} <= {"CREATED"}


async def test_who_claims_again_and_again_misses_nothing(engine: Engine) -> None:
    lease = GatewayLease(dispatcher_id=engine.dispatcher_id, gateway_id=engine.gateway_id, version=1)
    low_water_marks, out = LowWaterMarks(), list[int]()

    async def again(capacity: int = 5) -> None:
        out.extend(
            each.delivery_id
            for each in (await claim(engine.database, lease, new_id(), capacity, low_water_marks)).messages
        )

    made = [(await engine.send(text_message(urgency=number % 3))).id for number in range(20)]
    # They have waited for longer than what is looked back at each time.
    engine.database.clock.move(timedelta(seconds=10))
    for _ in range(5):
        await again()
    assert sorted(out) == made
    later = await engine.send(text_message(send_at=engine.database.clock.now() + timedelta(seconds=3)))
    await again()
    engine.database.clock.move(timedelta(seconds=4))
    await again()
    assert out[-1] == later.id
    # A server whose clock is five seconds behind is heard at once, and one that is later within fifteen.
    for behind, waits in ((4, 0), (60, 16)):
        made_late = await engine.send()
        await engine.database.execute(
            "UPDATE delivery_queue SET not_before = $2 WHERE delivery_id = $1",
            made_late.id,
            engine.database.clock.now() - timedelta(seconds=behind),
        )
        await again()
        assert (out[-1] == made_late.id) is (waits == 0)
        engine.database.clock.move(timedelta(seconds=waits))
        await again()
        assert out[-1] == made_late.id
    assert len(out) == len(set(out)) == 23


async def test_what_could_not_be_afforded_is_not_passed_over(database: Database) -> None:
    engine = await Engine(database).begin(segments_per_second=3.0)
    lease = GatewayLease(dispatcher_id=engine.dispatcher_id, gateway_id=engine.gateway_id, version=1)
    low_water_marks, out = LowWaterMarks(), list[int]()
    made = [(await engine.send(text_message("a" * (200 if number % 2 else 10)))).id for number in range(10)]
    for _ in range(10):
        out.extend(each.delivery_id for each in (await claim(database, lease, new_id(), 50, low_water_marks)).messages)
        database.clock.move(timedelta(seconds=1))
    assert out == made
