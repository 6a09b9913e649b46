"""Edits, deletions and the change feed: everything after a number, and nothing of what was deleted."""

import pytest

from estafette import conversations
from estafette.base.errors import Invalid
from estafette.conversations.actions import viewing
from estafette.conversations.errors import MessageDeleted, NotYourMessage, UnknownMessage
from tests.world import World


async def test_an_edit_takes_the_next_number_and_keeps_the_place(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "Helo")
    place = opened.conversation.id
    edited = await conversations.edit_message(world.database, world.ann.person_id, place, opened.message.id, "Hello")
    assert (edited.text, edited.ordinal, edited.number) == ("Hello", 1, 3)
    assert edited.edited_at is not None
    feed = await viewing.changes_after(world.database, world.claire.person_id, place, 0, 100)
    assert [each.kind for each in feed.changes] == ["opened", "message_sent", "message_edited"]
    assert [each.message.text for each in feed.changes if each.message] == ["Hello", "Hello"]


async def test_an_edit_that_changes_nothing_takes_no_number(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "Hello")
    place = opened.conversation.id
    await conversations.edit_message(world.database, world.ann.person_id, place, opened.message.id, "Hello")
    assert (await viewing.changes_after(world.database, world.ann.person_id, place, 0, 100)).head == 2


async def test_what_was_deleted_is_gone_and_its_place_stays(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "A secret")
    place = opened.conversation.id
    gone = await conversations.delete_message(world.database, world.ann.person_id, place, opened.message.id)
    assert (gone.text, gone.attachments, gone.ordinal) == ("", [], 1)
    assert gone.deleted_at is not None
    again = await conversations.delete_message(world.database, world.ann.person_id, place, opened.message.id)
    assert again == gone
    everything = await world.database.fetch("SELECT to_jsonb(m)::text AS row FROM messages m")
    assert not any("secret" in row["row"] for row in everything)
    with pytest.raises(MessageDeleted):
        await conversations.edit_message(world.database, world.ann.person_id, place, opened.message.id, "Back")


async def test_only_the_author_changes_a_message(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "Mine")
    place = opened.conversation.id
    answer = await world.say(world.claire, place, "Ours")
    for who in (world.claire, world.denis):
        with pytest.raises(NotYourMessage):
            await conversations.edit_message(world.database, who.person_id, place, opened.message.id, "Theirs")
    with pytest.raises(NotYourMessage):
        await conversations.delete_message(world.database, world.denis.person_id, place, answer.id)


async def test_a_message_is_not_found_under_another_conversation(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "Here")
    elsewhere = await world.write(world.ann, world.bakery, "There")
    with pytest.raises(UnknownMessage):
        await conversations.edit_message(
            world.database, world.ann.person_id, elsewhere.conversation.id, opened.message.id, "Hm"
        )


async def test_an_edit_obeys_the_rules_of_a_message(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "Fine")
    place = opened.conversation.id
    with pytest.raises(Invalid):
        await conversations.edit_message(world.database, world.ann.person_id, place, opened.message.id, " ")
    with pytest.raises(Invalid):
        await conversations.edit_message(world.database, world.ann.person_id, place, opened.message.id, "x" * 10_001)


async def test_changes_come_in_pages_that_say_whether_there_is_more(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "1")).conversation.id
    for _ in range(9):
        await world.say(world.ann, place, "more")
    first = await viewing.changes_after(world.database, world.ann.person_id, place, 0, 4)
    assert (first.after, first.until, first.head) == (0, 4, 11)
    assert [each.number for each in first.changes] == [1, 2, 3, 4]
    last = await viewing.changes_after(world.database, world.ann.person_id, place, 8, 100)
    assert [each.number for each in last.changes] == [9, 10, 11]
    none = await viewing.changes_after(world.database, world.ann.person_id, place, 11, 100)
    assert (none.changes, none.until) == ([], 11)
