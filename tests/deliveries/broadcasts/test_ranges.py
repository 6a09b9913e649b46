"""A broadcast reaches each subscriber once, in ranges, and its counts add up to those whom it is for at any moment."""

from datetime import timedelta

import pytest

from estafette import deliveries
from estafette.base.errors import Invalid
from estafette.base.ids import new_id
from estafette.base.languages import Language
from estafette.deliveries import BroadcastContent, BroadcastOutcome, BroadcastText
from estafette.deliveries.actions.claiming import undo
from estafette.deliveries.actions.ending_broadcasts import end_some_broadcasts
from estafette.deliveries.actions.reaping import reap_dead_worker
from estafette.deliveries.models.messages import Accepted, Refused, Unknown
from estafette.deliveries.rules.broadcasts import RANGE
from tests.deliveries.broadcasts.conftest import Station

SENT = Accepted(provider_ids=("x",))
BUSY = Refused(kind="gateway", permanent=False, code="too_many_requests", reason="", retry_after=60.0)
GONE = Refused(kind="operator", permanent=True, code="subscription_gone", reason="", gone=True)
FORBIDDEN = Refused(kind="gateway", permanent=True, code="not_authorized", reason="")


async def test_everybody_who_subscribed_before_it_began_is_told_once_in_their_language(station: Station) -> None:
    await station.subscribe(RANGE + 20, "en", "fr", "ru")
    news = await station.start()
    await station.subscribe(1)
    first, second = await station.leased(), await station.leased()
    assert (len(first.messages), len(second.messages)) == (RANGE, 20)
    told = [each.delivery_id for each in (*first.messages, *second.messages)]
    assert len(set(told)) == RANGE + 20
    assert [each.subject for each in first.messages[:3]] == ["News", "Nouvelles", "News"], "Russian: the default"
    assert {each.options.url for each in first.messages} == {"/partners"}
    assert {each.options.topic for each in first.messages} == {news.hex}
    assert await station.lease() is None, "nothing is left, and who came later is not told of it"
    assert await station.counts(news) == {"CREATED": RANGE + 20}
    assert not await station.has_ended(news)
    await station.record(first, SENT)
    await station.record(second, SENT)
    assert await station.counts(news) == {"SENT": RANGE + 20}
    assert await station.has_ended(news)


async def test_it_begins_once_however_often_it_is_asked_to(station: Station) -> None:
    await station.subscribe(2)
    news = await station.start()
    await station.subscribe(1)
    assert await station.start(id=news) == news
    await station.record(await station.leased(), SENT)
    assert await station.counts(news) == {"SENT": 2}
    nobody = await station.start(topic="of nobody")
    assert (await station.counts(nobody), await station.has_ended(nobody)) == ({}, True)


async def test_what_is_refused_for_now_is_tried_again_by_itself_and_what_is_gone_is_removed(station: Station) -> None:
    await station.subscribe(4)
    news = await station.start()
    leased = await station.leased()
    a, b, c, d = (each.delivery_id for each in leased.messages)
    await station.record(leased, {a: SENT, b: BUSY, c: GONE, d: FORBIDDEN})
    assert await station.counts(news) == {"SENT": 1, "CREATED": 1, "OPERATOR_ERROR": 1, "RECEIVER_ERROR": 1}
    assert await deliveries.subscribers(station.database) == 3, "a wrong key is our own fault, no reason to forget them"
    assert await station.lease() is None
    station.database.clock.move(timedelta(seconds=75))
    again = await station.leased()
    assert [(each.delivery_id, each.attempt) for each in again.messages] == [(b, 2)]
    await station.record(again, Unknown(reason="cut"))
    assert await station.counts(news) == {"SENT": 1, "UNCERTAIN": 1, "OPERATOR_ERROR": 1, "RECEIVER_ERROR": 1}
    reasons = await deliveries.broadcast_reasons(station.database, news)
    assert {(each.status, each.reason) for each in reasons} == {
        ("SENT", None),
        ("UNCERTAIN", "outcome_unknown"),
        ("OPERATOR_ERROR", "subscription_gone"),
        ("RECEIVER_ERROR", "not_authorized"),
    }
    assert await station.has_ended(news)


async def test_whoever_unsubscribes_before_their_turn_is_not_told(station: Station) -> None:
    await station.subscribe(3)
    news = await station.start()
    await station.database.execute(
        "DELETE FROM broadcast_subscriptions WHERE id = (SELECT max(id) FROM broadcast_subscriptions)"
    )
    leased = await station.leased()
    await station.record(leased, {leased.messages[0].delivery_id: SENT, leased.messages[1].delivery_id: BUSY})
    await station.database.execute("DELETE FROM broadcast_subscriptions")
    station.database.clock.move(timedelta(seconds=75))
    assert await station.lease() == 0
    assert await station.counts(news) == {"SENT": 1, "SUPPRESSED": 2}
    assert await station.has_ended(news)


