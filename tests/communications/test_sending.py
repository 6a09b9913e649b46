"""A communication on its way: whom it reaches, when, and once."""

from datetime import time, timedelta

import pytest_asyncio

from estafette.clients import GivenConsent, NewClient, add_clients
from estafette.clients.actions import keeping
from estafette.communications.actions.holding_back import hold_back
from estafette.communications.models.audiences import EveryoneAudience
from estafette.communications.models.schedules import QuietHours, Schedule
from estafette.deliveries import NewSuppression, suppress
from estafette.deliveries.actions.ending import end_waiting
from estafette.deliveries.models.messages import Accepted
from tests.communications.scene import BUSY, REFUSED, Scene
from tests.deliveries.scripted import receipt
from tests.world import World

ANNA, BORIS, CAMILLE = "+33612345601", "+33612345602", "+33612345603"


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    return await Scene(world).begin()


async def test_everybody_gets_it_once_on_each_channel_and_whoever_cannot_is_told_why(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS, CAMILLE=CAMILLE, DENIS=None)
    boris = scene.clients["Boris"]
    await keeping.note_consent(scene.database, scene.root, boris, "sms", GivenConsent(given=False, source="phone"))
    made = await scene.create(channels=["sms", "email"], audience=EveryoneAudience())
    await scene.work()
    await scene.accept(*await scene.claim())
    await scene.work()
    assert await scene.recipients(made.id) == {
        "Anna sms": ("handed_over", None),
        "Anna email": ("handed_over", None),
        "Boris sms": ("skipped", "refused"),
        "Boris email": ("handed_over", None),
        "CAMILLE sms": ("handed_over", None),
        "CAMILLE email": ("skipped", "no_address"),
        "DENIS sms": ("skipped", "no_address"),
        "DENIS email": ("skipped", "no_address"),
    }
    assert await scene.totals(made.id) == {"sms": {"SENT": 2, "SKIPPED": 2}, "email": {"SENT": 2, "SKIPPED": 2}}
    assert await scene.state(made.id) == "completed"


async def test_what_is_known_when_it_is_handed_over_counts(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS, Camille=CAMILLE, Denis="+33612345604", Nobody="+33612345605")
    made = await scene.create(schedule=Schedule(per_minute=60))
    # One a second is handed over: the others wait, and something happens to each of them.
    await scene.work()
    first = [name for name, (state, _) in (await scene.recipients(made.id)).items() if state == "handed_over"]
    assert first == ["Anna sms"]
    await suppress(scene.database, NewSuppression(channel="sms", recipient=BORIS, reason="asked"), scene.root.person_id)
    await keeping.note_consent(
        scene.database, scene.root, scene.clients["Camille"], "sms", GivenConsent(given=False, source="phone")
    )
    await keeping.erase_client(scene.database, scene.root, scene.clients["Denis"])
    for _ in range(6):
        scene.database.clock.move(timedelta(seconds=1))
        await scene.work()
    known = await scene.recipients(made.id)
    assert known["Boris sms"] == ("suppressed", "suppressed")
    assert known["Camille sms"] == ("skipped", "refused")
    assert known["Nobody sms"] == ("skipped", "variable_missing")
    assert await scene.totals(made.id) == {"sms": {"CREATED": 1, "SUPPRESSED": 1, "SKIPPED": 2, "CANCELLED": 1}}


async def test_a_pause_is_exact_and_what_was_held_goes_on_unless_it_was_refused_meanwhile(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS, Camille=CAMILLE, Denis="+33612345604")
    made = await scene.create()
    await scene.work()
    [sent] = await scene.claim(1)
    await scene.accept(sent)
    [flying] = await scene.claim(1)
    paused = await scene.pause(made)
    assert (paused.state, paused.waiting, paused.gone_out, paused.in_flight) == ("paused", 2, 1, 1)
    assert await scene.claim() == []
    await scene.totals(made.id)
    last = (await scene.database.fetch("SELECT batch_member FROM deliveries ORDER BY id DESC LIMIT 1"))[0]
    await keeping.note_consent(
        scene.database, scene.root, last["batch_member"], "sms", GivenConsent(given=False, source="phone")
    )
    resumed = await scene.resume(made)
    assert (resumed.state, resumed.waiting, resumed.in_flight) == ("running", 1, 1)
    await scene.accept(flying, *await scene.claim())
    await scene.work()
    assert await scene.totals(made.id) == {"sms": {"SENT": 3, "SUPPRESSED": 1}}
    assert await scene.state(made.id) == "completed"


async def test_who_refuses_while_a_message_waits_for_its_gateway_does_not_get_it(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS)
    made = await scene.create()
    await scene.work()
    await keeping.note_consent(
        scene.database, scene.root, scene.clients["Anna"], "sms", GivenConsent(given=False, source="STOP")
    )
    assert [each.recipient for each in await scene.claim()] == [BORIS]
    assert await scene.totals(made.id) == {"sms": {"SUPPRESSED": 1, "CREATED": 1}}


