"""Who follows a thread: its author, who replies, who is mentioned, who wishes to; and what they are told of it."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.ids import new_id
from estafette.conversations.actions import membership, opening, own_settings, threads
from estafette.conversations.errors import NotAMember
from estafette.notifications import Content, ContentRequest
from tests.conversations.staff import Staff
from tests.conversations.threading import followed, opened, seen


async def told(staff: Staff, thread: UUID) -> set[UUID]:
    """Who has a notification about a thread, read or not."""
    await staff.world.react()
    rows = await staff.database.fetch("SELECT person_id FROM notifications WHERE topic_id = $1", thread)
    return {row["person_id"] for row in rows}


def ids(*people: SignedIn) -> set[UUID]:
    return {each.person_id for each in people}


async def test_author_and_repliers_are_told_of_a_reply_and_nobody_else(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo, staff.ida)
    thread = await opened(staff, staff.hugo, await staff.say(staff.gina, place, "Who brings pears?"))
    await staff.say(staff.hugo, thread.id, "I do")
    assert await told(staff, thread.id) == ids(staff.gina)
    await staff.say(staff.gina, thread.id, "Thank you")
    assert await told(staff, thread.id) == ids(staff.gina, staff.hugo)
    assert (await seen(staff, staff.hugo, thread.id)).unread == 1
    assert await followed(staff, staff.ida) == []


async def test_who_is_mentioned_follows_from_then_on_with_that_unread(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Who brings pears?"))
    await staff.say(staff.gina, thread.id, "Nobody?")
    said = await staff.say(
        staff.gina, thread.id, "You?", mentions=(staff.hugo.person_id, staff.ida.person_id, staff.world.ann.person_id)
    )
    assert said.mentions == [staff.hugo.person_id], "only who may read it is mentioned"
    able, _ = await membership.members(staff.database, staff.hugo, thread.id, None, None, 9)
    assert [each.person.name for each in able] == ["Gina", "Hugo"], "whom one may mention is who is in the parent"
    state = await seen(staff, staff.hugo, thread.id)
    assert (state.my_level, state.unread, state.mentioned) == ("all", 1, 1)
    assert (await threads.count_unread(staff.database, staff.hugo)).mentioned == 1
    assert await told(staff, thread.id) == ids(staff.hugo)


async def test_in_a_thread_below_a_direct_chat_the_other_is_mentioned(staff: Staff) -> None:
    place = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Coffee?"))
    said = await staff.say(staff.gina, thread.id, "Now?", mentions=(staff.hugo.person_id, staff.ida.person_id))
    assert said.mentions == [staff.hugo.person_id]
    assert await told(staff, thread.id) == ids(staff.hugo)


async def test_who_follows_no_more_is_not_told_until_they_reply(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Who brings pears?"))
    assert (await threads.unfollow(staff.database, staff.gina, thread.id)).unread == 0
    await staff.say(staff.hugo, thread.id, "I do")
    assert await told(staff, thread.id) == set()
    with pytest.raises(NotAMember):
        await staff.read(staff.gina, thread.id, 1)
    await threads.follow(staff.database, staff.gina, thread.id)
    state = await seen(staff, staff.gina, thread.id)
    assert (state.my_level, state.unread) == ("all", 0), "what was said before is not unread"
    await own_settings.set_level(staff.database, staff.gina.person_id, thread.id, "nothing")
    await staff.say(staff.hugo, thread.id, "Two")
    assert await told(staff, thread.id) == set()
    assert (await threads.count_unread(staff.database, staff.gina)).unread_threads == 0
    # A second time changes nothing.
    await threads.follow(staff.database, staff.gina, thread.id)
    assert (await seen(staff, staff.gina, thread.id)).my_level == "nothing"
    await threads.unfollow(staff.database, staff.gina, thread.id)
    await staff.say(staff.gina, thread.id, "Back again")
    assert (await seen(staff, staff.gina, thread.id)).my_level == "all"


async def rendered(staff: Staff, thread: UUID, who: Sequence[SignedIn]) -> list[Content]:
    """What notifications about a thread say, for those who may still hear it."""
    asks = [
        ContentRequest(
            id=new_id(),
            kind="message",
            person_id=each.person_id,
            party_id=each.person_id,
            topic_id=thread,
            first=1,
            language="en",
            until=None,
        )
        for each in who
    ]
    return list((await conversations.render(staff.database, asks)).values())


async def test_a_notification_names_the_place_and_leads_into_the_thread(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo, name="Lunch")
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Who brings pears?"))
    await staff.say(staff.hugo, thread.id, "I do")
    [content] = await rendered(staff, thread.id, [staff.gina, staff.ida])
    assert (content.title, content.text) == ("Hugo replied in a thread in Lunch", "I do")
    assert content.path == f"/chats/{place}?thread={thread.id}"
    chat = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, chat, "Coffee?"))
    for text in ("Yes", "Now?"):
        await staff.say(staff.hugo, thread.id, text)
    [content] = await rendered(staff, thread.id, [staff.gina])
    assert content.title == "Hugo wrote 2 replies in your thread"
