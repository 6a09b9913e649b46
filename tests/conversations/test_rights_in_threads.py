"""Rights in a thread are those of its parent at that moment: who leaves, is removed or disabled has lost both."""

from uuid import UUID

import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.accounts.actions import people
from estafette.accounts.models.inputs import PersonChanges
from estafette.conversations import UnknownConversation
from estafette.conversations.actions import archiving, editing, groups, membership, threads, viewing
from estafette.conversations.actions.indexing import rewrite_some_entries
from estafette.conversations.errors import ConversationArchived, NotAMember, OnlyReading
from estafette.conversations.models.groups import GroupChanges
from tests.conversations.seeking import found
from tests.conversations.staff import Staff
from tests.conversations.threading import followed, opened, seen


async def has_lost(staff: Staff, who: SignedIn, thread: UUID) -> None:
    """Nothing of a thread is there for somebody any more."""
    assert thread not in await followed(staff, who)
    assert (await threads.count_unread(staff.database, who)).unread_threads == 0
    for lost in (
        viewing.conversation(staff.database, who.person_id, thread),
        conversations.history(staff.database, who.person_id, thread),
        conversations.history(staff.database, who.person_id, thread, after=0),
        viewing.changes_after(staff.database, who.person_id, thread, 0, 9),
        staff.say(who, thread, "May I?"),
        staff.read(who, thread, 1),
        threads.follow(staff.database, who, thread),
    ):
        with pytest.raises(UnknownConversation):
            await lost
    assert await found(staff.database, who, "pears") == []


async def told(staff: Staff, thread: UUID) -> set[UUID]:
    """Who has something unread about a thread in their bell."""
    await staff.world.react()
    rows = await staff.database.fetch(
        "SELECT person_id FROM notifications WHERE topic_id = $1 AND read_at IS NULL", thread
    )
    return {row["person_id"] for row in rows}


async def test_a_stranger_to_the_parent_finds_nothing_of_its_threads(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    root = await staff.say(staff.gina, place, "Fruit")
    thread = await opened(staff, staff.hugo, root)
    await staff.say(staff.hugo, thread.id, "Pears")
    await staff.world.react()
    await has_lost(staff, staff.ida, thread.id)
    for unknown in (
        threads.open_thread(staff.database, staff.ida, place, root.id),
        threads.lines(staff.database, staff.ida, place, 0),
    ):
        with pytest.raises(UnknownConversation):
            await unknown


async def test_who_leaves_or_is_removed_loses_the_threads_at_once_and_hears_of_none(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo, staff.ida)
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Fruit"))
    for who in (staff.hugo, staff.ida):
        await staff.say(who, thread.id, "Pears")
    await staff.say(staff.gina, thread.id, "For all", mentions=(staff.hugo.person_id,))
    assert await told(staff, thread.id) == {staff.gina.person_id, staff.hugo.person_id, staff.ida.person_id}
    await membership.leave(staff.database, staff.hugo, place)
    await has_lost(staff, staff.hugo, thread.id)
    await membership.remove(staff.database, staff.gina, place, staff.ida.person_id)
    await has_lost(staff, staff.ida, thread.id)
    await staff.say(staff.gina, thread.id, "Alone", mentions=(staff.hugo.person_id,))
    assert await told(staff, thread.id) == {staff.gina.person_id}
    # Let in again they begin anew, following nothing.
    await staff.invite(staff.gina, place, staff.hugo)
    assert (await seen(staff, staff.hugo, thread.id)).my_level is None
    assert await followed(staff, staff.hugo) == []


async def test_a_follower_who_lost_the_parent_in_between_is_not_told(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Fruit"))
    await staff.say(staff.hugo, thread.id, "Pears")
    await membership.leave(staff.database, staff.hugo, place)
    # As a reply leaves it that mentions him in the moment in which he goes.
    await staff.database.execute(
        "INSERT INTO memberships (conversation_id, person_id, role, level, joined_at, read_ordinal, of_thread) "
        "VALUES ($1, $2, 'member', 'all', now(), 0, true)",
        thread.id,
        staff.hugo.person_id,
    )
    await staff.say(staff.gina, thread.id, "Alone")
    assert staff.hugo.person_id not in await told(staff, thread.id)
    await has_lost(staff, staff.hugo, thread.id)


async def test_a_channel_that_closes_closes_its_threads_and_opens_them_again(staff: Staff) -> None:
    place = await staff.channel(staff.gina)
    root = await staff.say(staff.gina, place, "Fruit")
    thread = await opened(staff, staff.gina, root)
    await staff.say(staff.gina, thread.id, "Pears")
    await staff.world.react()
    # Who may read it without being in it may follow, and not write.
    await threads.follow(staff.database, staff.ida, thread.id)
    with pytest.raises(NotAMember):
        await staff.say(staff.ida, thread.id, "May I?")
    other = await staff.say(staff.gina, place, "Another")
    with pytest.raises(NotAMember):
        await threads.open_thread(staff.database, staff.ida, place, other.id)
    await groups.change_group(staff.database, staff.gina, place, GroupChanges(is_open=False))
    await has_lost(staff, staff.ida, thread.id)
    await groups.change_group(staff.database, staff.gina, place, GroupChanges(is_open=True))
    while await rewrite_some_entries(staff.database):
        pass
    [hit] = await found(staff.database, staff.hugo, "pears")
    assert hit.conversation.id == thread.id


async def test_in_an_archived_parent_nobody_writes_in_threads_and_readers_never(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    await staff.invite(staff.gina, place, staff.hugo, role="reader")
    root, other = await staff.say(staff.gina, place, "Fruit"), await staff.say(staff.gina, place, "Nuts")
    thread = await opened(staff, staff.gina, root)
    said = await staff.say(staff.gina, thread.id, "Pears")
    for refused in (
        staff.say(staff.hugo, thread.id, "May I?"),
        threads.open_thread(staff.database, staff.hugo, place, other.id),
    ):
        with pytest.raises(OnlyReading):
            await refused
    await archiving.archive(staff.database, staff.gina.person_id, place)
    for refused in (
        staff.say(staff.gina, thread.id, "May I?"),
        editing.edit_message(staff.database, staff.gina.person_id, thread.id, said.id, "Apples"),
        threads.open_thread(staff.database, staff.gina, place, other.id),
    ):
        with pytest.raises(ConversationArchived):
            await refused
    assert await staff.texts(staff.hugo, thread.id) == ["Pears"]
    assert (await seen(staff, staff.hugo, thread.id)).archived_at is not None


async def test_who_is_disabled_has_no_threads(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    thread = await opened(staff, staff.gina, await staff.say(staff.gina, place, "Fruit"))
    await staff.say(staff.hugo, thread.id, "Pears")
    await people.change_person(staff.database, staff.world.root, staff.hugo.person_id, PersonChanges(disabled=True))
    await staff.say(staff.gina, thread.id, "Alone")
    assert await told(staff, thread.id) == {staff.gina.person_id}
    with pytest.raises(UnknownConversation):
        await conversations.history(staff.database, staff.hugo.person_id, thread.id)
