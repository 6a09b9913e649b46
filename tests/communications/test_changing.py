"""Moving and editing: all of it before it begins, a little while it is paused, nothing that others have changed."""

import asyncio
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from msgspec.structs import replace

from estafette.base.errors import Conflict, Invalid
from estafette.communications.actions import changing, copying, deleting, looking
from estafette.communications.errors import UnknownCommunication
from estafette.communications.models.audiences import ClientsAudience, ListAudience
from estafette.communications.models.communications import Communication, CommunicationChanges
from estafette.communications.models.content import Content, EmailText, SmsText, Texts
from estafette.communications.models.schedules import QuietHours, Schedule
from tests.communications.planned import HELLO, Plans
from tests.communications.scene import Scene
from tests.world import World

LATER = Content(
    default_language="en",
    texts={"en": Texts(sms=SmsText(text="We open at nine."), email=EmailText(subject="Nine", text="At nine."))},
)


@pytest_asyncio.fixture
async def plans(world: World) -> Plans:
    return await Plans(world).register(Zoe="+33612345678", Yves="+33612345679")


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    return await Scene(world).begin()


async def change(plans: Plans, old: Communication, **changes: Any) -> Communication:
    return await changing.change(
        plans.database, plans.root, old.id, CommunicationChanges(revision=old.revision, **changes)
    )


async def put(plans: Plans, state: str, communication: Communication) -> None:
    await plans.database.execute("UPDATE communications SET state = $2 WHERE id = $1", communication.id, state)


async def test_what_has_not_begun_is_moved_and_edited_whole(plans: Plans) -> None:
    at = plans.database.clock.now() + timedelta(days=1)
    made = await plans.create("Zoe", "Yves", schedule=Schedule(send_at=at))
    new = await change(plans, made, content=LATER, audience=plans.to("Yves"), channels=["sms", "email"], name="Nine")
    assert (new.name, new.clients, new.channels, new.send_at, new.revision) == ("Nine", 1, ["sms", "email"], at, 2)
    moved = await change(plans, new, schedule=Schedule(send_at=at + timedelta(days=1)))
    assert (moved.starts_at, moved.audience) == (at + timedelta(days=1), plans.to("Yves"))
    with pytest.raises(Invalid):
        await change(plans, moved, schedule=Schedule(send_at=at - timedelta(days=2)))
    with pytest.raises(Invalid):
        await change(plans, moved, audience=ClientsAudience(ids=[uuid4()]))
    assert await looking.find(plans.database, plans.root, made.id) == moved
    list_id = await plans.database.fetchval("SELECT id FROM client_lists")
    # The same clients are the same list, however often they are saved.
    again = await change(plans, moved, audience=plans.to("Yves"))
    assert (again.audience, again.starts_at) == (moved.audience, moved.starts_at)
    assert await plans.database.fetchval("SELECT id FROM client_lists") == list_id


async def test_who_saw_an_older_revision_is_told_the_present_one(plans: Plans) -> None:
    made = await plans.create(draft=True)
    await change(plans, made, name="Eight")
    for attempt in (change(plans, made, name="Nine"), changing.schedule(plans.database, plans.root, made.id, 1)):
        with pytest.raises(Conflict) as caught:
            await attempt
        assert (caught.value.code, caught.value.values) == ("communication_changed", {"revision": 2})


async def test_while_it_is_paused_only_what_is_still_to_come_changes(plans: Plans) -> None:
    made = await plans.create()
    await put(plans, "paused", made)
    await plans.database.execute("UPDATE communications SET started_at = created_at")
    slower = Schedule(per_minute=5, quiet=QuietHours(begin=time(21), end=time(8)))
    changed = await change(plans, made, content=LATER, name="Nine", schedule=slower, channels=["sms"])
    assert (changed.content, changed.name, changed.schedule) == (LATER, "Nine", slower)
    for changes in ({"channels": ["email"]}, {"schedule": Schedule(expires_after=3600)}, {"audience": plans.to("Zoe")}):
        with pytest.raises(Conflict) as caught:
            await change(plans, changed, **changes)
        assert (caught.value.code, caught.value.values) == ("communication_is_paused", {"state": "paused"})


