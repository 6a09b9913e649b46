"""Direct chats, groups and channels: who opens, finds, reads, joins and leaves them."""

import asyncio
from collections.abc import Awaitable
from uuid import UUID, uuid4

import pytest

from estafette import accounts, conversations
from estafette.accounts import SignedIn
from estafette.base.errors import Forbidden, Invalid
from estafette.conversations import UnknownConversation
from estafette.conversations.actions import archiving, editing, groups, membership, opening, pinning, viewing
from estafette.conversations.actions.indexing import rewrite_some_entries
from estafette.conversations.errors import (
    ConversationArchived,
    LastOwner,
    MessageDeleted,
    NotAllowedHere,
    NotAMember,
    NotYourMessage,
    OnlyReading,
    TooManyPinned,
    UnknownMessage,
    UnknownPerson,
)
from estafette.conversations.models.conversations import DirectConversation
from estafette.conversations.models.groups import GroupChanges, MemberRole, NewGroup
from estafette.conversations.store import conversations as store
from tests.conversations.seeking import found
from tests.conversations.staff import Staff
from tests.world import again


async def names(staff: Staff, who: SignedIn) -> list[str]:
    """What stands in somebody's list."""
    found, _ = await conversations.list_conversations(staff.database, who)
    return [
        each.counterpart.name if isinstance(each, DirectConversation) else getattr(each, "name", "") for each in found
    ]


async def test_two_who_open_their_direct_chat_at_once_share_one(staff: Staff) -> None:
    first, second = await asyncio.gather(
        opening.open_direct(staff.database, staff.gina, staff.hugo.person_id),
        opening.open_direct(staff.database, staff.hugo, staff.gina.person_id),
    )
    assert first.id == second.id
    assert isinstance(first, DirectConversation)
    assert first.counterpart.name == "Hugo"
    await staff.say(staff.gina, first.id, "Coffee?")
    await staff.say(staff.hugo, first.id, "Coming")
    assert await staff.texts(staff.gina, first.id) == ["Coffee?", "Coming"]
    assert (await staff.unread(staff.gina, first.id), await staff.unread(staff.hugo, first.id)) == (1, 1)
    assert await names(staff, staff.hugo) == ["Gina"]


async def test_nobody_opens_a_direct_chat_with_a_customer_themselves_or_nobody(staff: Staff) -> None:
    with pytest.raises(UnknownPerson):
        await opening.open_direct(staff.database, staff.gina, staff.world.ann.person_id)
    with pytest.raises(UnknownPerson):
        await opening.open_direct(staff.database, staff.gina, uuid4())
    with pytest.raises(Invalid):
        await opening.open_direct(staff.database, staff.gina, staff.gina.person_id)
    with pytest.raises(Forbidden):
        await opening.open_direct(staff.database, staff.world.ann, staff.gina.person_id)


async def test_a_third_person_finds_a_direct_chat_nowhere(staff: Staff) -> None:
    place = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    said = await staff.say(staff.gina, place, "A secret about pears")
    await staff.world.react()
    await _finds_nothing(staff, staff.ida, place, said.id, "pears")


async def _finds_nothing(staff: Staff, who: SignedIn, place: UUID, message: UUID, word: str) -> None:
    with pytest.raises(UnknownConversation):
        await viewing.conversation(staff.database, who.person_id, place)
    with pytest.raises(UnknownConversation):
        await conversations.history(staff.database, who.person_id, place)
    with pytest.raises(UnknownConversation):
        await viewing.changes_after(staff.database, who.person_id, place, 0, 100)
    with pytest.raises(UnknownConversation):
        await staff.say(who, place, "Me, too")
    with pytest.raises(UnknownConversation):
        await editing.delete_message(staff.database, who.person_id, place, message)
    with pytest.raises(UnknownConversation):
        await staff.read(who, place, 1)
    with pytest.raises(UnknownConversation):
        await membership.join(staff.database, who, place)
    with pytest.raises(UnknownConversation):
        await membership.members(staff.database, who, place, None, None, 30)
    assert await found(staff.database, who, word) == []
    assert place not in [each.id for each in (await conversations.list_conversations(staff.database, who))[0]]


