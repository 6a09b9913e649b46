"""Reminders: the bell rings once at the chosen time, with the message as it is then."""

import asyncio
from uuid import uuid4

import pytest

from estafette.base.errors import Invalid
from estafette.conversations.actions import editing, membership, reminding
from estafette.conversations.actions.reminding import remind_some_due
from estafette.conversations.errors import MessageDeleted, TooManyReminders, UnknownConversation, UnknownMessage
from tests.conversations.later import ahead, later, remind
from tests.conversations.staff import Staff
from tests.conversations.threading import opened
from tests.notifications.people import bell, mail_gateway, sent, wait


async def open_ones(staff: Staff) -> list[str]:
    """The texts of what Hugo is still to be reminded of."""
    return [each.message.text for each in (await reminding.reminders(staff.database, staff.hugo.person_id)).items]


async def test_the_bell_rings_at_the_time_with_the_words_of_then_and_leads_there(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await staff.say(staff.gina, place, "Before")
    said = await staff.say(staff.gina, place, "Lunch at eleven")
    await remind(staff, staff.hugo, place, said.id)
    await staff.read(staff.hugo, place, 2)
    await editing.edit_message(staff.database, staff.gina.person_id, place, said.id, "Lunch at noon")
    assert await later(staff, minutes=59) == 0
    assert await open_ones(staff) == ["Lunch at noon"]
    await later(staff, minutes=2)
    [told] = await bell(staff.world, staff.hugo)
    assert (told.kind, told.title, told.text) == ("reminder", "Reminder: Gina, in Lunch", "Lunch at noon")
    assert told.path == f"/messages/{place}?message=2"
    assert (await bell(staff.world, staff.gina), await open_ones(staff)) == ([], [])
    assert await later(staff, days=1) == 0, "once"


async def test_a_reminder_of_a_reply_names_the_place_and_leads_into_the_thread(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    thread = await opened(staff, staff.hugo, await staff.say(staff.gina, place, "Lunch?"))
    said = await staff.say(staff.gina, thread.id, "At noon")
    await staff.world.react()
    await remind(staff, staff.hugo, thread.id, said.id)
    await later(staff, hours=2)
    [told] = [each for each in await bell(staff.world, staff.hugo) if each.kind == "reminder"]
    assert (told.title, told.text) == ("Reminder: Gina, in Lunch", "At noon")
    assert told.path == f"/messages/{place}?thread={thread.id}"
    await remind(staff, staff.hugo, thread.id, said.id)
    await membership.leave(staff.database, staff.hugo, place)
    await later(staff, hours=2)
    assert await bell(staff.world, staff.hugo) == [], "who may not read it any more is told nothing"


async def test_who_does_not_look_is_mailed(staff: Staff) -> None:
    await mail_gateway(staff.database)
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "Lunch at noon")
    await staff.read(staff.hugo, place, 1)
    await remind(staff, staff.hugo, place, said.id)
    await later(staff, hours=1)
    await wait(staff.world, minutes=6)
    [letter] = await sent(staff.database)
    assert (letter["recipient"], letter["subject"]) == ("hugo@example.com", "Reminder: Gina, in Lunch")
    assert "Lunch at noon" in letter["text"]


async def test_a_partner_is_reminded_of_what_a_customer_wrote(staff: Staff) -> None:
    world = staff.world
    opened = await world.write(world.ann, world.chateau, "Is the garden open?")
    place = opened.conversation.id
    await remind(staff, world.claire, place, opened.message.id)
    await later(staff, hours=1)
    [told] = await bell(world, world.claire)
    assert (told.title, told.path) == ("Reminder: Ann", f"/inbox/{world.chateau}/{place}?message=1")


async def test_another_time_takes_the_place_of_the_first_and_none_ends_it(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "Lunch at noon")
    await remind(staff, staff.hugo, place, said.id)
    await remind(staff, staff.hugo, place, said.id, ahead(staff, hours=3))
    assert await later(staff, hours=2) == 0
    for _ in range(2):
        await reminding.forget_reminder(staff.database, staff.hugo.person_id, place, said.id)
    assert await later(staff, hours=2) == 0
    assert await bell(staff.world, staff.hugo) == []


@pytest.mark.parametrize(("seconds", "code"), [(-60, "in_the_past"), (30, "too_soon"), (400 * 86_400, "too_far_ahead")])
async def test_a_time_that_cannot_be_is_refused_by_name(staff: Staff, seconds: int, code: str) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "Lunch at noon")
    with pytest.raises(Invalid) as refused:
        await remind(staff, staff.hugo, place, said.id, ahead(staff, seconds=seconds))
    assert [(each.field, each.code) for each in refused.value.fields] == [("at", code)]
    assert await open_ones(staff) == []


