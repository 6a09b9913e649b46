"""Threads: opened below a message, counted whoever replies at once, followed, listed apart from conversations."""

import asyncio

import pytest

from estafette import conversations
from estafette.conversations.actions import (
    archiving,
    editing,
    groups,
    membership,
    opening,
    own_settings,
    pinning,
    threads,
    unread_marks,
    viewing,
)
from estafette.conversations.errors import (
    MessageDeleted,
    NotAllowedHere,
    NoThreadsHere,
    ThreadInThread,
    UnknownConversation,
    UnknownMessage,
)
from estafette.conversations.models.conversations import UnreadChats
from estafette.conversations.models.groups import GroupChanges
from tests.conversations.seeking import found
from tests.conversations.staff import Staff
from tests.conversations.threading import below, followed, opened, seen


async def test_two_who_open_a_thread_at_once_share_it_and_its_root_is_followed_by_its_author(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    root = await staff.say(staff.gina, place, "Who brings pears?")
    first, second = await asyncio.gather(opened(staff, staff.hugo, root), opened(staff, staff.gina, root))
    assert first.id == second.id
    assert (second.my_level, first.my_level) == ("all", None)
    assert (first.root.id, first.parent.id, first.parent.name, first.replies) == (root.id, place, "Lunch", 0)
    assert (await opened(staff, staff.hugo, root)).id == first.id


@pytest.mark.parametrize("kind", ["direct", "group", "channel"])
async def test_what_is_said_in_a_thread_stands_below_its_message_in_every_kind(staff: Staff, kind: str) -> None:
    match kind:
        case "direct":
            parent = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
        case "group":
            parent = await staff.group(staff.gina, staff.hugo)
        case _:
            parent = await staff.channel(staff.gina, staff.hugo)
    root = await staff.say(staff.gina, parent, "Who brings pears?")
    assert await below(staff, staff.hugo, root) is None
    before = (await viewing.conversation(staff.database, staff.gina.person_id, parent)).number
    thread = await opened(staff, staff.hugo, root)
    said = [await staff.say(who, thread.id, "I do") for who in (staff.hugo, staff.gina, staff.hugo)]
    found = await below(staff, staff.gina, root)
    assert found is not None
    assert (found.id, found.replies, found.last_reply_at) == (thread.id, 3, said[-1].created_at)
    assert [each.name for each in found.repliers] == ["Hugo", "Gina"]
    assert (await viewing.conversation(staff.database, staff.gina.person_id, parent)).number == before
    assert await staff.texts(staff.gina, thread.id) == ["I do"] * 3
    await editing.delete_message(staff.database, staff.gina.person_id, thread.id, said[1].id)
    found = await below(staff, staff.gina, root)
    assert found is not None
    assert (found.replies, [each.name for each in found.repliers]) == (2, ["Hugo"])


async def test_replies_at_once_are_all_counted_and_the_first_five_who_reply_are_shown(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo, staff.ida)
    root = await staff.say(staff.gina, place, "Who comes?")
    thread = await opened(staff, staff.gina, root)
    await asyncio.gather(
        *(staff.say(who, thread.id, f"{n}") for n in range(20) for who in (staff.gina, staff.hugo, staff.ida)),
        *(threads.follow(staff.database, who, thread.id) for who in (staff.hugo, staff.ida)),
    )
    found = await below(staff, staff.gina, root)
    assert found is not None
    assert (found.replies, found.number) == (60, 61)
    assert {each.name for each in found.repliers} == {"Gina", "Hugo", "Ida"}
    state = await seen(staff, staff.hugo, thread.id)
    assert (state.last_ordinal, state.unread) == (60, 40)


async def test_there_are_no_threads_in_a_thread_below_what_was_deleted_or_in_a_storefront(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    root = await staff.say(staff.gina, place, "Who brings pears?")
    thread = await opened(staff, staff.hugo, root)
    reply = await staff.say(staff.hugo, thread.id, "I do")
    with pytest.raises(ThreadInThread):
        await threads.open_thread(staff.database, staff.gina, thread.id, reply.id)
    deleted = await staff.say(staff.gina, place, "A slip")
    await editing.delete_message(staff.database, staff.gina.person_id, place, deleted.id)
    with pytest.raises(MessageDeleted):
        await threads.open_thread(staff.database, staff.gina, place, deleted.id)
    with pytest.raises(UnknownMessage):
        await threads.open_thread(staff.database, staff.gina, place, reply.id)
    storefront = await staff.world.write(staff.world.ann, staff.world.chateau, "Hello")
    with pytest.raises(NoThreadsHere):
        await threads.open_thread(staff.database, staff.world.claire, storefront.conversation.id, storefront.message.id)
    # What was there when its message was deleted goes on.
    await editing.delete_message(staff.database, staff.gina.person_id, place, root.id)
    await staff.say(staff.hugo, (await opened(staff, staff.hugo, root)).id, "Still here")
    found = await below(staff, staff.gina, root)
    assert found is not None
    assert found.replies == 2


async def test_threads_are_listed_and_counted_apart_from_conversations(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    first, second = [await opened(staff, staff.hugo, await staff.say(staff.gina, place, each)) for each in "ab"]
    await staff.read(staff.gina, place, 2)
    for thread in (second, first):
        await staff.say(staff.hugo, thread.id, "A reply")
    listed, _ = await conversations.list_conversations(staff.database, staff.gina)
    assert [each.id for each in listed] == [place]
    assert await viewing.unread_chats(staff.database, staff.gina) == UnreadChats(0, 0, 0)
    assert await followed(staff, staff.gina) == [first.id, second.id]
    page, cursor = await threads.list_threads(staff.database, staff.gina, unread=None, before=None, limit=1)
    rest, end = await threads.list_threads(staff.database, staff.gina, unread=None, before=cursor, limit=1)
    assert ([each.id for each in [*page, *rest]], end) == ([first.id, second.id], None)
    assert await staff.read(staff.gina, first.id, 1) == 0
    assert await followed(staff, staff.gina, unread=True) == [second.id]
    assert await followed(staff, staff.gina, unread=False) == [first.id]
    counts = await threads.count_unread(staff.database, staff.gina)
    assert (counts.unread_threads, counts.unread_messages, counts.mentioned) == (1, 1, 0)
    await unread_marks.mark_unread(staff.database, staff.gina.person_id, first.id)
    assert (await threads.count_unread(staff.database, staff.gina)).unread_threads == 2
    await threads.unfollow(staff.database, staff.gina, first.id)
    await threads.unfollow(staff.database, staff.gina, second.id)
    assert await followed(staff, staff.gina) == []
    assert (await threads.count_unread(staff.database, staff.gina)).unread_threads == 0


async def test_what_is_said_in_a_thread_is_found_with_its_thread(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Fruit"))
    reply = await staff.say(staff.gina, thread.id, "Pears for everybody")
    await staff.world.react()
    for within in ("", f"in:{thread.id}", f"in:{place}"):
        [hit] = await found(staff.database, staff.hugo, f"{within} pears")
        assert (hit.message.id, hit.conversation.id) == (reply.id, thread.id)
    assert await found(staff.database, staff.ida, "pears") == []


async def test_a_thread_is_not_changed_like_a_group(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Fruit"))
    reply = await staff.say(staff.hugo, thread.id, "Pears")
    who = staff.gina
    for wrong in (
        archiving.archive(staff.database, who.person_id, thread.id),
        own_settings.set_favourite(staff.database, who.person_id, thread.id, favourite=True),
        own_settings.set_put_away(staff.database, who.person_id, thread.id, away=True),
        groups.change_group(staff.database, who, thread.id, GroupChanges(name="Another")),
        membership.invite(staff.database, who, thread.id, [staff.ida.person_id], "member"),
        membership.leave(staff.database, who, thread.id),
    ):
        with pytest.raises(NotAllowedHere):
            await wrong
    for nowhere in (
        membership.join(staff.database, who, thread.id),
        threads.follow(staff.database, who, place),
        threads.unfollow(staff.database, who, place),
    ):
        with pytest.raises(UnknownConversation):
            await nowhere
    # Pinning is for who moderates the parent.
    assert (
        await pinning.set_pinned(staff.database, who.person_id, thread.id, reply.id, is_pinned=True)
    ).pinned_at is not None
    with pytest.raises(NotAllowedHere):
        await pinning.set_pinned(staff.database, staff.hugo.person_id, thread.id, reply.id, is_pinned=True)


async def test_a_reply_costs_the_statements_of_a_message_and_so_does_looking(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Fruit"))
    costs: dict[str, list[int]] = {}
    for where in (place, thread.id):
        await staff.say(staff.hugo, where, "Before")
        for name, ask in (
            ("send", lambda where=where: staff.say(staff.hugo, where, "Pears")),
            ("history", lambda where=where: conversations.history(staff.database, staff.gina.person_id, where)),
            ("changes", lambda where=where: viewing.changes_after(staff.database, staff.gina.person_id, where, 0, 9)),
            ("read", lambda where=where: staff.read(staff.gina, where, 9)),
        ):
            before = staff.database.statements
            await ask()
            costs.setdefault(name, []).append(staff.database.statements - before)
    assert costs["send"] == costs["history"] == [1, 1]
    assert all(in_group == in_thread for in_group, in_thread in costs.values()), costs