async def test_a_group_is_for_who_is_invited_and_found_by_nobody_else(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "Pears for lunch")
    await staff.world.react()
    assert await staff.texts(staff.hugo, place) == ["Pears for lunch"]
    assert [each.message.id for each in await found(staff.database, staff.hugo, "pear")] == [said.id]
    await _finds_nothing(staff, staff.ida, place, said.id, "pear")
    assert (await staff.seen(staff.hugo, place)).members == 2


async def test_everybody_of_the_organisation_reads_finds_and_joins_an_open_channel(staff: Staff) -> None:
    place = await staff.channel(staff.gina)
    await staff.say(staff.gina, place, "The canteen has pears")
    await staff.world.react()
    assert await staff.texts(staff.hugo, place) == ["The canteen has pears"]
    assert len(await found(staff.database, staff.hugo, "pear")) == 1
    [shown] = (await groups.find_channels(staff.database, staff.hugo, "new", None, 30))[0]
    assert (shown.name, shown.members, shown.joined) == ("News", 1, False)
    with pytest.raises(NotAMember):
        await staff.say(staff.hugo, place, "Hello")
    with pytest.raises(NotAMember):
        await staff.read(staff.hugo, place, 1)
    joined = await membership.join(staff.database, staff.hugo, place)
    assert (joined.unread, await names(staff, staff.hugo)) == (0, ["News"])
    assert (await staff.say(staff.hugo, place, "Hello")).ordinal == 2
    number = (await staff.seen(staff.hugo, place)).number
    assert (await membership.join(staff.database, staff.hugo, place)).number == number, "joining again changes nothing"
    with pytest.raises(Forbidden):
        await membership.join(staff.database, staff.world.ann, place)
    with pytest.raises(Forbidden):
        await groups.find_channels(staff.database, staff.world.ann, None, None, 30)
    await _finds_nothing_as_stranger(staff, place)


async def _finds_nothing_as_stranger(staff: Staff, place: UUID) -> None:
    with pytest.raises(UnknownConversation):
        await viewing.conversation(staff.database, staff.world.ann.person_id, place)
    assert await found(staff.database, staff.world.ann, "pear") == []


async def test_a_channel_that_is_closed_is_read_and_found_by_its_members_only(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "The canteen has pears")
    await staff.world.react()
    await groups.change_group(staff.database, staff.gina, place, GroupChanges(is_open=False))
    await _finds_nothing(staff, staff.ida, place, said.id, "pear")
    assert (await groups.find_channels(staff.database, staff.ida, None, None, 30))[0] == []
    assert len(await found(staff.database, staff.hugo, "pear")) == 1


async def test_entries_of_the_search_follow_a_channel_that_is_opened(staff: Staff) -> None:
    place = await staff.channel(staff.gina, is_open=False)
    await staff.say(staff.gina, place, "The canteen has pears")
    await staff.world.react()
    await groups.change_group(staff.database, staff.gina, place, GroupChanges(is_open=True))
    while await rewrite_some_entries(staff.database):
        pass
    assert len(await found(staff.database, staff.ida, "pear")) == 1


async def test_who_is_removed_reads_finds_and_writes_no_more(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.hugo, place, "Pears for lunch")
    await staff.world.react()
    await membership.remove(staff.database, staff.gina, place, staff.hugo.person_id)
    await _finds_nothing(staff, staff.hugo, place, said.id, "pear")
    assert (await staff.seen(staff.gina, place)).members == 1


