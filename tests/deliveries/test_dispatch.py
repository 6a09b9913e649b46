"""A dispatcher carries what waits to gateways, and goes on whatever happens to links, gateways and itself."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from estafette import deliveries
from estafette.deliveries.actions.claiming import undo
from estafette.deliveries.dispatch import link_supervisor, running, submitting
from estafette.deliveries.dispatch import uncertain_claims as uncertain_claims_module
from estafette.deliveries.dispatch.recorder import Recorder
from estafette.deliveries.dispatch.uncertain_claims import UncertainClaims
from estafette.deliveries.models.engine import Claimed, GatewayLease
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Refused, Unknown
from tests.deliveries import ANN, BEN, add_gateway, text_message
from tests.deliveries.conftest import Outbox
from tests.deliveries.engine import Engine
from tests.deliveries.scripted import never, receipt
from tests.loop_time import let_pass
from tests.waiting import PATIENCE, turns


async def test_a_message_goes_out_and_its_receipt_comes_back(outbox: Outbox) -> None:
    gateway = await add_gateway(outbox.database)
    async with outbox.running():
        made = await outbox.send(text_message())
        sent = await outbox.until(made.id, "SENT")
        assert (sent.public_status, sent.attempts, sent.gateway_id, sent.sequence) == ("SENT", 1, gateway, 1)
        await outbox.transport.links[0].hand_in([receipt(f"{made.id}-0")])
        # What was handed in is stored: the gateway need not tell it again.
        delivered = await deliveries.find(outbox.database, ANN, made.id)
    assert delivered.status == "DELIVERED"
    assert (delivered.sequence, delivered.reason) == (2, None)
    history = await outbox.history(made.id)
    assert [(each.ordinal, each.status) for each in history.changes] == [(1, "SENT"), (2, "DELIVERED")]
    [attempt] = history.attempts
    assert (attempt.outcome, attempt.gateway_id, attempt.provider_ids) == ("accepted", gateway, (f"{made.id}-0",))
    [told] = history.receipts
    assert (told.status, told.raw) == ("delivered", f"{made.id}-0 delivered 0")
    assert history.next_attempt_at is None
    [claimed] = outbox.transport.submitted
    assert (claimed.recipient, claimed.text, claimed.attempt) == ("+33612345678", "Good day", 1)


async def test_what_was_refused_for_good_is_not_tried_again(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    outbox.transport.answers = [
        Refused(kind="gateway", permanent=True, code="bad_destination", reason="no such number")
    ]
    async with outbox.running():
        made = await outbox.send(text_message())
        failed = await outbox.until(made.id, "RECEIVER_ERROR")
    assert failed.reason == "bad_destination"
    [attempt] = (await outbox.history(made.id)).attempts
    assert (attempt.outcome, attempt.code, attempt.reason) == ("refused", "bad_destination", "no such number")


async def test_what_was_refused_before_it_was_written_goes_out_a_moment_later(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    outbox.transport.answers = [Refused(kind="gateway", permanent=False, code="connection_lost", reason="closed")]
    async with outbox.running():
        made = await outbox.send(text_message())
        sent = await outbox.until(made.id, "SENT")
    assert sent.attempts == 2
    first, second = (await outbox.history(made.id)).attempts
    assert (first.outcome, second.outcome) == ("refused", "accepted")
    assert first.retry_at is not None
    assert second.started_at >= first.retry_at


async def test_what_nobody_knows_is_never_sent_again(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    outbox.transport.answers = [Unknown(reason="no answer")]
    async with outbox.running():
        made = await outbox.send(text_message())
        uncertain = await outbox.until(made.id, "UNCERTAIN")
        # Whatever waited for another attempt would go out before what comes a day later.
        outbox.database.clock.move(timedelta(days=1))
        later = await outbox.send(text_message())
        await outbox.until(later.id, "SENT")
    assert (uncertain.public_status, uncertain.reason) == ("CREATED", "awaiting_receipt")
    assert [each.delivery_id for each in outbox.transport.submitted] == [made.id, later.id]


async def test_a_transport_that_fails_leaves_an_unknown_outcome(outbox: Outbox) -> None:
    await add_gateway(outbox.database)

    def fail(_: object) -> Accepted:
        raise RuntimeError("oops")

    outbox.transport.answers = [fail]
    async with outbox.running():
        made = await outbox.send(text_message())
        await outbox.until(made.id, "UNCERTAIN")
        other = await outbox.send(text_message())
        await outbox.until(other.id, "SENT")


async def test_without_a_gateway_a_message_fails_soon_and_says_why(outbox: Outbox) -> None:
    async with outbox.running():
        made = await outbox.send(text_message())
        failed = await outbox.until(made.id, "SYSTEM_ERROR")
    assert failed.reason == "no_gateway"
    # The first sweep ends it, and there is one every second.
    assert running.SWEEP_SECONDS <= 1


async def test_a_link_that_breaks_is_opened_again(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    async with outbox.running():
        first = await outbox.send(text_message())
        await outbox.until(first.id, "SENT")
        outbox.transport.links[0].break_off("the other side hung up")
        second = await outbox.send(text_message())
        await outbox.until(second.id, "SENT")
        assert await outbox.database.fetchval("SELECT error FROM gateway_states") == "the other side hung up"


async def test_while_the_first_gateway_works_the_second_gets_nothing(outbox: Outbox) -> None:
    await add_gateway(outbox.database, name="second", priority=200)
    await add_gateway(outbox.database, name="first", priority=1)
    async with outbox.running():
        made = [await outbox.send(text_message()) for _ in range(10)]
        for each in made:
            await outbox.until(each.id, "SENT")
    assert set(outbox.transport.by.values()) == {"first"}


async def test_when_the_first_gateway_is_down_the_second_takes_over(outbox: Outbox) -> None:
    await add_gateway(outbox.database, name="second", priority=200)
    await add_gateway(outbox.database, name="first", priority=1)
    outbox.transport.refusing["first"] = "wrong password"
    await outbox.database.execute("UPDATE gateway_states SET down_since = now() - interval '9 seconds'")
    async with outbox.running():
        made = await outbox.send(text_message())
        await outbox.until(made.id, "SENT")
    assert outbox.transport.by[made.id] == "second"
    states = await outbox.database.fetch("SELECT error FROM gateway_states WHERE error IS NOT NULL")
    assert [row["error"] for row in states] == ["wrong password"]


async def test_a_test_goes_through_its_gateway_whatever_the_priorities(outbox: Outbox) -> None:
    second = await add_gateway(outbox.database, name="second", priority=200)
    await add_gateway(outbox.database, name="first", priority=1)
    async with outbox.running():
        made = await outbox.send(text_message(only_gateway_id=second))
        await outbox.until(made.id, "SENT")
    assert outbox.transport.by[made.id] == "second"


async def test_a_gateway_that_is_switched_off_gets_nothing_more_and_one_switched_on_does(outbox: Outbox) -> None:
    gateway = await add_gateway(outbox.database)
    async with outbox.running():
        made = await outbox.send(text_message())
        await outbox.until(made.id, "SENT")
        await outbox.database.execute("UPDATE gateways SET enabled = false, version = version + 1")
        late = await outbox.send(text_message())
        assert (await outbox.until(late.id, "SYSTEM_ERROR")).reason == "no_gateway"
        await outbox.until_links(0)
        await outbox.database.execute("UPDATE gateways SET enabled = true, version = version + 1")
        again = await outbox.send(text_message())
        assert (await outbox.until(again.id, "SENT")).gateway_id == gateway


async def test_a_stop_waits_for_what_is_out_and_gives_the_links_back(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    answering = asyncio.Event()

    async def late(claimed: object) -> Accepted:
        await answering.wait()
        return Accepted(provider_ids=("1",))

    outbox.transport.always = late
    async with outbox.running() as stop:
        made = await outbox.send(text_message())
        await outbox.until_submitted(1)
        [link] = outbox.transport.links
        stop.set()
        await link.ending.wait()
        await turns()
        answering.set()
    sent = await deliveries.find(outbox.database, ANN, made.id)
    assert (sent.status, sent.attempts) == ("SENT", 1)
    for table in ("gateway_links", "dispatchers"):
        assert await outbox.database.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_a_gateway_that_never_answers_does_not_hold_up_a_stop(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    outbox.transport.always = never
    async with outbox.running() as stop:
        made = await outbox.send(text_message())
        await outbox.until_submitted(1)
        [link] = outbox.transport.links
        stop.set()
        await link.ending.wait()
        let_pass(submitting.LAST_SECONDS)
    assert submitting.LAST_SECONDS + link_supervisor.CLOSING_SECONDS <= 6
    assert (await outbox.until(made.id, "UNCERTAIN")).reason == "awaiting_receipt"


async def test_two_workers_share_the_links_and_send_each_message_once(outbox: Outbox) -> None:
    await add_gateway(outbox.database, links=2)
    async with outbox.running(), outbox.running():
        await asyncio.gather(*(outbox.send(text_message(str(number))) for number in range(300)))
        await outbox.until_all(300, "SENT")
        slots = await outbox.database.fetch("SELECT slot FROM gateway_links")
        assert len(slots) == len({row["slot"] for row in slots}) <= 2
    assert len({each.delivery_id for each in outbox.transport.submitted}) == len(outbox.transport.submitted) == 300


async def test_what_a_broken_link_never_answers_is_uncertain_and_the_link_opens_again(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    outbox.transport.answers = [never]
    async with outbox.running():
        made = await outbox.send(text_message())
        await outbox.until_submitted(1)
        outbox.transport.links[0].break_off()
        await outbox.until(made.id, "UNCERTAIN")
        other = await outbox.send(text_message())
        await outbox.until(other.id, "SENT")


async def test_each_change_is_told_to_the_webhooks_of_its_owner(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    for number, owner in enumerate((ANN, BEN)):
        await outbox.database.execute(
            """
            INSERT INTO webhooks (id, owner_id, url, events, secret, enabled, created_at)
            VALUES ($1, $2, 'https://example.org', '{delivery.status_changed}', '', true, now())
            """,
            UUID(int=number),
            owner,
        )
    async with outbox.running():
        made = await outbox.send(text_message())
        await outbox.until(made.id, "SENT")
        await outbox.transport.links[0].hand_in([receipt(f"{made.id}-0", "failed", code="absent")])
        await outbox.until(made.id, "OPERATOR_ERROR")
    rows = await outbox.database.fetch("SELECT webhook_id, payload FROM webhook_calls ORDER BY created_at")
    assert {row["webhook_id"] for row in rows} == {UUID(int=0)}
    told = [row["payload"] for row in rows]
    assert [(each["delivery"], each["sequence"], each["status"], each["reason"]) for each in told] == [
        (made.id, 1, "SENT", None),
        (made.id, 2, "OPERATOR_ERROR", "absent"),
    ]
    assert told[1]["public_status"] == "OPERATOR_ERROR"
    assert told[0]["at"] <= told[1]["at"]


async def test_a_claim_whose_commit_nobody_heard_of_goes_out_once(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_gateway(outbox.database)
    really, lost = submitting.claim, list[Claimed]()

    async def uncertain_claims(*given: Any) -> Claimed:
        claimed = await really(*given)
        if claimed.messages and not lost:
            lost.append(claimed)
            raise ConnectionResetError
        return claimed

    monkeypatch.setattr(submitting, "claim", uncertain_claims)
    async with outbox.running():
        made = await outbox.send(text_message())
        sent = await outbox.until(made.id, "SENT")
    assert len(lost) == 1
    assert sent.attempts == 1
    assert [each.delivery_id for each in outbox.transport.submitted] == [made.id]


class DoomedLink:
    """A link that breaks in the moment when the database does."""

    def __init__(self) -> None:
        self.broken = asyncio.Event()

    async def capacity(self) -> int:
        return 5

    async def submit(self, claimed: ClaimedMessage) -> Accepted:
        raise AssertionError(claimed)

    async def lost(self) -> str:
        await self.broken.wait()
        return "the network is away"


@pytest.mark.parametrize("error", [asyncpg.ConnectionDoesNotExistError("cut"), RuntimeError("after the commit")])
async def test_a_claim_whose_commit_nobody_heard_of_is_given_back_though_its_link_has_gone(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    made = await engine.send()
    link, uncertain_claims = DoomedLink(), UncertainClaims(engine.database)
    really, fails = submitting.claim, [True, True]

    async def cut_off(*given: Any) -> Claimed:
        await really(*given)
        link.broken.set()
        raise error

    async def cut_off_too(*given: Any) -> None:
        if fails:
            fails.pop()
            raise ConnectionResetError
        await undo(*given)

    monkeypatch.setattr(submitting, "claim", cut_off)
    monkeypatch.setattr(uncertain_claims_module, "undo", cut_off_too)
    lease = GatewayLease(dispatcher_id=engine.dispatcher_id, gateway_id=engine.gateway_id, version=1)
    submitter = submitting.Submitter(engine.database, Recorder(engine.database), uncertain_claims, lease, link, ["sms"])
    undoing = asyncio.create_task(uncertain_claims.run())
    async with asyncio.timeout(PATIENCE):
        with suppress(RuntimeError):
            assert await submitter.run(asyncio.Event()) == "the network is away"
        await uncertain_claims.until_empty()
    undoing.cancel()
    assert fails == []
    monkeypatch.undo()
    [claimed] = (await engine.claim()).messages
    assert (claimed.delivery_id, claimed.attempt) == (made.id, 1)
