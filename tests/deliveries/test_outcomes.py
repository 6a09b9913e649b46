"""Recording how submissions ended: each outcome once, whenever it comes."""

import asyncio
import time
from collections.abc import Sequence
from contextvars import Context
from datetime import timedelta
from typing import Any

import asyncpg
import msgspec
import pytest

from estafette import deliveries
from estafette.base.database import Database, open_pool
from estafette.deliveries import NewDelivery
from estafette.deliveries.actions.reaping import reap_dead_worker
from estafette.deliveries.actions.recording import record
from estafette.deliveries.actions.sweeping import give_up_waiting
from estafette.deliveries.dispatch import recorder as recorder_module
from estafette.deliveries.dispatch.recorder import Recorder
from estafette.deliveries.models.engine import Submission
from estafette.deliveries.models.messages import Accepted, Kind, Outcome, Refused, Unknown
from tests.browsers import somebodys_browser
from tests.deliveries import ANN, add_gateway, text_message
from tests.deliveries.engine import Engine
from tests.deliveries.scripted import receipt
from tests.locks import until_somebody_waits
from tests.waiting import PATIENCE, eventually


def refused(code: str = "other", **more: Any) -> Refused:
    base = Refused(kind="gateway", permanent=False, code=code, reason="no")
    return msgspec.structs.replace(base, **more)


async def test_what_was_accepted_is_sent(engine: Engine) -> None:
    made = await engine.sent("p1", "p2")
    assert (made.status, made.attempts, made.gateway_id) == ("SENT", 1, engine.gateway_id)
    assert await engine.changes(made.id) == [("SENT", None)]
    assert await engine.in_queue() == []
    [attempt] = (await deliveries.history(engine.database, ANN, made.id)).attempts
    assert attempt.provider_ids == ("p1", "p2")
    [count] = await deliveries.counts(engine.database, ANN, made.created_at)
    assert (count.gateway_id, count.status, count.count) == (engine.gateway_id, "SENT", 1)


async def test_what_is_delivered_by_being_accepted_is_delivered(engine: Engine) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.record((claimed, Accepted(delivered=True)))
    assert await engine.changes(made.id) == [("DELIVERED", None)]


@pytest.mark.parametrize(
    ("kind", "status"), [("system", "SYSTEM_ERROR"), ("gateway", "RECEIVER_ERROR"), ("operator", "OPERATOR_ERROR")]
)
async def test_a_failure_is_ours_the_gateways_or_the_operators(engine: Engine, kind: Kind, status: str) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.record((claimed, refused("why", kind=kind, permanent=True)))
    assert await engine.changes(made.id) == [(status, "why")]
    assert await engine.in_queue() == []


@pytest.mark.parametrize(
    ("outcome", "seconds"),
    [
        (refused("throttled", throttled=True), 30),
        (refused("system_error"), 30),
        (refused("queue_full"), 180),
        (refused("connection_lost"), 1),
        (refused(retry_after=600), 660),
        (refused(), 5),
    ],
)
async def test_what_was_refused_for_now_waits(engine: Engine, outcome: Refused, seconds: float) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    before = engine.database.clock.now()
    await engine.record((claimed, outcome))
    after = engine.database.clock.now()
    [attempt] = (await deliveries.history(engine.database, ANN, made.id)).attempts
    assert (attempt.outcome, attempt.code) == ("refused", outcome.code)
    assert attempt.retry_at is not None
    assert attempt.retry_at - before >= timedelta(seconds=0.8 * seconds)
    assert attempt.retry_at - after <= timedelta(seconds=1.2 * seconds)
    assert await engine.waits(made.id) is not None
    found = await engine.find(made.id)
    assert (found.status, found.attempts, found.sequence) == ("CREATED", 1, 0)