async def test_what_is_deleted_foreign_or_unknown_has_no_reminder(staff: Staff) -> None:
    place, other = await staff.group(staff.gina, staff.hugo), await staff.group(staff.gina)
    said, gone = await staff.say(staff.gina, place, "One"), await staff.say(staff.gina, place, "Two")
    foreign = await staff.say(staff.gina, other, "Three")
    await editing.delete_message(staff.database, staff.gina.person_id, place, gone.id)
    for where, what, problem in (
        (place, gone.id, MessageDeleted),
        (place, uuid4(), UnknownMessage),
        (place, foreign.id, UnknownMessage),
        (other, foreign.id, UnknownConversation),
        (other, said.id, UnknownConversation),
    ):
        with pytest.raises(problem):
            await remind(staff, staff.hugo, where, what)
    assert await staff.database.fetchval("SELECT count(*) FROM reminders") == 0


async def test_of_what_was_deleted_or_may_not_be_read_any_more_nobody_is_reminded(staff: Staff) -> None:
    place, left = await staff.group(staff.gina, staff.hugo), await staff.group(staff.gina, staff.hugo)
    deleted, unread = await staff.say(staff.gina, place, "One"), await staff.say(staff.gina, left, "Two")
    for where, message in ((place, deleted), (left, unread)):
        await remind(staff, staff.hugo, where, message.id)
    await editing.delete_message(staff.database, staff.gina.person_id, place, deleted.id)
    await membership.leave(staff.database, staff.hugo, left)
    assert await open_ones(staff) == []
    assert await later(staff, hours=1) == 2
    assert await bell(staff.world, staff.hugo) == []
    assert await staff.database.fetchval("SELECT count(*) FROM reminders") == 0, "they have ended"


async def test_a_reminder_that_is_not_read_goes_with_its_message(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "One")
    await remind(staff, staff.hugo, place, said.id)
    await later(staff, hours=1)
    assert len(await bell(staff.world, staff.hugo)) == 1
    await editing.delete_message(staff.database, staff.gina.person_id, place, said.id)
    assert await bell(staff.world, staff.hugo) == []


async def test_several_workers_remind_once(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    for number in range(10):
        said = await staff.say(staff.gina, place, f"{number}")
        await remind(staff, staff.hugo, place, said.id)
    await later(staff, minutes=1)
    staff.database.clock.move(ahead(staff, hours=1) - ahead(staff, seconds=0))
    done = await asyncio.gather(*(remind_some_due(staff.database) for _ in range(4)))
    assert sum(done) == 10
    assert len(await bell(staff.world, staff.hugo)) == 10


async def test_nobody_has_more_than_five_hundred(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reminding.MOST == 500
    monkeypatch.setattr(reminding, "MOST", 2)
    place = await staff.group(staff.gina, staff.hugo)
    said = [await staff.say(staff.gina, place, f"{number}") for number in range(3)]
    outcomes = await asyncio.gather(
        *(remind(staff, staff.hugo, place, each.id) for each in said), return_exceptions=True
    )
    assert [type(each) for each in outcomes if isinstance(each, Exception)] == [TooManyReminders]
    again = next(each for each, outcome in zip(said, outcomes, strict=True) if not isinstance(outcome, Exception))
    await remind(staff, staff.hugo, place, again.id, ahead(staff, hours=2))
