"""Who wants to know is told: signed, once if all goes well, again if not, and never of what did not happen."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from estafette import webhooks
from estafette.webhooks import store
from estafette.webhooks.actions import delivering
from estafette.webhooks.actions import webhooks as verbs
from estafette.webhooks.models import WebhookChanges
from estafette.webhooks.rules import retrying
from tests.waiting import PATIENCE, eventually
from tests.webhooks.conftest import Scene
from tests.world import sign_in


async def test_a_call_says_what_happened_and_is_signed_as_standard_webhooks_demands(scene: Scene) -> None:
    webhook = await scene.webhook()
    before = datetime.now(UTC)
    async with scene.working():
        await scene.happens({"delivery": 7, "status": "SENT", "who": "Zoé <b>"})
        [told] = await scene.receiver.until(1)
        [call] = await scene.settled(webhook, answered=1)
    payload = told.verified(webhook.secret)
    assert payload.keys() == {"type", "timestamp", "data"}
    assert payload["type"] == "delivery.status_changed"
    assert payload["data"] == {"delivery": 7, "status": "SENT", "who": "Zoé <b>"}
    assert before <= datetime.fromisoformat(payload["timestamp"]) <= datetime.now(UTC)
    assert told.headers["content-type"] == "application/json"
    assert told.headers["user-agent"].startswith("Estafette/")
    assert (str(call.id), call.state, call.attempts, call.status) == (told.headers["webhook-id"], "answered", 1, 204)


async def test_what_was_changed_on_the_way_or_signed_with_another_secret_is_found_out(scene: Scene) -> None:
    webhook, other = await scene.webhook(), await scene.webhook("/other")
    async with scene.working():
        await scene.happens()
        await scene.receiver.until(2)
    [told] = [each for each in scene.receiver.calls if each.path == "/told"]
    assert told.verified(webhook.secret)
    with pytest.raises(WebhookVerificationError):
        told.verified(other.secret)
    with pytest.raises(WebhookVerificationError):
        Webhook(webhook.secret).verify(told.body.replace(b"1", b"2"), told.headers)


async def test_every_enabled_webhook_of_the_owner_is_called_and_nobody_elses(scene: Scene) -> None:
    ann = await sign_in(scene.database, "root@example.com", "Root", "administrator")
    await scene.webhook("/mine")
    await scene.webhook("/mine-too")
    await scene.webhook("/hers", ann)
    off = await scene.webhook("/off")
    await verbs.change_webhook(scene.database, scene.robot, off.id, WebhookChanges(enabled=False))
    await scene.happens({"n": 1}, {"n": 2})
    async with scene.working():
        await scene.nothing_waits()
    assert sorted(each.path for each in scene.receiver.calls) == ["/mine", "/mine", "/mine-too", "/mine-too"]


async def test_nobody_is_told_of_what_was_undone(scene: Scene) -> None:
    webhook = await scene.webhook()
    async with scene.database.joined() as joined:
        await scene.happens({"in": "it"})
        with suppress(RuntimeError):
            async with (await joined.opened()).savepoint():
                await scene.happens({"not": "in it"})
                raise RuntimeError
    assert [each.data for each in await scene.calls(webhook)] == [{"in": "it"}]


async def test_telling_is_one_statement_however_much_there_is_to_tell(scene: Scene) -> None:
    for wanted in (0, 2):
        for _ in range(wanted):
            await scene.webhook()
        before = scene.database.statements
        await scene.happens(*({"n": n} for n in range(500)))
        assert scene.database.statements == before + 1


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503, 301, 307])
async def test_everything_but_success_is_a_failure_and_tried_again_with_the_same_id(scene: Scene, status: int) -> None:
    webhook = await scene.webhook()
    scene.receiver.answers = [status]
    async with scene.working():
        before = datetime.now(UTC)
        await scene.happens()
        [call] = await scene.settled(webhook, failures=1)
        assert (call.state, call.status, call.failure) == ("waiting", status, f"answered {status}")
        assert call.next_attempt_at is not None
        assert call.next_attempt_at - before >= timedelta(seconds=5)
        assert call.next_attempt_at - datetime.now(UTC) <= timedelta(seconds=6)
        assert len(scene.receiver.calls) == 1
        scene.database.clock.move(timedelta(seconds=7))
        await scene.receiver.until(2)
        [call] = await scene.settled(webhook, answered=1)
    assert (call.state, call.attempts, call.failure) == ("answered", 2, None)
    first, second = scene.receiver.calls
    assert first.path == second.path == "/told", "a redirect is not followed"
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert int(second.headers["webhook-timestamp"]) > int(first.headers["webhook-timestamp"])


async def test_after_eight_attempts_in_28_hours_a_call_is_given_up(scene: Scene) -> None:
    webhook = await scene.webhook()
    scene.receiver.answers = [500] * 20
    async with scene.working():
        before = scene.database.clock.now()
        await scene.happens()
        for attempt, pause in enumerate([5, 300, 1_800, 7_200, 18_000, 36_000, 36_000], 1):
            [call] = await scene.settled(webhook, failures=attempt)
            assert call.next_attempt_at is not None
            rest = call.next_attempt_at - scene.database.clock.now()
            # It counts from the answer, which came somewhere between.
            assert call.next_attempt_at - before >= timedelta(seconds=pause)
            assert rest <= timedelta(seconds=pause * 1.2)
            scene.database.clock.move(rest)
            before = scene.database.clock.now()
        await scene.settled(webhook, failures=8)
        # If it were still to be made, it would be made together with one of a day later.
        scene.database.clock.move(timedelta(days=1))
        await scene.happens({"n": "later"})
        _, call = await scene.settled(webhook, failures=9)
    assert (call.state, call.attempts, call.status) == ("given_up", 8, 500)
    assert [each.headers["webhook-id"] for each in scene.receiver.calls[:8]] == [str(call.id)] * 8
    assert len(scene.receiver.calls) == 9


async def test_a_receiver_that_is_not_there_is_a_failure_with_words(scene: Scene) -> None:
    webhook = await scene.webhook()
    await scene.database.execute("UPDATE webhooks SET url = 'http://127.0.0.1:1/nobody'")
    async with scene.working():
        await scene.happens()
        [call] = await scene.settled(webhook, failures=1)
    assert call.status is None
    assert call.failure


async def test_an_address_that_has_become_a_private_one_is_not_called(scene: Scene) -> None:
    webhook = await scene.webhook()
    await scene.database.execute("UPDATE webhooks SET url = replace(url, 'http://127.0.0.1', 'https://localhost')")
    async with scene.working(private_addresses=False):
        await scene.happens()
        [call] = await scene.settled(webhook, failures=1)
    assert call.failure == "it leads to a private address"
    assert scene.receiver.calls == []


async def test_a_receiver_that_hangs_keeps_no_other_waiting(scene: Scene) -> None:
    await scene.webhook("/hangs")
    await scene.happens(*({"n": n} for n in range(50)))
    await scene.webhook("/quick")
    await scene.happens({"n": "quick"})
    async with scene.working():
        await eventually(lambda: any(each.path == "/quick" for each in scene.receiver.calls))
        assert scene.receiver.at_once <= delivering.AT_ONCE_PER_WEBHOOK + delivering.TOGETHER
        scene.receiver.go_on.set()
        await scene.receiver.until(52)


async def test_what_a_killed_worker_was_calling_is_called_again_when_its_lease_is_over(scene: Scene) -> None:
    webhook = await scene.webhook("/hangs")
    await scene.happens()
    async with scene.working():
        await scene.receiver.until(1)
    other = await scene.webhook("/quick")
    await verbs.try_webhook(scene.database, scene.robot, other.id)
    async with scene.working():
        # Whoever takes this one takes all that are due.
        await scene.receiver.until(2)
        [call] = await scene.calls(webhook)
        assert (call.attempts, call.failure) == (1, None), "another worker may still be at it"
        scene.database.clock.move(delivering.LEASE + timedelta(seconds=1))
        scene.receiver.go_on.set()
        await scene.settled(webhook, answered=1)
    assert [each.path for each in scene.receiver.calls] == ["/hangs", "/quick", "/hangs"]
    first, _, again = scene.receiver.calls
    assert first.headers["webhook-id"] == again.headers["webhook-id"]


async def test_two_workers_share_the_calls(scene: Scene) -> None:
    await scene.webhook()
    await scene.happens(*({"n": n} for n in range(60)))
    async with scene.working(), scene.working():
        await scene.nothing_waits()
    assert len({each.headers["webhook-id"] for each in scene.receiver.calls}) == len(scene.receiver.calls) == 60


async def test_what_one_worker_takes_another_one_neither_takes_nor_waits_for(scene: Scene) -> None:
    await scene.webhook()
    await scene.happens(*({"n": n} for n in range(10)))
    now = scene.database.clock.now()
    async with asyncio.timeout(PATIENCE), scene.database.transaction() as one, scene.database.transaction() as two:
        taken = [await store.claim(each, 6, [], now, now + delivering.LEASE) for each in (one, two)]
    assert [len(each) for each in taken] == [6, 4]
    assert len({each.call_id for each in [*taken[0], *taken[1]]}) == 10


async def test_a_receiver_that_is_gone_for_good_is_called_no_more(scene: Scene) -> None:
    webhook = await scene.webhook()
    scene.receiver.answers = [410]
    async with scene.working():
        await scene.happens()
        [call] = await scene.settled(webhook, failures=1)
        await scene.happens()
    assert (call.state, call.status) == ("given_up", 410)
    # Nothing was noted that could be made later.
    assert len(await scene.calls(webhook)) == 1
    [found] = await verbs.list_webhooks(scene.database, scene.robot)
    assert not found.enabled
    assert found.disabled_at is not None
    assert len(scene.receiver.calls) == 1


async def test_after_five_days_of_nothing_but_failures_a_webhook_is_switched_off(scene: Scene) -> None:
    webhook = await scene.webhook()
    scene.receiver.answers = [500] * 100

    async def is_off() -> bool:
        return not (await scene.now(webhook)).enabled

    async with scene.working():
        for _ in range(6):
            await scene.happens()
            await scene.all_failed(webhook)
            assert (await scene.now(webhook)).enabled
            scene.database.clock.move(timedelta(hours=22))
        await scene.happens()
        await eventually(is_off)
    assert all(each.state == "given_up" for each in await scene.calls(webhook))
    # Switched on again it starts anew, old failures do not count.
    scene.receiver.answers = [500]
    await verbs.change_webhook(scene.database, scene.robot, webhook.id, WebhookChanges(enabled=True))
    async with scene.working():
        await scene.happens()
        await scene.settled(webhook, failures=1)
    [found] = await verbs.list_webhooks(scene.database, scene.robot)
    assert (found.enabled, found.failures, found.disabled_at) == (True, 1, None)


async def test_one_good_answer_in_five_days_keeps_a_webhook(scene: Scene) -> None:
    webhook = await scene.webhook()
    scene.receiver.answers = [500, 204, 500, 500]
    async with scene.working():
        await scene.happens({"n": 1})
        await scene.settled(webhook, failures=1)
        scene.database.clock.move(timedelta(days=3))
        await scene.settled(webhook, answered=1)
        scene.database.clock.move(timedelta(days=3))
        await scene.happens({"n": 2})
        await scene.settled(webhook, failures=1, answered=1)
    [found] = await verbs.list_webhooks(scene.database, scene.robot)
    assert (found.enabled, found.failures) == (True, 1)


async def test_calls_are_kept_for_thirty_days(scene: Scene) -> None:
    webhook = await scene.webhook()
    async with scene.working():
        await scene.happens({"n": "old"})
        await scene.settled(webhook, answered=1)
    scene.database.clock.move(retrying.KEPT - timedelta(hours=1))
    await scene.happens({"n": "new"})
    await webhooks.forget_old_calls(scene.database)
    assert len(await scene.calls(webhook)) == 2
    scene.database.clock.move(timedelta(hours=2))
    await webhooks.forget_old_calls(scene.database)
    assert [each.data for each in await scene.calls(webhook)] == [{"n": "new"}]