async def test_after_so_many_refusals_it_has_failed(engine: Engine) -> None:
    made = await engine.send()
    for attempt in range(1, 4):
        engine.database.clock.move(timedelta(minutes=1))
        [claimed] = (await engine.claim()).messages
        assert claimed.attempt == attempt
        await engine.record((claimed, refused("system_error")))
    assert await engine.changes(made.id) == [("RECEIVER_ERROR", "system_error")]


async def test_refusals_of_another_kind_are_counted_anew(engine: Engine) -> None:
    made = await engine.send()
    for code in ("system_error", "connection_lost", "system_error", "system_error"):
        engine.database.clock.move(timedelta(minutes=2))
        [claimed] = (await engine.claim()).messages
        await engine.record((claimed, refused(code)))
    assert (await engine.find(made.id)).status == "CREATED"


async def test_a_message_that_was_tried_for_weeks_is_tried_again(engine: Engine) -> None:
    made, other = await engine.send(), await engine.send()
    await engine.database.execute(
        "UPDATE delivery_queue SET attempts = 32767, refused_as = 'connection_lost', refusals = 32767"
    )
    await engine.database.execute("UPDATE deliveries SET attempts = 32767")
    messages = (await engine.claim()).messages
    await engine.record(*((each, refused("connection_lost")) for each in messages))
    engine.database.clock.move(timedelta(minutes=2))
    again = (await engine.claim()).messages
    assert {(each.delivery_id, each.attempt) for each in again} == {(made.id, 32_769), (other.id, 32_769)}
    await reap_dead_worker(engine.database, engine.dispatcher_id)
    assert [(await engine.find(each.id)).status for each in (made, other)] == ["UNCERTAIN", "UNCERTAIN"]


async def test_no_attempt_is_planned_after_the_end(engine: Engine) -> None:
    made = await engine.send(text_message(expires_at=engine.database.clock.now() + timedelta(seconds=60)))
    [claimed] = (await engine.claim()).messages
    await engine.record((claimed, refused(retry_after=3_600)))
    assert (await deliveries.history(engine.database, ANN, made.id)).next_attempt_at == made.expires_at


async def test_one_answer_of_too_fast_rests_the_whole_gateway(engine: Engine) -> None:
    await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.send()
    began = time.monotonic()
    await engine.record((claimed, refused("throttled", throttled=True, retry_after=60)))
    claimed = await engine.claim()
    assert claimed.messages == []
    assert claimed.wait is not None
    assert 60 - (time.monotonic() - began) <= claimed.wait <= 60


async def test_who_must_not_be_written_to_again_is_not(engine: Engine) -> None:
    first = await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.record((claimed, refused("blocked", kind="operator", permanent=True, suppress=True)))
    second = await engine.send()
    assert (await engine.claim()).messages == []
    assert [(await engine.find(each.id)).status for each in (first, second)] == ["OPERATOR_ERROR", "SUPPRESSED"]


@pytest.mark.parametrize(("bounced", "next_one"), [("Bob@Example.com", "bob@example.com"), ("a@b.org", "A@B.org")])
async def test_a_mailbox_that_must_not_be_written_to_again_is_not_however_it_is_written(
    engine: Engine, bounced: str, next_one: str
) -> None:
    await engine.database.execute("UPDATE gateways SET channels = '{email}'")
    letter = NewDelivery(owner_id=ANN, channel="email", sender="", recipient=bounced, text="x", subject="s")
    await engine.send(letter)
    await engine.send(msgspec.structs.replace(letter, recipient=bounced.swapcase()))
    blocked = refused("bad_destination", permanent=True, suppress=True)
    await engine.record(*((claimed, blocked) for claimed in (await engine.claim()).messages))
    second = await engine.send(msgspec.structs.replace(letter, recipient=next_one))
    assert (await engine.claim()).messages == []
    assert (await engine.find(second.id)).status == "SUPPRESSED"
    # Those whom administrators put there are written in small letters as well.
    rows = await engine.database.fetch("SELECT recipient FROM suppressions")
    assert [row["recipient"] for row in rows] == [bounced.lower()]


