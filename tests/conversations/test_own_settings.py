"""What people settle for themselves about their chats: favourites, muted ones, and those that are put away."""

from uuid import UUID

import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid
from estafette.conversations import UnknownConversation
from estafette.conversations.actions import archiving, membership, opening, own_settings, viewing
from estafette.conversations.errors import NotAllowedHere, NotAMember
from estafette.conversations.models.conversations import ChatConversation, StorefrontConversation, ThreadConversation
from tests.conversations.staff import Staff
from tests.notifications.people import bell


async def seen(staff: Staff, who: SignedIn, place: UUID) -> ChatConversation:
    """A chat as somebody sees it."""
    found = await viewing.conversation(staff.database, who.person_id, place)
    assert not isinstance(found, StorefrontConversation | ThreadConversation)
    return found


async def listed(staff: Staff, who: SignedIn, *, archived: bool = False, favourite: bool | None = None) -> set[UUID]:
    """What stands in somebody's list of chats, or in their archive."""
    found, _ = await conversations.list_conversations(
        staff.database, who, side="colleagues", archived=archived, favourite=favourite
    )
    return {each.id for each in found}


async def put_away(staff: Staff, who: SignedIn, place: UUID) -> None:
    await own_settings.set_put_away(staff.database, who.person_id, place, away=True)


async def direct(staff: Staff, one: SignedIn, other: SignedIn) -> UUID:
    """A direct chat in which something was said."""
    place = (await opening.open_direct(staff.database, one, other.person_id)).id
    await staff.say(one, place, "Coffee?")
    return place


async def test_the_list_of_chats_has_no_storefront_and_pages_through_all_kinds_in_their_order(staff: Staff) -> None:
    await staff.world.write(staff.gina, staff.world.chateau, "A table for eight")
    places = [
        await direct(staff, staff.gina, staff.hugo),
        await staff.group(staff.gina),
        await staff.channel(staff.gina),
    ]
    for place in reversed(places):
        await staff.say(staff.gina, place, "Hello")
    read: list[UUID] = []
    cursor = None
    for _ in places:
        [item], cursor = await conversations.list_conversations(
            staff.database, staff.gina, side="colleagues", before=cursor, limit=1
        )
        read.append(item.id)
    assert (read, cursor) == (places, None)
    channels, _ = await conversations.list_conversations(
        staff.database, staff.gina, side="colleagues", kinds=["channel", "storefront"]
    )
    assert [each.id for each in channels] == places[2:]


async def test_favourites_are_each_persons_own_and_found_by_themselves(staff: Staff) -> None:
    chat, group = await direct(staff, staff.gina, staff.hugo), await staff.group(staff.gina, staff.hugo)
    for place in (chat, group):
        for _ in range(2):
            await own_settings.set_favourite(staff.database, staff.gina.person_id, place, favourite=True)
        changed = await own_settings.set_favourite(staff.database, staff.gina.person_id, place, favourite=True)
        assert changed == await seen(staff, staff.gina, place)
        assert ((await seen(staff, staff.gina, place)).favourite, (await seen(staff, staff.hugo, place)).favourite) == (
            True,
            False,
        )
    await own_settings.set_favourite(staff.database, staff.gina.person_id, chat, favourite=False)
    assert await listed(staff, staff.gina, favourite=True) == {group}
    assert await listed(staff, staff.gina, favourite=False) == {chat}
    assert await listed(staff, staff.hugo, favourite=True) == set()


async def test_what_is_put_away_comes_back_for_whom_somebody_wrote_to_and_was_away_for_nobody_else(
    staff: Staff,
) -> None:
    for place in (await direct(staff, staff.gina, staff.hugo), await staff.group(staff.hugo, staff.gina)):
        await put_away(staff, staff.gina, place)
        assert place in await listed(staff, staff.gina, archived=True)
        assert place not in await listed(staff, staff.gina)
        assert place in await listed(staff, staff.hugo)
        await staff.say(staff.hugo, place, "Still there?")
        assert place in await listed(staff, staff.gina)
        assert (await seen(staff, staff.gina, place)).put_away_at is None
        await put_away(staff, staff.gina, place)
        await own_settings.set_put_away(staff.database, staff.gina.person_id, place, away=False)
        assert place in await listed(staff, staff.gina)


