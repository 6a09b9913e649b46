"""When a communication reaches whom: by each clock, outside quiet hours, in turn, and not too late."""

from datetime import UTC, datetime, time, timedelta

from estafette.clients import NewClient, add_clients
from estafette.communications.models.audiences import EveryoneAudience
from estafette.communications.models.schedules import QuietHours, Schedule
from tests.communications.scene import BUSY, Scene

ANNA, BORIS, CAMILLE = "+33612345601", "+33612345602", "+33612345603"


async def test_nobody_is_woken_in_quiet_hours_of_their_own_clock(scene: Scene) -> None:
    new = [
        NewClient(name=name, phone=phone, time_zone=zone)
        for name, phone, zone in (("Tokyo", ANNA, "Asia/Tokyo"), ("Paris", BORIS, "Europe/Paris"))
    ]
    await add_clients(scene.database, scene.root, new)
    now = scene.database.clock.now()
    scene.database.clock.move(now.replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=1) - now)
    quiet = QuietHours(begin=time(22), end=time(8))
    await scene.create(audience=EveryoneAudience(), schedule=Schedule(quiet=quiet))
    await scene.work()
    assert [each.text for each in await scene.claim()] == ["Hello Paris"]
    scene.database.clock.move(timedelta(hours=9))
    await scene.work()
    assert [each.text for each in await scene.claim()] == ["Hello Tokyo"]


async def test_what_is_of_no_use_any_more_is_not_sent(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS)
    made = await scene.create(schedule=Schedule(per_minute=1, expires_after=60))
    await scene.work()
    scene.database.clock.move(timedelta(minutes=1))
    await scene.work()
    assert await scene.claim() == []
    assert (await scene.totals(made.id))["sms"]["EXPIRED"] == 1


async def test_lanes_have_their_turn_and_single_clients_go_first(scene: Scene) -> None:
    await scene.register(**{f"C{n}": f"+3361234{n:04}" for n in range(400)})
    first = await scene.create(audience=EveryoneAudience())
    await scene.work()
    second = await scene.create(audience=EveryoneAudience())
    await scene.work()
    await scene.create("C7", kind="transactional")
    await scene.work()
    claimed = await scene.claim(1)
    assert (claimed[0].text, claimed[0].urgency) == ("Hello C7", 1)
    rows = await scene.database.fetch(
        "SELECT batch_id, count(*) FROM delivery_queue WHERE urgency = 2 GROUP BY batch_id"
    )
    assert {row["batch_id"] for row in rows} == {first.id, second.id}
    assert all(150 <= row["count"] <= 250 for row in rows)


async def test_what_gateways_do_not_take_yet_does_not_hold_up_the_others(scene: Scene) -> None:
    await scene.register(**{f"C{n}": f"+3361234{n:04}" for n in range(250)})
    made = await scene.create(audience=EveryoneAudience())
    await scene.work()
    busy = await scene.claim()
    await scene.engine.record(*((each, BUSY) for each in busy))
    await scene.work()
    others = await scene.claim()
    assert {each.recipient for each in busy}.isdisjoint(each.recipient for each in others)
    assert len(busy) + len(others) == 250
    await scene.totals(made.id)


async def test_each_client_is_reached_at_the_same_time_of_its_own_clock(scene: Scene) -> None:
    new = [
        NewClient(name=name, phone=phone, time_zone=zone)
        for name, phone, zone in (
            ("Tokyo", ANNA, "Asia/Tokyo"),
            ("Lima", BORIS, "America/Lima"),
            ("Any", CAMILLE, None),
        )
    ]
    await add_clients(scene.database, scene.root, new)
    day = (scene.database.clock.now() + timedelta(days=3)).date()
    nine = datetime.combine(day, time(9))
    made = await scene.create(
        audience=EveryoneAudience(), schedule=Schedule(local_time=nine, zone="Europe/Lisbon", of_client=True)
    )

    async def come_by(hour: int) -> list[str]:
        at = datetime.combine(day, time(hour), UTC)
        scene.database.clock.move(at - scene.database.clock.now() + timedelta(seconds=1))
        await scene.work()
        return [each.text for each in await scene.claim()]

    # It begins with the zone whose day begins first, far in the east.
    starts_at = await scene.database.fetchval("SELECT starts_at FROM communications WHERE id = $1", made.id)
    scene.database.clock.move(starts_at - scene.database.clock.now() + timedelta(seconds=1))
    await scene.work()
    assert await scene.claim() == []
    assert await come_by(0) == ["Hello Tokyo"]
    assert await come_by(9) == ["Hello Any"]
    assert await come_by(14) == ["Hello Lima"]