async def test_a_browser_that_is_gone_is_forgotten(engine: Engine) -> None:
    gateway = await add_gateway(engine.database, channels=("push",))
    await engine.database.execute("UPDATE gateway_states SET refilled_at = now() - interval '1 hour'")
    subscription = await somebodys_browser(engine.database, endpoint="https://push.example.org/1")
    await engine.send(NewDelivery(owner_id=ANN, channel="push", sender="", recipient=str(subscription), text="Hi"))
    [claimed] = (await engine.claim(gateway_id=gateway)).messages
    assert claimed.subscription is not None
    assert claimed.subscription.endpoint == "https://push.example.org/1"
    await engine.record((claimed, refused("subscription_gone", kind="operator", permanent=True, gone=True)))
    assert await engine.database.fetchval("SELECT count(*) FROM push_subscriptions") == 0
    assert await engine.database.fetchval("SELECT count(*) FROM push_endpoints") == 0


OUTCOMES: list[Outcome] = [
    Accepted(provider_ids=("p",)),
    Unknown(reason="no answer"),
    refused("bad", permanent=True),
    refused("connection_lost"),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=["accepted", "unknown", "refused", "refused for now"])
async def test_recording_again_changes_nothing(engine: Engine, outcome: Outcome) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.record((claimed, outcome))
    before = await deliveries.history(engine.database, ANN, made.id), await engine.in_queue()
    # The commit came through, and its answer was lost.
    await engine.record((claimed, outcome))
    assert (await deliveries.history(engine.database, ANN, made.id), await engine.in_queue()) == before


async def test_an_outcome_of_an_earlier_attempt_does_not_disturb_a_later_one(engine: Engine) -> None:
    made = await engine.send()
    [first] = (await engine.claim()).messages
    await engine.record((first, refused("connection_lost")))
    engine.database.clock.move(timedelta(seconds=5))
    [second] = (await engine.claim()).messages
    await engine.record((first, refused("connection_lost")))
    assert await engine.waits(made.id) is None
    await engine.record((second, Accepted(provider_ids=("p",))))
    assert await engine.changes(made.id) == [("SENT", None)]


async def test_what_a_dead_worker_was_submitting_is_uncertain_and_is_not_sent_again(engine: Engine) -> None:
    made = await engine.send()
    waiting = await engine.send()
    await engine.claim(capacity=1)
    await reap_dead_worker(engine.database, engine.dispatcher_id)
    assert await engine.changes(made.id) == [("UNCERTAIN", "awaiting_receipt")]
    assert await engine.in_queue() == [waiting.id]
    [attempt] = (await deliveries.history(engine.database, ANN, made.id)).attempts
    assert (attempt.ordinal, attempt.outcome, attempt.gateway_id) == (1, "unknown", engine.gateway_id)
    assert (await engine.find(made.id)).attempts == 1


async def test_an_outcome_that_comes_after_all_counts(engine: Engine) -> None:
    made = [await engine.send() for _ in range(3)]
    messages = (await engine.claim()).messages
    await reap_dead_worker(engine.database, engine.dispatcher_id)
    await engine.record(
        (messages[0], Accepted(provider_ids=("p",))),
        (messages[1], refused("bad", permanent=True)),
        (messages[2], Unknown(reason="?")),
    )
    uncertain = ("UNCERTAIN", "awaiting_receipt")
    assert await engine.changes(made[0].id) == [uncertain, ("SENT", None)]
    assert await engine.changes(made[1].id) == [uncertain, ("RECEIVER_ERROR", "bad")]
    assert await engine.changes(made[2].id) == [uncertain]
    outcomes = [(await deliveries.history(engine.database, ANN, each.id)).attempts[0].outcome for each in made]
    assert outcomes == ["accepted", "refused", "unknown"]