async def test_what_is_muted_and_put_away_stays_away_until_it_is_unmuted(staff: Staff) -> None:
    for place in (await direct(staff, staff.gina, staff.hugo), await staff.group(staff.hugo, staff.gina)):
        await own_settings.set_level(staff.database, staff.gina.person_id, place, "nothing")
        await put_away(staff, staff.gina, place)
        await staff.say(staff.hugo, place, "Still there?")
        assert place in await listed(staff, staff.gina, archived=True)
        await own_settings.set_level(staff.database, staff.gina.person_id, place, "all")
        assert place in await listed(staff, staff.gina)


async def test_a_direct_chat_that_is_muted_rings_no_bell_until_it_is_unmuted(staff: Staff) -> None:
    place = await direct(staff, staff.gina, staff.hugo)
    await staff.world.react()
    await staff.read(staff.hugo, place, 1)
    await own_settings.set_level(staff.database, staff.hugo.person_id, place, "nothing")
    assert ((await seen(staff, staff.hugo, place)).my_level, (await seen(staff, staff.gina, place)).my_level) == (
        "nothing",
        "all",
    )
    await staff.say(staff.gina, place, "Tea?")
    await staff.world.react()
    assert await bell(staff.world, staff.hugo) == []
    assert (await seen(staff, staff.hugo, place)).unread == 1, "it is there for whoever looks"
    await own_settings.set_level(staff.database, staff.hugo.person_id, place, "all")
    await staff.say(staff.gina, place, "Water?")
    await staff.world.react()
    assert len(await bell(staff.world, staff.hugo)) == 1


async def test_mentions_alone_cannot_be_chosen_in_a_direct_chat(staff: Staff) -> None:
    place = await direct(staff, staff.gina, staff.hugo)
    with pytest.raises(Invalid) as refused:
        await own_settings.set_level(staff.database, staff.gina.person_id, place, "mentions")
    assert [(each.field, each.code) for each in refused.value.fields] == [("level", "only_among_several")]
    assert (await seen(staff, staff.gina, place)).my_level == "all"


async def test_nobody_settles_anything_about_what_they_are_not_in_or_what_is_no_chat(staff: Staff) -> None:
    storefront = (await staff.world.write(staff.gina, staff.world.chateau, "Hello")).conversation.id
    chat, channel = await direct(staff, staff.gina, staff.hugo), await staff.channel(staff.gina)
    for who, place, problem in (
        (staff.gina, storefront, NotAllowedHere),
        (staff.ida, chat, UnknownConversation),
        (staff.ida, channel, NotAMember),
        (staff.world.ann, channel, UnknownConversation),
    ):
        with pytest.raises(problem):
            await own_settings.set_favourite(staff.database, who.person_id, place, favourite=True)
        with pytest.raises(problem):
            await own_settings.set_put_away(staff.database, who.person_id, place, away=True)
        with pytest.raises(problem):
            await own_settings.set_level(staff.database, who.person_id, place, "nothing")
    assert await staff.database.fetchval("SELECT count(*) FROM own_settings") == 0


async def test_who_comes_back_to_a_group_begins_with_nothing_settled(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await own_settings.set_favourite(staff.database, staff.hugo.person_id, place, favourite=True)
    await membership.leave(staff.database, staff.hugo, place)
    await staff.invite(staff.gina, place, staff.hugo)
    assert not (await seen(staff, staff.hugo, place)).favourite


async def test_a_direct_chat_is_archived_for_one_alone_and_a_group_for_all(staff: Staff) -> None:
    chat, group = await direct(staff, staff.gina, staff.hugo), await staff.group(staff.gina, staff.hugo)
    for place in (chat, group):
        await archiving.archive(staff.database, staff.gina.person_id, place)
    assert await listed(staff, staff.gina, archived=True) == {chat, group}
    assert await listed(staff, staff.hugo, archived=True) == {group}
    await archiving.restore(staff.database, staff.gina.person_id, chat)
    assert await listed(staff, staff.gina) == {chat}


async def test_notifications_of_chats_lead_to_the_chat(staff: Staff) -> None:
    place = await direct(staff, staff.gina, staff.hugo)
    await staff.world.react()
    assert [each.path for each in await bell(staff.world, staff.hugo)] == [f"/chats/{place}"]