async def test_what_was_paused_before_it_began_is_changed_whole_and_waits_all_the_same(scene: Scene) -> None:
    await scene.register(Zoe="+33612345678", Yves="+33612345679")
    at = scene.database.clock.now() + timedelta(days=1)
    made = await scene.create("Zoe", schedule=Schedule(send_at=at))
    paused = await scene.pause(made)
    later = Schedule(send_at=at + timedelta(days=1))
    changed = await change(scene, replace(made, revision=paused.revision), schedule=later, audience=scene.to("Yves"))
    assert (changed.state, changed.pause_reason, changed.starts_at) == ("paused", "by_hand", later.send_at)
    assert (await scene.resume(changed)).state == "scheduled"
    scene.database.clock.move(timedelta(days=2, minutes=1))
    await scene.work()
    assert (await scene.recipients(made.id)).keys() == {"Yves sms"}


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("preparing", "communication_has_begun"),
        ("running", "communication_has_begun"),
        ("completed", "communication_has_ended"),
    ],
)
async def test_what_has_begun_or_is_over_says_so(plans: Plans, state: str, code: str) -> None:
    made = await plans.create()
    await put(plans, state, made)
    with pytest.raises(Conflict) as caught:
        await change(plans, made, name="Nine")
    assert (caught.value.code, caught.value.values) == (code, {"state": state})


async def test_a_draft_is_scheduled_when_it_is_whole(plans: Plans) -> None:
    draft = await plans.create(draft=True, channels=[], audience=ClientsAudience(ids=[]))
    with pytest.raises(Invalid) as caught:
        await changing.schedule(plans.database, plans.root, draft.id)
    assert {(each.field, each.code) for each in caught.value.fields} == {
        ("channels", "required"),
        ("audience.ids", "required"),
    }
    whole = await change(plans, draft, channels=["sms"], audience=plans.to("Zoe"), kind="transactional")
    done = await changing.schedule(plans.database, plans.root, draft.id, whole.revision)
    assert (done.state, done.kind, done.send_at) == ("scheduled", "transactional", None)
    assert done.starts_at is not None
    with pytest.raises(Conflict) as conflict:
        await changing.schedule(plans.database, plans.root, draft.id)
    assert conflict.value.code == "communication_no_draft"


async def test_a_copy_is_a_draft_for_the_same_clients(plans: Plans) -> None:
    made = await plans.create("Zoe", schedule=Schedule(per_minute=5))
    copied = await copying.copy(plans.database, plans.root, made.id)
    twice = await copying.copy(plans.database, plans.root, copied.id)
    assert [copied.name, twice.name] == [f"{made.name} (2)", f"{made.name} (3)"]
    assert (copied.state, copied.audience, copied.content) == ("draft", plans.to("Zoe"), HELLO)
    assert await deleting.discard(plans.database, plans.root, copied.id)
    assert not await deleting.discard(plans.database, plans.root, made.id)
    assert (await looking.find(plans.database, plans.root, made.id)).audience == plans.to("Zoe")
    with pytest.raises(UnknownCommunication):
        await looking.find(plans.database, plans.root, copied.id)


async def test_a_list_that_is_kept_stays_a_list(plans: Plans) -> None:
    made = await plans.create("Zoe")
    list_id = await plans.database.fetchval("UPDATE client_lists SET named = true RETURNING id")
    assert (await looking.find(plans.database, plans.root, made.id)).audience == ListAudience(list_id=list_id)
    again = await plans.create(audience=ListAudience(list_id=list_id))
    assert again.clients == 1


async def test_a_change_comes_before_the_beginning_or_is_refused_and_nobody_gets_the_old_one(scene: Scene) -> None:
    await scene.register(Zoe="+33612345678", Yves="+33612345679")
    made = [await scene.create("Zoe") for _ in range(8)]
    changes = [change(scene, each, audience=scene.to("Yves")) for each in made]
    outcomes, _ = await asyncio.gather(asyncio.gather(*changes, return_exceptions=True), scene.work())
    await scene.work()
    for of, outcome in zip(made, outcomes, strict=True):
        name = "Yves sms" if isinstance(outcome, Communication) else "Zoe sms"
        assert isinstance(outcome, Communication | Conflict)
        assert (await scene.recipients(of.id)).keys() == {name}
