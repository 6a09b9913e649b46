"""Messages for later: sent once, as if they were sent then, and by their author's rights of that moment."""

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec import UNSET

from estafette import conversations, files
from estafette.accounts.actions import people
from estafette.accounts.models.inputs import PersonChanges
from estafette.base.errors import Invalid, Problem
from estafette.base.quotas import Quotas
from estafette.conversations.actions import archiving, editing, membership, opening, scheduling
from estafette.conversations.actions.sending_scheduled import send_some_due
from estafette.conversations.errors import (
    ConversationArchived,
    NotAllowedHere,
    NotAMember,
    OnlyReading,
    TooManyScheduled,
    UnknownConversation,
    UnknownScheduledMessage,
)
from estafette.conversations.models.scheduled_messages import ScheduledMessageChanges
from estafette.main.access import may_fetch
from tests.conversations.later import ahead, later, schedule, waiting
from tests.conversations.staff import Staff
from tests.conversations.test_attachments import put
from tests.notifications.people import bell, titles


async def test_it_is_said_at_its_time_and_not_before_in_every_kind_of_conversation(staff: Staff) -> None:
    storefront = (await staff.world.write(staff.world.ann, staff.world.chateau, "Hello")).conversation.id
    direct = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    group, channel = await staff.group(staff.gina, staff.hugo), await staff.channel(staff.gina, staff.hugo)
    places = [
        (storefront, staff.world.ann, staff.world.claire),
        (direct, staff.gina, staff.hugo),
        (group, staff.gina, staff.hugo),
        (channel, staff.gina, staff.hugo),
    ]
    for place, author, _ in places:
        await schedule(staff, author, place, "Good morning")
    assert await later(staff, minutes=59) == 0
    for place, author, reader in places:
        assert "Good morning" not in await staff.texts(reader, place)
        assert (await scheduling.scheduled_here(staff.database, author.person_id, place)).items != []
    assert await later(staff, minutes=2) == 4
    for place, author, reader in places:
        said = (await conversations.history(staff.database, reader.person_id, place)).items[-1]
        assert (said.text, said.created_at > ahead(staff, minutes=-1)) == ("Good morning", True)
        assert said.sender is not None
        assert said.sender.id == author.person_id
        assert await staff.unread(reader, place) == said.ordinal
        assert await waiting(staff, author) == []
    assert await later(staff, hours=1) == 0


@pytest.mark.parametrize(
    ("how_far", "code"),
    [
        ({"hours": -1}, "in_the_past"),
        ({"seconds": 0}, "in_the_past"),
        ({"seconds": 40}, "too_soon"),
        ({"days": 367}, "too_far_ahead"),
    ],
)
async def test_a_time_that_is_past_too_soon_or_too_far_is_refused_by_name(
    staff: Staff, how_far: dict[str, float], code: str
) -> None:
    place = await staff.group(staff.gina)
    with pytest.raises(Invalid) as refused:
        await schedule(staff, staff.gina, place, "Hello", send_at=ahead(staff, **how_far))
    assert [(each.field, each.code) for each in refused.value.fields] == [("send_at", code)]
    kept = await schedule(staff, staff.gina, place, "Hello")
    with pytest.raises(Invalid):
        await change(staff, kept.id, send_at=ahead(staff, **how_far))
    assert await waiting(staff, staff.gina) == [("Hello", None)]


async def change(staff: Staff, scheduled_id: object, **changes: object) -> None:
    given = ScheduledMessageChanges(**changes)  # type: ignore[arg-type]
    await scheduling.change(staff.database, staff.gina.person_id, scheduled_id, given)  # type: ignore[arg-type]