async def test_what_a_gateway_refuses_for_now_does_not_leave_while_it_is_paused_nor_after_a_cancellation(
    scene: Scene,
) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS)
    made = await scene.create()
    await scene.work()
    [flying] = await scene.claim(1)
    await scene.pause(made)
    await scene.engine.record((flying, BUSY))
    scene.database.clock.move(timedelta(minutes=10))
    assert await scene.claim() == []
    assert (await scene.pause(made)).waiting == 2
    cancelled = await scene.cancel(made)
    assert (cancelled.state, cancelled.cancelled, cancelled.waiting) == ("cancelling", 2, 0)
    await scene.work()
    assert await scene.state(made.id) == "cancelled"
    assert await scene.totals(made.id) == {"sms": {"CANCELLED": 2}}
    assert await scene.claim() == []


async def test_a_cancellation_in_the_middle_ends_those_who_wait_and_waits_for_those_in_flight(scene: Scene) -> None:
    await scene.register(**{f"C{n}": f"+3361234{n:04}" for n in range(250)})
    made = await scene.create(audience=EveryoneAudience())
    await scene.work()
    flying = await scene.claim(20)
    cancelled = await scene.cancel(made)
    assert (cancelled.cancelled, cancelled.in_flight) == (230, 20)
    await scene.work()
    assert await scene.state(made.id) == "cancelling"
    await scene.accept(*flying)
    await scene.work()
    assert await scene.state(made.id) == "cancelled"
    assert await scene.totals(made.id) == {"sms": {"SENT": 20, "CANCELLED": 230}}


async def test_a_ladder_tries_the_next_channel_for_whom_the_first_did_not_reach(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS, CAMILLE=CAMILLE)
    made = await scene.create(channels=["email", "sms"], mode="ladder", schedule=Schedule(step_after=600))
    await scene.work()
    by_address = {each.recipient: each for each in await scene.claim()}
    assert by_address.keys() == {"anna@example.com", "boris@example.com", CAMILLE}
    arrived = by_address["anna@example.com"]
    await scene.accept(*by_address.values())
    await scene.engine.told(receipt(str(arrived.delivery_id)))
    await scene.work()
    assert await scene.claim() == []
    assert await scene.state(made.id) == "running"
    scene.database.clock.move(timedelta(minutes=10))
    await scene.work()
    [next_] = await scene.claim()
    assert next_.recipient == BORIS
    await scene.accept(next_)
    await scene.work()
    assert await scene.state(made.id) == "completed"
    await scene.totals(made.id)


async def test_it_pauses_by_itself_when_too_much_of_it_fails(scene: Scene) -> None:
    await scene.register(**{f"C{n}": f"+3361234{n:04}" for n in range(80)})
    made = await scene.create(audience=EveryoneAudience())
    await scene.work()
    claimed = await scene.claim(60)
    await scene.engine.record(
        *((each, REFUSED if n < 20 else Accepted(provider_ids=(str(n),))) for n, each in enumerate(claimed))
    )
    await scene.work()
    row = await scene.database.fetchrow("SELECT state, pause_reason FROM communications WHERE id = $1", made.id)
    assert tuple(row or ()) == ("paused", "errors")
    assert await scene.claim() == []
    # Who looks at it and goes on is not stopped by the same failures again.
    await scene.resume(made)
    await scene.work()
    assert await scene.state(made.id) == "running"


async def test_what_could_not_begin_for_an_hour_asks_whether_to_go_on(scene: Scene) -> None:
    await scene.register(Anna=ANNA)
    made = await scene.create()
    scene.database.clock.move(timedelta(hours=2))
    await scene.work()
    row = await scene.database.fetchrow("SELECT state, pause_reason FROM communications WHERE id = $1", made.id)
    assert tuple(row or ()) == ("paused", "late")
    assert (await scene.resume(made)).state == "preparing"
    await scene.work()
    assert len(await scene.claim()) == 1


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


async def test_of_an_erased_client_nothing_is_left_but_that_something_was_sent(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS, Camille=CAMILLE)
    made = await scene.create(schedule=Schedule(per_minute=120))
    await scene.work()
    [sent] = await scene.claim(1)
    await scene.accept(sent)
    for name in scene.clients:
        await keeping.erase_client(scene.database, scene.root, scene.clients[name])
    await scene.world.react()
    assert await scene.totals(made.id) == {"sms": {"SENT": 1, "CANCELLED": 2}}
    left = await scene.database.fetch("SELECT recipient, text FROM deliveries")
    assert {tuple(row) for row in left} == {("", "")}
    await scene.work()
    assert await scene.state(made.id) == "completed"


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


async def test_after_a_restore_what_was_under_way_waits_for_a_word(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS)
    running = await scene.create(schedule=Schedule(per_minute=60))
    await scene.work()
    due = await scene.create("Anna")
    assert await hold_back(scene.database) == 2
    await end_waiting(scene.database)
    await scene.work()
    assert (await scene.state(running.id), await scene.state(due.id)) == ("paused", "paused")
    assert await scene.totals(running.id) == {"sms": {"UNCERTAIN": 1, "WAITING": 1}}
    assert await scene.claim() == []
    await scene.resume(due)
    await scene.work()
    assert [each.text for each in await scene.claim()] == ["Hello Anna"]
