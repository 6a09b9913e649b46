"""A communication is paused, goes on, is cancelled: exactly, whatever is in flight."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from estafette.base.quotas import Quotas
from estafette.clients import GivenConsent
from estafette.clients.actions import keeping
from estafette.communications.actions.holding_back import hold_back
from estafette.communications.actions.preparing import begin, prepare_some
from estafette.communications.dispatch import Feeder, Figures
from estafette.communications.models.audiences import EveryoneAudience
from estafette.communications.models.content import Channel
from estafette.communications.models.schedules import Schedule
from estafette.communications.models.work import Addressee, Work
from estafette.deliveries import NewDelivery
from estafette.deliveries.actions.ending import end_waiting
from estafette.deliveries.models.messages import Accepted
from tests.communications.scene import BUSY, REFUSED, Scene, write

ANNA, BORIS, CAMILLE = "+33612345601", "+33612345602", "+33612345603"


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


@pytest.mark.parametrize("error", [RuntimeError, TimeoutError])
async def test_one_that_cannot_be_written_holds_up_no_other_and_goes_on_when_it_can(
    scene: Scene, error: type[Exception]
) -> None:
    await scene.register(Anna=ANNA)
    broken, sound = await scene.create(), await scene.create()

    def breaking(of: Work, channel: Channel, clients: Sequence[Addressee], now: datetime) -> list[NewDelivery | str]:
        if of.id == broken.id:
            raise error
        return write(of, channel, clients, now)

    for each in (broken, sound):
        await begin(scene.database, each.id)
        await prepare_some(scene.database, each.id)
    await Feeder(scene.database, breaking, Quotas(), Figures()).step()
    assert len(await scene.claim()) == 1
    assert await scene.totals(broken.id) == {"sms": {"WAITING": 1}}
    await scene.work()
    assert len(await scene.claim()) == 1