async def test_nothing_is_kept_of_what_may_not_be_said(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    await staff.invite(staff.gina, place, staff.ida, role="reader")
    archived = await staff.group(staff.gina)
    await archiving.archive(staff.database, staff.gina.person_id, archived)
    closed = await staff.group(staff.gina)
    await membership.leave(staff.database, staff.hugo, place)
    refused: list[tuple[object, object, dict[str, object], type[Problem]]] = [
        (staff.gina, place, {"text": " "}, Invalid),
        (staff.gina, place, {"text": "x" * 10_001}, Invalid),
        (staff.gina, place, {"attachments": (uuid4(),)}, Invalid),
        (staff.ida, place, {}, OnlyReading),
        (staff.hugo, place, {}, NotAMember),
        (staff.hugo, closed, {}, UnknownConversation),
        (staff.gina, uuid4(), {}, UnknownConversation),
        (staff.gina, archived, {}, ConversationArchived),
    ]
    for who, where, more, problem in refused:
        with pytest.raises(problem):
            await schedule(staff, who, where, **{"text": "Hello", **more})  # type: ignore[arg-type]
    await staff.invite(staff.gina, place, staff.hugo)
    with pytest.raises(NotAllowedHere):
        await schedule(staff, staff.hugo, place, "Everybody!", mentions_all=True)
    assert await staff.database.fetchval("SELECT count(*) FROM scheduled_messages") == 0


async def test_who_may_no_longer_write_hears_why_and_may_send_it_when_they_may_again(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await schedule(staff, staff.hugo, place, "See you at noon")
    await membership.remove(staff.database, staff.gina, place, staff.hugo.person_id)
    await later(staff, hours=1)
    assert await waiting(staff, staff.hugo) == [("See you at noon", "unknown_conversation")]
    [told] = await bell(staff.world, staff.hugo)
    assert (told.kind, told.text, told.path) == ("scheduled_message_failed", "See you at noon", "/later")
    assert await staff.texts(staff.gina, place) == []
    await staff.invite(staff.gina, place, staff.hugo)
    assert await titles(staff.world, staff.hugo) == ["Your scheduled message to Lunch was not sent"]
    [kept] = (await scheduling.scheduled(staff.database, staff.hugo.person_id)).items
    await scheduling.send_now(staff.database, Quotas(), staff.hugo.person_id, kept.id)
    assert await staff.texts(staff.gina, place) == ["See you at noon"]
    assert (await waiting(staff, staff.hugo), await bell(staff.world, staff.hugo)) == ([], [])


async def test_one_that_was_refused_goes_out_at_another_time_once_its_conversation_is_back(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    kept = await schedule(staff, staff.gina, place, "Hello")
    await archiving.archive(staff.database, staff.gina.person_id, place)
    await later(staff, hours=2)
    assert await waiting(staff, staff.gina) == [("Hello", "conversation_archived")]
    await change(staff, kept.id, text="Hello again")
    assert await waiting(staff, staff.gina) == [("Hello again", "conversation_archived")], "it has no time yet"
    await change(staff, kept.id, send_at=ahead(staff))
    assert await bell(staff.world, staff.gina) == []
    await archiving.restore(staff.database, staff.gina.person_id, place)
    await later(staff, hours=2)
    assert await staff.texts(staff.hugo, place) == ["Hello again"]


async def test_what_somebody_scheduled_who_is_disabled_then_is_not_said(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await schedule(staff, staff.hugo, place, "Hello")
    changes = PersonChanges(disabled=True)
    await people.change_person(staff.database, staff.world.root, staff.hugo.person_id, changes)
    await later(staff, hours=1)
    assert await staff.texts(staff.gina, place) == []
    assert await waiting(staff, staff.hugo) == [("Hello", "unknown_conversation")]


async def test_one_that_is_refused_holds_up_no_other(staff: Staff) -> None:
    place, left = await staff.group(staff.gina, staff.hugo), await staff.group(staff.gina, staff.hugo)
    for number in range(3):
        await schedule(staff, staff.hugo, left, f"Nobody hears {number}")
        await schedule(staff, staff.hugo, place, f"Hello {number}")
    await membership.leave(staff.database, staff.hugo, left)
    await later(staff, hours=1)
    assert await staff.texts(staff.gina, place) == ["Hello 0", "Hello 1", "Hello 2"]
    assert len(await waiting(staff, staff.hugo)) == 3


async def test_several_workers_and_its_author_send_it_once(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    kept = [await schedule(staff, staff.gina, place, f"{number}") for number in range(5)]
    staff.database.clock.move(timedelta(hours=1))
    now = [scheduling.send_now(staff.database, Quotas(), staff.gina.person_id, each.id) for each in kept]
    outcomes = await asyncio.gather(
        *(send_some_due(staff.database, Quotas()) for _ in range(3)), *now, return_exceptions=True
    )
    assert {type(each) for each in outcomes if isinstance(each, BaseException)} <= {UnknownScheduledMessage}
    assert sorted(await staff.texts(staff.hugo, place)) == ["0", "1", "2", "3", "4"]


async def test_it_is_changed_and_cancelled_by_its_author_alone(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    kept = await schedule(staff, staff.gina, place, "Hello")
    for attempt in (
        scheduling.change(
            staff.database, staff.hugo.person_id, kept.id, ScheduledMessageChanges(text="Mine", send_at=UNSET)
        ),
        scheduling.cancel(staff.database, staff.hugo.person_id, kept.id),
        scheduling.send_now(staff.database, Quotas(), staff.hugo.person_id, kept.id),
    ):
        with pytest.raises(UnknownScheduledMessage):
            await attempt
    await change(staff, kept.id, text="Good evening", send_at=ahead(staff, hours=3))
    assert await later(staff, hours=2) == 0
    await scheduling.cancel(staff.database, staff.gina.person_id, kept.id)
    assert await later(staff, hours=2) == 0
    with pytest.raises(UnknownScheduledMessage):
        await scheduling.cancel(staff.database, staff.gina.person_id, kept.id)


async def test_its_files_are_kept_for_its_author_until_it_is_said_and_gone_when_it_is_cancelled(
    staff: Staff, tmp_path: Path
) -> None:
    storage, gina = files.open_storage(tmp_path), staff.gina.person_id
    place = await staff.group(staff.gina, staff.hugo)
    plan = await put(staff.world, storage, gina, "plan.txt")
    other = await put(staff.world, storage, gina, "other.txt", b"other words")
    await schedule(staff, staff.gina, place, "", attachments=(plan,))
    cancelled = await schedule(staff, staff.gina, place, "", attachments=(other,))
    for person, reach in ((gina, "asker"), (staff.hugo.person_id, None)):
        assert await may_fetch(staff.database, person, plan) == reach
    await scheduling.cancel(staff.database, gina, cancelled.id)
    # Uploads that nobody uses are given up after a day.
    staff.database.clock.move(timedelta(days=3))
    await files.sweep(staff.database, storage)
    await later(staff, hours=1)
    [said] = (await conversations.history(staff.database, staff.hugo.person_id, place)).items
    assert [each.name for each in said.attachments] == ["plan.txt"]
    assert await may_fetch(staff.database, staff.hugo.person_id, plan) == "asker"
    assert await files.describe(staff.database, [other]) == {}


async def test_who_is_mentioned_hears_of_it_when_it_is_said(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    await schedule(staff, staff.gina, place, "Hugo, please look", mentions=(staff.hugo.person_id,))
    await staff.world.react()
    assert await bell(staff.world, staff.hugo) == []
    await later(staff, hours=1)
    await staff.world.react()
    assert await titles(staff.world, staff.hugo) == ["Gina wrote in News"]


async def test_nobody_schedules_more_than_two_hundred(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    assert scheduling.MOST == 200
    monkeypatch.setattr(scheduling, "MOST", 2)
    place = await staff.group(staff.gina)
    outcomes = await asyncio.gather(
        *(schedule(staff, staff.gina, place, f"{number}") for number in range(4)), return_exceptions=True
    )
    assert [type(each) for each in outcomes if isinstance(each, Exception)] == [TooManyScheduled] * 2
    assert len(await waiting(staff, staff.gina)) == 2


async def test_what_a_day_allows_holds_for_what_was_scheduled_too(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    for number in range(2):
        await schedule(staff, staff.gina, place, f"{number}")
    staff.database.clock.move(timedelta(hours=1))
    await send_some_due(staff.database, Quotas(messages=1))
    assert await staff.texts(staff.hugo, place) == ["0"]
    assert await waiting(staff, staff.gina) == [("1", "quota_exceeded")]


async def test_what_the_server_cannot_do_now_it_does_later(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await schedule(staff, staff.gina, place, "Hello")
    staff.database.clock.move(timedelta(hours=1))
    with monkeypatch.context() as patch:
        patch.setattr("estafette.conversations.actions.sending_scheduled.append", broken)
        await send_some_due(staff.database, Quotas())
    assert await waiting(staff, staff.gina) == [("Hello", None)]
    assert await send_some_due(staff.database, Quotas()) == 0, "not at once"
    await later(staff, seconds=6)
    assert await staff.texts(staff.hugo, place) == ["Hello"]


async def broken(*_: object) -> None:
    raise RuntimeError("out of order")


async def test_it_may_quote_what_is_there_then(staff: Staff) -> None:
    place, other = await staff.group(staff.gina, staff.hugo), await staff.group(staff.gina)
    said, gone = await staff.say(staff.hugo, place, "When?"), await staff.say(staff.hugo, place, "Who?")
    with pytest.raises(Invalid) as refused:
        await schedule(staff, staff.gina, other, "At noon", reply_to=said.id)
    assert refused.value.fields[0].field == "reply_to"
    await schedule(staff, staff.gina, place, "At noon", reply_to=said.id)
    await schedule(staff, staff.gina, place, "Me", reply_to=gone.id)
    await editing.delete_message(staff.database, staff.hugo.person_id, place, gone.id)
    await later(staff, hours=1)
    sent = (await conversations.history(staff.database, staff.hugo.person_id, place)).items[-2:]
    quotes = {each.text: each.quoted and each.quoted.excerpt for each in sent}
    assert quotes == {"At noon": "When?", "Me": None}, "words wait for nobody who took his own back"
    assert await waiting(staff, staff.gina) == []
