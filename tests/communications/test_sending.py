"""A communication on its way: whom it reaches, when, and once."""

import asyncio
from datetime import timedelta

from estafette.clients import AddressRule, GivenConsent, Group, NewSegment, add_segment
from estafette.clients.actions import keeping
from estafette.clients.actions.segments import delete_segment
from estafette.communications.actions.handing_over import LaneFeeder
from estafette.communications.actions.preparing import begin, prepare_some
from estafette.communications.models.audiences import EveryoneAudience, SegmentAudience
from estafette.communications.models.schedules import Schedule
from estafette.communications.store import handing_over
from estafette.deliveries import NewSuppression, suppress
from tests.communications.scene import Scene, write
from tests.deliveries.scripted import receipt

ANNA, BORIS, CAMILLE = "+33612345601", "+33612345602", "+33612345603"


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


async def test_who_refuses_while_a_message_waits_for_its_gateway_does_not_get_it(scene: Scene) -> None:
    await scene.register(Anna=ANNA, Boris=BORIS)
    made = await scene.create()
    await scene.work()
    await keeping.note_consent(
        scene.database, scene.root, scene.clients["Anna"], "sms", GivenConsent(given=False, source="STOP")
    )
    assert [each.recipient for each in await scene.claim()] == [BORIS]
    assert await scene.totals(made.id) == {"sms": {"SUPPRESSED": 1, "CREATED": 1}}


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


async def test_a_segment_is_asked_when_it_begins_and_one_that_is_gone_ends_it(scene: Scene) -> None:
    await scene.register(Anna=ANNA, BORIS=BORIS)
    reached = NewSegment(name="Reached by mail", filter=Group(rules=[AddressRule(channel="email", present=True)]))
    segment = await add_segment(scene.database, scene.root, reached)
    audience = SegmentAudience(segment_id=segment.id)
    made = await scene.create(audience=audience)
    await scene.work()
    assert await scene.recipients(made.id) == {"Anna sms": ("handed_over", None)}
    late = await scene.create(audience=audience)
    await delete_segment(scene.database, scene.root, segment.id)
    await scene.work()
    row = await scene.database.fetchrow("SELECT state, failure FROM communications WHERE id = $1", late.id)
    assert tuple(row or ()) == ("failed", "segment_gone")


async def test_workers_that_prepare_and_hand_over_at_once_reach_everybody_once(scene: Scene) -> None:
    await scene.register(**{f"C{n}": f"+3361234{n:04}" for n in range(25)})
    made = await scene.create(audience=EveryoneAudience())
    await begin(scene.database, made.id)
    # Two workers at once, a stretch each time: what one of them holds is left to it.
    while await scene.state(made.id) == "preparing":
        await asyncio.gather(*(prepare_some(scene.database, made.id, 4) for _ in range(2)))
    assert await scene.totals(made.id) == {"sms": {"WAITING": 25}}
    lanes = await handing_over.lanes(scene.database)
    feeders = [LaneFeeder(lanes[0]) for _ in range(3)]
    await asyncio.gather(*(each.feed(scene.database, write, 0) for each in feeders))
    await scene.work()
    recipients = [each.recipient for each in await scene.claim()]
    assert len(recipients) == len(set(recipients)) == 25