async def test_a_worker_that_dies_leaves_a_range_uncertain_which_nobody_repeats(station: Station) -> None:
    await station.subscribe(RANGE + 5)
    news = await station.start()
    lost = await station.leased()
    await reap_dead_worker(station.database, station.dispatcher_id)
    assert await station.counts(news) == {"UNCERTAIN": RANGE, "CREATED": 5}
    await station.record(lost, SENT)
    assert await station.counts(news) == {"UNCERTAIN": RANGE, "CREATED": 5}, "it was given up"
    other = await Station(station.database).begin()
    left = await other.leased()
    assert not {each.delivery_id for each in left.messages} & {each.delivery_id for each in lost.messages}
    await other.record(left, SENT)
    assert await station.counts(news) == {"UNCERTAIN": RANGE, "SENT": 5}
    assert await station.has_ended(news)


async def test_a_lease_whose_commit_was_never_confirmed_is_given_back(station: Station) -> None:
    await station.subscribe(3)
    news = await station.start()
    lost = new_id()
    await station.lease(lost)
    for _ in range(2):
        await undo(station.database, station.dispatcher_id, lost)
    again = await station.leased()
    assert [each.attempt for each in again.messages] == [1, 1, 1]
    await station.record(again, SENT)
    assert await station.counts(news) == {"SENT": 3}


async def test_pause_resume_and_cancel_say_exactly_what_they_did(station: Station) -> None:
    await station.subscribe(RANGE + 5)
    news = await station.start()
    out = await station.leased()
    paused = BroadcastOutcome(waiting=5, cancelled=0, gone_out=0, in_flight=RANGE)
    assert [await station.pause(news), await station.pause(news)] == [paused, paused]
    assert await station.lease() is None
    ids = [each.delivery_id for each in out.messages]
    await station.record(out, dict.fromkeys(ids[:90], SENT) | {ids[90]: BUSY} | dict.fromkeys(ids[91:]))
    resumed = BroadcastOutcome(waiting=15, cancelled=0, gone_out=90, in_flight=0)
    assert await station.resume(news) == resumed
    again = await station.leased()
    assert {each.delivery_id for each in again.messages[:9]} == set(ids[91:]), "what was not submitted is first"
    assert len(again.messages) == 14
    cancelled = BroadcastOutcome(waiting=0, cancelled=1, gone_out=90, in_flight=14)
    assert [await station.cancel(news), await station.cancel(news)] == [cancelled, cancelled]
    assert not await station.has_ended(news)
    busy = again.messages[0].delivery_id
    await station.record(again, {each.delivery_id: SENT for each in again.messages} | {busy: BUSY})
    assert await station.counts(news) == {"SENT": 103, "CANCELLED": 2}
    assert await station.resume(news) == BroadcastOutcome(waiting=0, cancelled=2, gone_out=103, in_flight=0)
    assert await station.has_ended(news)


async def test_what_has_not_left_by_its_expiry_does_not_leave(station: Station) -> None:
    await station.subscribe(RANGE + 5)
    news = await station.start()
    out = await station.leased()
    await station.pause(news)
    station.database.clock.move(timedelta(hours=1))
    assert await end_some_broadcasts(station.database) == 1
    assert await end_some_broadcasts(station.database) == 0
    assert await station.counts(news) == {"CREATED": RANGE, "EXPIRED": 5}
    await station.record(out, {out.messages[0].delivery_id: SENT})
    assert await station.counts(news) == {"SENT": 1, "EXPIRED": RANGE + 4}
    assert await station.has_ended(news)


async def test_without_a_gateway_it_ends_and_after_a_restore_nobody_knows(station: Station) -> None:
    await station.subscribe(RANGE + 5)
    restored = await station.start()
    await station.leased()
    assert await deliveries.end_waiting(station.database) == RANGE + 5
    assert await station.counts(restored) == {"UNCERTAIN": RANGE + 5}
    assert await station.has_ended(restored)
    news = await station.start()
    await station.database.execute("UPDATE gateways SET enabled = false")
    assert await end_some_broadcasts(station.database) == 1
    assert await station.counts(news) == {"SYSTEM_ERROR": RANGE + 5}


async def test_broadcasts_take_turns_and_leave_room_for_what_is_urgent(station: Station) -> None:
    await station.subscribe(RANGE * 2)
    first, second = await station.start(), await station.start()
    assert [(await station.leased()).broadcast_id for _ in range(4)] == [first, second, first, second]
    await station.start()
    await station.database.execute("UPDATE gateways SET segments_per_second = 50")
    await station.database.execute("UPDATE gateway_states SET tokens = 50, refilled_at = now() + interval '1 minute'")
    assert len((await station.leased()).messages) == 25
    await station.database.execute("UPDATE gateway_states SET tokens = 20, refilled_at = now() + interval '1 minute'")
    waits = await station.lease()
    assert isinstance(waits, float)
    assert waits == pytest.approx(0.1)


async def test_what_cannot_be_shown_is_refused_by_the_name_of_its_field(station: Station) -> None:
    texts: dict[Language, BroadcastText] = {
        "fr": BroadcastText(title=" ", text="x" * 2001, url="https://elsewhere.example")
    }
    with pytest.raises(Invalid) as caught:
        await station.start(content=BroadcastContent(default_language="en", texts=texts))
    assert {(each.field, each.code) for each in caught.value.fields} == {
        ("texts.en.push", "required"),
        ("texts.fr.push.title", "required"),
        ("texts.fr.push.text", "too_long"),
        ("texts.fr.push.url", "path_invalid"),
    }
