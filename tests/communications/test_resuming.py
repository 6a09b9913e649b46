"""What was held by a pause goes on as if it had its turn only then."""

from datetime import time, timedelta

from estafette.communications.models.audiences import SubscribersAudience
from estafette.communications.models.content import Content, PushText, Texts
from estafette.communications.models.schedules import QuietHours, Schedule
from estafette.deliveries.store import queue
from tests.communications.scene import BUSY, Scene
from tests.deliveries.broadcasts.conftest import Station

ANNA, BORIS = "+33612345601", "+33612345602"
PUSHED = Content(default_language="en", texts={"en": Texts(push=PushText(title="News", text="We open.", url="/"))})


async def test_what_was_held_does_not_wake_anybody_when_it_goes_on_at_night(scene: Scene) -> None:
    await scene.register(Anna=ANNA)
    now = scene.database.clock.now()
    scene.database.clock.move(now.replace(hour=21, minute=0, second=0, microsecond=0) + timedelta(days=1) - now)
    made = await scene.create(schedule=Schedule(quiet=QuietHours(begin=time(22), end=time(8))))
    await scene.work()
    await scene.pause(made)
    scene.database.clock.move(timedelta(hours=2))
    assert (await scene.resume(made)).waiting == 1
    await scene.work()
    assert await scene.claim() == []
    scene.database.clock.move(timedelta(hours=9))
    assert [each.text for each in await scene.claim()] == ["Hello Anna"]


async def test_what_waits_for_its_gateway_until_the_night_waits_for_the_morning(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS)
    now = scene.database.clock.now()
    scene.database.clock.move(now.replace(hour=21, minute=55, second=0, microsecond=0) + timedelta(days=1) - now)
    made = await scene.create(schedule=Schedule(quiet=QuietHours(begin=time(22), end=time(8))))
    await scene.work()
    # One comes back from a gateway that was busy, the other is not even looked at.
    [refused] = await scene.claim(1)
    await scene.engine.record((refused, BUSY))
    scene.database.clock.move(timedelta(minutes=6))
    await scene.work()
    assert await scene.claim() == []
    await scene.totals(made.id)
    scene.database.clock.move(timedelta(hours=10))
    await scene.work()
    assert {each.recipient for each in await scene.claim()} == {ANNA, BORIS}


async def test_what_a_ladder_held_has_its_time_before_the_next_channel_is_tried(scene: Scene) -> None:
    await scene.register(Anna=ANNA)
    made = await scene.create(channels=["email", "sms"], mode="ladder", schedule=Schedule(step_after=600))
    await scene.work()
    await scene.pause(made)
    scene.database.clock.move(timedelta(hours=2))
    await scene.resume(made)
    await scene.work()
    assert [each.recipient for each in await scene.claim()] == ["anna@example.com"]
    scene.database.clock.move(timedelta(minutes=10))
    await scene.work()
    assert [each.recipient for each in await scene.claim()] == [ANNA]
    await scene.totals(made.id)


async def test_what_a_gateway_takes_up_while_a_batch_goes_on_is_not_set_aside_for_ever(scene: Scene) -> None:
    await scene.register(Anna=ANNA)
    made = await scene.create()
    await scene.work()
    [flying] = await scene.claim()
    await scene.pause(made)
    await scene.engine.record((flying, BUSY))
    scene.database.clock.move(timedelta(minutes=10))
    async with scene.database.transaction() as claims:
        now = claims.clock.now()
        [picked] = await queue.pick(claims, [("sms", 2, now - timedelta(days=1))], now, 1)
        [found] = await queue.messages(claims, [picked["delivery_id"]], now)
        assert found["stopped"] == "held"
        await scene.resume(made)
        await queue.set_aside(claims, [found["id"]])
    assert [each.recipient for each in await scene.claim()] == [ANNA]


async def test_news_that_begin_days_late_since_somebody_says_so_are_sent(scene: Scene) -> None:
    station = await Station(scene.database).begin()
    await station.subscribe(2)
    made = await scene.create(channels=["push"], content=PUSHED, audience=SubscribersAudience())
    scene.database.clock.move(timedelta(days=3))
    await scene.work()
    assert await scene.state(made.id) == "paused"
    await scene.resume(made)
    assert len((await station.leased()).messages) == 2