async def test_what_was_certainly_not_taken_by_one_declared_dead_goes_out_after_all(engine: Engine) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    await reap_dead_worker(engine.database, engine.dispatcher_id)
    await engine.record((claimed, refused("connection_lost")))
    await engine.record((claimed, refused("connection_lost")))
    engine.database.clock.move(timedelta(seconds=5))
    again = await Engine(engine.database).begin(name="another")
    [claimed] = (await again.claim()).messages
    assert (claimed.delivery_id, claimed.attempt) == (made.id, 2)
    await again.record((claimed, Accepted(provider_ids=("p",))))
    assert await engine.changes(made.id) == [("UNCERTAIN", "awaiting_receipt"), ("SENT", None)]


async def test_after_three_days_only_a_final_word_counts(engine: Engine) -> None:
    made = [await engine.send(), await engine.send()]
    taken, not_taken = (await engine.claim()).messages
    await reap_dead_worker(engine.database, engine.dispatcher_id)
    engine.database.clock.move(timedelta(hours=73))
    await give_up_waiting(engine.database)
    await engine.record((taken, Accepted(provider_ids=("p",))), (not_taken, refused("connection_lost")))
    # What was called a failure is not submitted again.
    assert await engine.in_queue() == []
    assert {(await engine.find(each.id)).public_status for each in made} == {"SYSTEM_ERROR"}
    await engine.told(receipt("p"))
    assert [(await engine.find(each.id)).status for each in made] == ["DELIVERED", "UNCERTAIN"]


async def test_a_late_refusal_told_twice_does_not_send_again_what_was_submitted_meanwhile(engine: Engine) -> None:
    made = await engine.send()
    [first] = (await engine.claim()).messages
    await reap_dead_worker(engine.database, engine.dispatcher_id)
    late = engine.ended(first, refused("connection_lost"))
    await record(engine.database, [late])
    engine.database.clock.move(timedelta(seconds=5))
    again = await Engine(engine.database).begin(name="another")
    [second] = (await again.claim()).messages
    await again.record((second, Unknown(reason="written, and no answer")))
    # The commit of the late one had come through, and its answer was lost.
    await record(engine.database, [late])
    assert await engine.in_queue() == []
    assert await engine.changes(made.id) == [("UNCERTAIN", "awaiting_receipt")]


async def test_outcomes_of_a_batch_take_few_statements(engine: Engine) -> None:
    for _ in range(150):
        await engine.send()
    messages = (await engine.claim()).messages
    before = engine.database.statements
    await engine.record(*((each, Accepted(provider_ids=(f"p{each.delivery_id}",))) for each in messages))
    assert engine.database.statements - before <= 10
    assert await engine.database.fetchval("SELECT count(*) FROM deliveries WHERE status = 'SENT'") == 150


