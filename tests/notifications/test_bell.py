"""The bell: everybody whom something concerns hears of it once, and no more when they know."""

from datetime import timedelta
from uuid import uuid4

import pytest

from estafette import accounts, conversations
from estafette.base.cursors import read_cursor
from estafette.base.errors import Invalid
from estafette.conversations.actions import editing
from estafette.main.renderers import RENDERERS
from estafette.notifications import Notice, notify
from estafette.notifications.actions import listing
from estafette.notifications.rules.usual import usual
from estafette.notifications.store import notices
from tests.notifications.people import bell, titles
from tests.world import World, again


async def test_the_members_of_a_partner_hear_who_wrote_and_where_it_leads(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Is the *garden* open?")).conversation.id
    await world.react()
    for who in (world.claire, world.denis):
        [told] = await bell(world, who)
        assert told.title == "Ann wrote to Château de Vaux-le-Vicomte"
        assert told.text == "Is the *garden* open?"
        assert told.path == f"/inbox/{world.chateau}/{place}"
        assert (told.kind, told.topic_id, told.party_id) == ("message", place, world.chateau)
        assert told.actor is not None
        assert told.actor.id == world.ann.person_id
    assert await bell(world, world.ann) == []
    assert await bell(world, world.eva) == []


async def test_one_entry_for_a_conversation_however_much_is_said(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    for text in ("Hello?", "Is anybody there?"):
        await world.say(world.ann, place, text)
    await world.react()
    [told] = await bell(world, world.claire)
    assert told.title == "Ann wrote 3 messages to Château de Vaux-le-Vicomte"
    assert told.text == "Is anybody there?"
    assert await listing.count_unread(world.database, world.claire) == 1


async def test_nothing_is_unread_where_everything_unread_was_deleted(world: World) -> None:
    first = (await world.write(world.ann, world.chateau, "Hello")).message
    place = first.conversation_id
    second = await world.say(world.ann, place, "Hello?")
    await world.react()
    counts = []
    for message in (first, second):
        await editing.delete_message(world.database, world.ann.person_id, place, message.id)
        await world.react()
        counts.append([await listing.count_unread(world.database, who) for who in (world.claire, world.denis)])
    assert counts == [[1, 1], [0, 0]]
    assert await bell(world, world.claire) == []
    assert await world.database.fetchval("SELECT count(*) FROM notification_steps") == 0
    await world.say(world.ann, place, "Is anybody there?")
    await world.react()
    assert await titles(world, world.claire) == ["Ann wrote to Château de Vaux-le-Vicomte"]


async def test_the_customer_hears_of_the_answer_but_not_of_the_automatic_confirmation(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    await world.react()
    assert await bell(world, world.ann) == []
    await world.say(world.claire, place, "Hello Ann")
    await world.react()
    [told] = await bell(world, world.ann)
    assert told.title == "Claire of Château de Vaux-le-Vicomte has answered"
    assert told.path == f"/messages/{place}"


async def test_who_answers_does_so_for_the_whole_partner(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    await world.say(world.claire, place, "Hello Ann")
    await world.react()
    assert await bell(world, world.denis) == []
    await world.say(world.ann, place, "Thank you")
    await world.react()
    assert [each.text for each in await bell(world, world.denis)] == ["Thank you"]


async def test_question_and_answer_in_one_batch_are_told_to_who_was_answered(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.say(world.claire, place, "Hello Ann")
    await world.react()
    assert await bell(world, world.claire) == []
    assert await bell(world, world.denis) == []
    assert [each.text for each in await bell(world, world.ann)] == ["Hello Ann"]


async def test_reading_the_conversation_silences_the_bell(world: World) -> None:
    message = (await world.write(world.ann, world.chateau, "Hello")).message
    await world.react()
    await conversations.mark_read(world.database, world.claire.card, message.conversation_id, message.ordinal)
    assert await bell(world, world.claire) == []
    assert await titles(world, world.denis) != []
    [kept] = await bell(world, world.claire, unread=None)
    assert kept.read_at is not None
    assert kept.text == "Hello"


async def test_who_has_read_before_the_worker_came_is_not_told(world: World) -> None:
    message = (await world.write(world.ann, world.chateau, "Hello")).message
    await conversations.mark_read(world.database, world.claire.card, message.conversation_id, message.ordinal)
    await world.react()
    assert await bell(world, world.claire, unread=None) == []


async def test_what_was_deleted_is_gone_from_the_bell_too(world: World) -> None:
    message = (await world.write(world.ann, world.chateau, "Oops")).message
    await world.react()
    await editing.delete_message(world.database, world.ann.person_id, message.conversation_id, message.id)
    assert await bell(world, world.claire, unread=None) == []
    assert await listing.count_unread(world.database, world.claire) == 0


async def test_what_was_edited_is_told_as_it_is_now(world: World) -> None:
    message = (await world.write(world.ann, world.chateau, "Is the garden opne?")).message
    await world.react()
    await editing.edit_message(
        world.database, world.ann.person_id, message.conversation_id, message.id, "Is the garden open?"
    )
    assert [each.text for each in await bell(world, world.claire)] == ["Is the garden open?"]


async def test_who_left_the_partner_is_told_nothing_more_of_it(world: World) -> None:
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    await world.database.execute("DELETE FROM partner_members WHERE person_id = $1", world.denis.person_id)
    assert await bell(world, world.denis, unread=None) == []


async def test_each_reader_hears_in_their_own_language(world: World) -> None:
    await world.database.execute("UPDATE people SET language = 'ru' WHERE id = $1", world.claire.person_id)
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    assert await titles(world, await again(world.database, world.claire.person_id)) == [
        "Ann пишет: Château de Vaux-le-Vicomte"
    ]


async def test_marking_read_names_some_or_a_topic_or_all(world: World) -> None:
    for who, partner in ((world.ann, world.chateau), (world.ben, world.chateau)):
        await world.write(who, partner, "Hello")
    await world.react()
    first, second = await bell(world, world.claire)
    assert await listing.mark_read(world.database, world.claire, [first.id], None, False) == 1
    assert await listing.mark_read(world.database, world.denis, [first.id], None, False) == 2, "they are Claire's"
    assert await listing.mark_read(world.database, world.claire, None, second.topic_id, False) == 0
    assert await listing.mark_read(world.database, world.denis, None, None, True) == 0
    for wrong in ((None, None, False), ([], uuid4(), False)):
        with pytest.raises(Invalid):
            await listing.mark_read(world.database, world.claire, *wrong)


async def test_pages_follow_each_other_without_a_gap(world: World) -> None:
    places: list[object] = []
    for number in range(5):
        person = await accounts.add_person(world.database, f"guest{number}@example.com", f"Guest {number}")
        guest = await again(world.database, person.id)
        places.append((await world.write(guest, world.chateau, "Hello")).conversation.id)
        world.database.clock.move(timedelta(minutes=1))
    await world.react()
    seen: list[object] = []
    cursor = None
    for _ in range(3):
        page = await listing.list_notifications(
            world.database, RENDERERS, world.claire, unread=None, before=read_cursor(cursor), limit=2
        )
        seen += [each.topic_id for each in page.items]
        cursor = page.next
    assert seen == places[::-1]
    assert cursor is None


async def test_many_are_told_in_one_statement(world: World) -> None:
    people = [
        await accounts.add_person(world.database, f"member{number}@example.com", f"Member {number}")
        for number in range(30)
    ]
    for person in people:
        await accounts.add_member(world.database, world.chateau, person.id)
    await world.react()
    topic = uuid4()
    async with world.database.transaction() as transaction:
        before = world.database.statements
        notice = Notice(party_id=world.chateau, topic_id=topic, at=transaction.clock.now(), number=1)
        await notify(transaction, "message", [notice])
        assert world.database.statements - before == 1
    told = await world.database.fetchval("SELECT count(*) FROM notifications WHERE topic_id = $1", topic)
    assert told == 32


async def test_only_those_cost_who_have_nothing_unread_yet(world: World) -> None:
    topic, now = uuid4(), world.database.clock.now()
    notice = Notice(party_id=world.chateau, topic_id=topic, at=now, number=1)
    async with world.database.transaction() as transaction:
        await notify(transaction, "message", [notice])
        row = await notices.put(transaction, "message", [notice], [], usual("message"), now)
        assert row["people"] == [], "who has an unread one is neither written nor told again"