async def test_who_is_no_employee_any_more_reads_no_group_or_channel(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    await staff.say(staff.gina, place, "Pears for lunch")
    await staff.world.react()
    await staff.database.execute("DELETE FROM role_grants WHERE person_id = $1", staff.hugo.person_id)
    hugo = await again(staff.database, staff.hugo.person_id)
    with pytest.raises(UnknownConversation):
        await conversations.history(staff.database, hugo.person_id, place)
    with pytest.raises(UnknownConversation):
        await staff.say(hugo, place, "Still here")
    assert await names(staff, hugo) == []


async def test_a_send_on_its_way_while_its_author_is_removed_is_stored_before_or_not_at_all(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    sends = [asyncio.create_task(staff.say(staff.hugo, place, f"{n}")) for n in range(20)]
    removing = asyncio.create_task(membership.remove(staff.database, staff.gina, place, staff.hugo.person_id))
    more = [asyncio.create_task(staff.say(staff.hugo, place, f"later {n}")) for n in range(20)]
    outcomes = await asyncio.gather(*sends, *more, return_exceptions=True)
    await removing
    found = await viewing.changes_after(staff.database, staff.gina.person_id, place, 0, 1000)
    left = next(each.number for each in found.changes if each.kind == "member_left")
    assert [each.number for each in found.changes] == list(range(1, found.head + 1))
    stored = {each.message.id: each.number for each in found.changes if each.message is not None}
    for outcome in outcomes:
        if isinstance(outcome, conversations.Message):
            assert stored[outcome.id] < left
        else:
            assert isinstance(outcome, UnknownConversation)


async def test_a_member_named_twice_or_in_already_is_one(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    number = (await staff.seen(staff.gina, place)).number
    people = [staff.ida.person_id, staff.ida.person_id, staff.hugo.person_id]
    seen = await membership.invite(staff.database, staff.gina, place, people, "member")
    assert (seen.number, (await staff.seen(staff.gina, place)).members) == (number + 1, 3)
    assert [
        each.person.name for each in (await membership.members(staff.database, staff.ida, place, None, None, 30))[0]
    ] == [
        "Gina",
        "Hugo",
        "Ida",
    ]
    again_ = await membership.invite(staff.database, staff.gina, place, people, "member")
    assert again_.number == number + 1


async def test_a_stranger_in_a_list_of_invited_is_named_and_nobody_comes_in(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    with pytest.raises(Invalid) as refused:
        await membership.invite(
            staff.database, staff.gina, place, [staff.hugo.person_id, staff.world.ann.person_id, uuid4()], "member"
        )
    assert [(each.field, each.code) for each in refused.value.fields] == [
        ("people[1]", "not_an_employee"),
        ("people[2]", "not_an_employee"),
    ]
    assert (await staff.seen(staff.gina, place)).members == 1
    with pytest.raises(Invalid):
        await membership.invite(staff.database, staff.gina, place, [uuid4()] * 20_001, "member")


async def test_many_who_come_at_once_are_one_change(staff: Staff) -> None:
    place = await staff.channel(staff.gina)
    before = await staff.seen(staff.gina, place)
    await staff.invite(staff.gina, place, staff.hugo, staff.ida)
    found = await viewing.changes_after(staff.database, staff.gina.person_id, place, before.number, 100)
    assert [each.kind for each in found.changes] == ["members_added"]


async def test_the_last_owner_does_not_leave_the_others_alone(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    with pytest.raises(LastOwner):
        await membership.leave(staff.database, staff.gina, place)
    with pytest.raises(LastOwner):
        await membership.set_role(staff.database, staff.gina, place, staff.gina.person_id, "member")
    await membership.set_role(staff.database, staff.gina, place, staff.hugo.person_id, "owner")
    await membership.leave(staff.database, staff.gina, place)
    await membership.leave(staff.database, staff.hugo, place)
    with pytest.raises(UnknownConversation):
        await viewing.conversation(staff.database, staff.hugo.person_id, place)


async def test_two_owners_who_leave_at_once_leave_one(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo, staff.ida)
    await membership.set_role(staff.database, staff.gina, place, staff.hugo.person_id, "owner")
    outcomes = await asyncio.gather(
        membership.leave(staff.database, staff.gina, place),
        membership.leave(staff.database, staff.hugo, place),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["LastOwner", "NoneType"]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("owner", {"write", "invite", "rename", "delete", "mention_all", "remove", "make_owner", "archive"}),
        ("moderator", {"write", "invite", "rename", "delete", "mention_all", "remove", "archive"}),
        ("member", {"write", "invite"}),
        ("reader", set[str]()),
    ],
)
async def test_what_each_role_may_do(staff: Staff, role: MemberRole, allowed: set[str]) -> None:
    place = await staff.channel(staff.gina, staff.ida)
    await staff.invite(staff.gina, place, staff.hugo, role=role)
    said = await staff.say(staff.ida, place, "To be deleted")
    hugo = staff.hugo
    await _may("write" in allowed, staff.say(hugo, place, "Hello"))
    await _may("mention_all" in allowed, staff.say(hugo, place, "All!", mentions_all=True))
    await _may("invite" in allowed, staff.invite(hugo, place, staff.gina))
    await _may("rename" in allowed, groups.change_group(staff.database, hugo, place, GroupChanges(name="Renamed")))
    await _may("delete" in allowed, editing.delete_message(staff.database, hugo.person_id, place, said.id))
    await _may("make_owner" in allowed, membership.set_role(staff.database, hugo, place, staff.ida.person_id, "owner"))
    await _may("remove" in allowed and role != "owner", _removed(staff, hugo, place, role))
    await _may("archive" in allowed, archiving.archive(staff.database, hugo.person_id, place))


async def _removed(staff: Staff, who: SignedIn, place: UUID, role: MemberRole) -> None:
    # An owner has made Ida one, too.
    if role == "owner":
        raise NotAllowedHere
    await membership.remove(staff.database, who, place, staff.ida.person_id)


async def _may(allowed: bool, verb: Awaitable[object]) -> None:
    if allowed:
        await verb
    else:
        with pytest.raises((NotAllowedHere, OnlyReading, NotYourMessage)):
            await verb


async def test_nobody_gives_a_role_that_is_more_than_their_own(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    with pytest.raises(NotAllowedHere):
        await staff.invite(staff.hugo, place, staff.ida, role="moderator")
    await membership.set_role(staff.database, staff.gina, place, staff.hugo.person_id, "moderator")
    await staff.invite(staff.hugo, place, staff.ida, role="moderator")
    with pytest.raises(NotAllowedHere):
        await membership.remove(staff.database, staff.hugo, place, staff.ida.person_id)
    with pytest.raises(NotAllowedHere):
        await membership.remove(staff.database, staff.hugo, place, staff.gina.person_id)
    with pytest.raises(UnknownPerson):
        await membership.remove(staff.database, staff.gina, place, staff.world.ann.person_id)


async def test_an_archived_channel_is_read_and_nobody_writes_in_it(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    said = await staff.say(staff.hugo, place, "Hello")
    await archiving.archive(staff.database, staff.gina.person_id, place)
    with pytest.raises(ConversationArchived):
        await staff.say(staff.gina, place, "One more")
    with pytest.raises(ConversationArchived):
        await editing.edit_message(staff.database, staff.hugo.person_id, place, said.id, "Hello!")
    with pytest.raises(ConversationArchived):
        await membership.join(staff.database, staff.ida, place)
    assert await staff.texts(staff.hugo, place) == ["Hello"]
    assert await names(staff, staff.hugo) == []
    assert len((await conversations.list_conversations(staff.database, staff.hugo, archived=True))[0]) == 1
    await archiving.restore(staff.database, staff.gina.person_id, place)
    await staff.say(staff.gina, place, "One more")


async def test_what_is_pinned_is_found_again_until_it_is_unpinned_or_deleted(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    first, second = await staff.say(staff.hugo, place, "Rules"), await staff.say(staff.hugo, place, "Menu")
    with pytest.raises(NotAllowedHere):
        await pinning.set_pinned(staff.database, staff.hugo.person_id, place, first.id, is_pinned=True)
    for each in (first, second, second):
        await pinning.set_pinned(staff.database, staff.gina.person_id, place, each.id, is_pinned=True)
    assert [each.text for each in await pinning.pinned(staff.database, staff.hugo.person_id, place)] == [
        "Menu",
        "Rules",
    ]
    await pinning.set_pinned(staff.database, staff.gina.person_id, place, first.id, is_pinned=False)
    await editing.delete_message(staff.database, staff.hugo.person_id, place, second.id)
    assert await pinning.pinned(staff.database, staff.hugo.person_id, place) == []
    kinds = [
        each.kind for each in (await viewing.changes_after(staff.database, staff.ida.person_id, place, 4, 50)).changes
    ]
    assert kinds == ["message_pinned", "message_pinned", "message_unpinned", "message_deleted"]
    with pytest.raises(MessageDeleted):
        await pinning.set_pinned(staff.database, staff.gina.person_id, place, second.id, is_pinned=True)
    with pytest.raises(UnknownMessage):
        await pinning.set_pinned(staff.database, staff.gina.person_id, place, uuid4(), is_pinned=True)


async def test_a_hundred_messages_are_pinned_and_no_more(staff: Staff) -> None:
    place = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    said = await asyncio.gather(*(staff.say(staff.gina, place, f"{n}") for n in range(pinning.MOST_PINNED + 1)))
    for each in said[:-1]:
        await pinning.set_pinned(staff.database, staff.hugo.person_id, place, each.id, is_pinned=True)
    with pytest.raises(TooManyPinned):
        await pinning.set_pinned(staff.database, staff.hugo.person_id, place, said[-1].id, is_pinned=True)


async def test_a_list_merges_both_orders_and_pages_without_a_gap(staff: Staff) -> None:
    places: list[UUID] = []
    for n in range(4):
        place = await staff.group(staff.gina, staff.hugo, name=f"Group {n}")
        chat = (await opening.open_direct(staff.database, staff.gina, (staff.hugo, staff.ida)[n % 2].person_id)).id
        await staff.say(staff.gina, place, "Hello")
        await staff.say(staff.gina, chat, "Hello")
        places += [place, chat]
    last = {place: at for at, place in enumerate(places)}
    expected = sorted(last, key=lambda place: last[place], reverse=True)
    found: list[UUID] = []
    cursor = None
    while True:
        page, cursor = await conversations.list_conversations(staff.database, staff.gina, limit=2, before=cursor)
        found += [each.id for each in page]
        if cursor is None:
            break
    assert found == expected


async def test_the_list_is_searched_by_the_name_of_a_group(staff: Staff) -> None:
    await staff.group(staff.gina, name="Café du matin")
    await staff.group(staff.gina, name="Lunch")
    found, _ = await conversations.list_conversations(staff.database, staff.gina, q="cafe")
    assert [getattr(each, "name", "") for each in found] == ["Café du matin"]


@pytest.mark.parametrize(
    ("new", "field", "code"),
    [
        (NewGroup(kind="group", name="  "), "name", "required"),
        (NewGroup(kind="group", name="\u200b\u3164"), "name", "required"),
        (NewGroup(kind="group", name="x" * 81), "name", "too_long"),
        (NewGroup(kind="group", name="a\0b"), "name", "forbidden_character"),
        (NewGroup(kind="channel", name="News", purpose="x" * 501), "purpose", "too_long"),
        (NewGroup(kind="group", name="Lunch", is_open=True), "is_open", "only_channels"),
    ],
)
async def test_what_is_wrong_with_a_new_group_is_named(staff: Staff, new: NewGroup, field: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        await groups.open_group(staff.database, staff.gina, new)
    assert [(each.field, each.code) for each in refused.value.fields] == [(field, code)]


async def test_a_customer_opens_no_group(staff: Staff) -> None:
    with pytest.raises(Forbidden):
        await groups.open_group(staff.database, staff.world.ann, NewGroup(kind="group", name="Lunch"))


async def test_the_organisation_of_the_code_is_that_of_the_database(staff: Staff) -> None:
    assert accounts.ORGANISATION in await conversations.topics_of(staff.database, staff.gina)
    assert await conversations.topics_of(staff.database, staff.world.ann) == {staff.world.ann.person_id}
    assert await store.viewer_state(staff.database, uuid4(), staff.gina.person_id) is None