async def test_while_the_database_is_away_outcomes_are_kept(
    engine: Engine, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    away = Database(await open_pool(dsn, size=1), engine.database.bus, engine.database.clock)
    await away.pool.close()
    really, tries = recorder_module.record, 0

    async def counted(database: Database, batch: Sequence[Submission]) -> None:
        nonlocal tries
        tries += 1
        await really(database, batch)

    monkeypatch.setattr(recorder_module, "record", counted)
    recorder = Recorder(away)
    running = asyncio.create_task(recorder.run())
    recorder.put(engine.ended(claimed, Accepted(provider_ids=("p",))))
    await eventually(lambda: tries >= 2)
    assert (await engine.find(made.id)).status == "CREATED"
    away.pool = engine.database.pool
    async with asyncio.timeout(PATIENCE):
        await recorder.until_empty()
    running.cancel()
    assert await engine.changes(made.id) == [("SENT", None)]


async def stored(recorder: Recorder, *ended: Submission) -> None:
    """Waits until a recorder has stored these."""
    running = asyncio.create_task(recorder.run())
    for each in ended:
        recorder.put(each)
    async with asyncio.timeout(PATIENCE):
        await recorder.until_empty()
    running.cancel()


@pytest.mark.parametrize("odd", ["a\0b", "a\udc80b", "a" * 10_000])
async def test_whatever_gateways_call_a_message_or_a_refusal_can_be_stored(engine: Engine, odd: str) -> None:
    taken, not_taken, unknown = [await engine.send() for _ in range(3)]
    messages = (await engine.claim()).messages
    await engine.record(
        (messages[0], Accepted(provider_ids=(odd,))),
        (messages[1], refused(odd, reason=odd, permanent=True, suppress=True)),
        (messages[2], Unknown(reason=odd, provider_ids=(odd,))),
    )
    statuses = [(await engine.find(each.id)).status for each in (taken, not_taken, unknown)]
    assert statuses == ["SENT", "RECEIVER_ERROR", "UNCERTAIN"]


async def test_an_outcome_that_cannot_be_stored_is_stored_without_its_words_and_holds_up_nobody(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = await engine.send(), await engine.send()
    messages = (await engine.claim()).messages
    really = recorder_module.record

    async def picky(database: Database, batch: Sequence[Submission]) -> None:
        if any(isinstance(each.outcome, Accepted) and "odd" in each.outcome.provider_ids for each in batch):
            raise asyncpg.DataError("odd")
        await really(database, batch)

    monkeypatch.setattr(recorder_module, "record", picky)
    recorder = Recorder(engine.database)
    running = asyncio.create_task(recorder.run())
    recorder.put(engine.ended(messages[0], Accepted(provider_ids=("odd",))))
    recorder.put(engine.ended(messages[1], Accepted(provider_ids=("p",))))
    async with asyncio.timeout(PATIENCE):
        await recorder.until_fewer(2)
        assert [(await engine.find(each.id)).status for each in (bad, good)] == ["CREATED", "SENT"]
        await recorder.until_empty()
    running.cancel()
    assert (await engine.find(bad.id)).status == "SENT"
    assert await engine.in_queue() == []


@pytest.mark.parametrize(
    "error",
    [asyncpg.ReadOnlySQLTransactionError("read-only"), asyncpg.SerializationError("again"), RuntimeError("?")],
)
async def test_no_error_makes_the_recorder_forget_what_a_gateway_has_taken(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    really, errors = recorder_module.record, [error, error]

    async def flaky(database: Database, batch: Sequence[Submission]) -> None:
        if errors:
            raise errors.pop()
        await really(database, batch)

    monkeypatch.setattr(recorder_module, "record", flaky)
    await stored(Recorder(engine.database), engine.ended(claimed, Accepted(provider_ids=("p",))))
    await engine.told(receipt("p"))
    assert await engine.changes(made.id) == [("SENT", None), ("DELIVERED", None)]


async def test_a_webhook_that_is_removed_just_then_is_left_out(engine: Engine) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.database.execute(
        """
        INSERT INTO webhooks (id, owner_id, url, events, secret, enabled, created_at)
        VALUES (gen_random_uuid(), $1, 'https://example.org', '{delivery.status_changed}', '', true, now())
        """,
        ANN,
    )
    async with engine.database.transaction() as transaction:
        await transaction.execute("DELETE FROM webhooks")
        recording = asyncio.create_task(engine.record((claimed, Accepted(provider_ids=("p",)))), context=Context())
        await until_somebody_waits(engine.database)
        assert not recording.done()
    await recording
    assert await engine.changes(made.id) == [("SENT", None)]


async def test_the_owner_is_told_after_the_commit(database: Database) -> None:
    heard: list[bytes] = []
    database.bus.on("frame", lambda data: heard.append(bytes(data)))
    engine = await Engine(database).begin()
    made = await engine.sent("p")
    await engine.told(receipt("p"))
    await eventually(lambda: len(heard) >= 2)
    assert b'"type":"deliveries"' in heard[0]
    assert f'"id":{made.id},"status":"SENT","public_status":"SENT","reason":null,"sequence":1'.encode() in heard[0]
    assert b'"status":"DELIVERED"' in heard[1]
    assert str(ANN).encode() in heard[1]
