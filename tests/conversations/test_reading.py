"""Unread counts, read marks, lists, history and the archive: right for each person."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from estafette import accounts, conversations
from estafette.accounts import SignedIn
from estafette.accounts.actions import members
from estafette.conversations import StorefrontConversation, UnknownConversation
from estafette.conversations.actions import viewing
from tests.world import World, again, counterpart


async def unread(world: World, who: SignedIn) -> list[int]:
    found, _ = await conversations.list_conversations(world.database, who)
    return [each.unread for each in found]


async def test_unread_counts_what_the_other_side_said(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "One")).conversation.id
    await world.say(world.ann, place, "Two")
    assert await unread(world, world.ann) == [0]
    assert await unread(world, world.claire) == [2]
    await world.say(world.claire, place, "Answer")
    assert await unread(world, world.ann) == [1]
    assert await unread(world, world.denis) == [2]  # a colleague's answer is not news, the customer's messages are


async def test_each_member_reads_for_themselves(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "One")).conversation.id
    state = await conversations.mark_read(world.database, world.claire.card, place, 1)
    assert (state.ordinal, state.unread) == (1, 0)
    assert await unread(world, world.claire) == [0]
    assert await unread(world, world.denis) == [1]


async def test_a_read_position_never_moves_back_or_beyond_the_end(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "One")).conversation.id
    for number in range(2, 6):
        await world.say(world.ann, place, f"{number}")
    assert (await conversations.mark_read(world.database, world.claire.card, place, 3)).unread == 2
    assert (await conversations.mark_read(world.database, world.claire.card, place, 1)).ordinal == 3
    assert (await conversations.mark_read(world.database, world.claire.card, place, 999)).ordinal == 5
    await world.say(world.ann, place, "6")
    assert await unread(world, world.claire) == [1]


async def test_reading_into_the_middle_counts_only_the_others_after_it(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "1")).conversation.id
    for number in range(2, 11):
        await world.say(world.ann if number % 2 else world.claire, place, f"{number}")
    # Ann said 1 3 5 7 9, Claire 2 4 6 8 10.
    assert (await conversations.mark_read(world.database, world.ann.card, place, 4)).unread == 3
    assert (await conversations.mark_read(world.database, world.denis.card, place, 4)).unread == 3
    assert await unread(world, world.ann) == [3]
    assert await unread(world, world.denis) == [3]


async def test_who_saw_a_message_and_when(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "One")
    place = opened.conversation.id
    await conversations.mark_read(world.database, world.claire.card, place, 1)
    world.database.clock.move(timedelta(minutes=5))
    await world.say(world.ann, place, "Two")
    await conversations.mark_read(world.database, world.claire.card, place, 2)
    await conversations.mark_read(world.database, world.denis.card, place, 2)
    seen = await viewing.seen_by(world.database, world.ann.person_id, place, opened.message.id)
    assert [each.person.name for each in seen] == ["Claire", "Denis"]
    assert seen[1].at - seen[0].at >= timedelta(minutes=5)


async def test_a_partner_learns_the_language_and_the_zone_of_its_customer_and_nobody_else_does(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "One")).conversation.id
    details = await viewing.customer_of(world.database, world.claire.person_id, place)
    ann = await again(world.database, world.ann.person_id)
    assert (details.language, details.time_zone) == (ann.language, ann.time_zone)
    with pytest.raises(UnknownConversation):
        await viewing.customer_of(world.database, world.eva.person_id, place)


async def test_a_stranger_reads_nothing(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "One")).conversation.id
    with pytest.raises(UnknownConversation):
        await conversations.mark_read(world.database, world.eva.card, place, 1)
    with pytest.raises(UnknownConversation):
        await conversations.history(world.database, world.eva.person_id, place)
    with pytest.raises(UnknownConversation):
        await conversations.conversation(world.database, world.eva.person_id, place)
    assert await unread(world, world.eva) == []


async def test_a_former_member_sees_nothing_any_more(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "One")).conversation.id
    await members.remove_member(world.database, world.root, world.chateau, world.denis.person_id)
    with pytest.raises(UnknownConversation):
        await conversations.history(world.database, world.denis.person_id, place)


async def test_steps_of_reading_are_forgotten_after_ninety_days_and_who_has_seen_it_is_not(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "Hello")
    place = opened.conversation.id
    await conversations.mark_read(world.database, world.claire.card, place, 1)
    world.database.clock.move(timedelta(days=91))
    await conversations.forget_old_marks(world.database)
    assert await world.database.fetchval("SELECT count(*) FROM read_marks") == 0
    [seen] = await viewing.seen_by(world.database, world.ann.person_id, place, opened.message.id)
    assert seen.person.name == "Claire"


async def test_a_new_member_begins_with_nothing_unread_and_has_seen_nothing(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Before")).conversation.id
    await accounts.add_member(world.database, world.chateau, world.ben.person_id)
    await world.say(world.ann, place, "After")
    await world.react()
    ben = await again(world.database, world.ben.person_id)
    assert await unread(world, ben) == [1]
    assert (await conversations.conversation(world.database, world.ann.person_id, place)).reads == []
    assert (await conversations.mark_read(world.database, ben.card, place, 2)).unread == 0


async def test_another_role_changes_nothing_about_what_is_unread(world: World) -> None:
    await world.write(world.ann, world.chateau, "One")
    await world.react()
    await accounts.add_member(world.database, world.chateau, world.denis.person_id, "owner")
    await world.react()
    assert await unread(world, world.denis) == [1]


async def test_looking_at_an_old_message_makes_nothing_unread_for_who_joined_later(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "1")).conversation.id
    for number in range(2, 11):
        await world.say(world.ann, place, f"{number}")
    await accounts.add_member(world.database, world.chateau, world.ben.person_id)
    await world.react()
    ben = await again(world.database, world.ben.person_id)
    assert (await conversations.mark_read(world.database, ben.card, place, 1)).unread == 0


async def test_who_comes_back_begins_with_nothing_unread(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "1")).conversation.id
    await conversations.mark_read(world.database, world.denis.card, place, 1)
    await members.remove_member(world.database, world.root, world.chateau, world.denis.person_id)
    await world.say(world.ann, place, "2")
    await accounts.add_member(world.database, world.chateau, world.denis.person_id)
    await world.react()
    assert await unread(world, await again(world.database, world.denis.person_id)) == [0]


async def test_who_is_the_customer_of_their_own_partner_speaks_as_the_customer(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await accounts.add_member(world.database, world.chateau, world.ann.person_id)
    ann = await again(world.database, world.ann.person_id)
    assert (await world.say(ann, place, "Me again")).party_id == ann.person_id
    await world.say(world.claire, place, "Hello Ann")
    [mine] = (await conversations.list_conversations(world.database, ann))[0]
    assert isinstance(mine, StorefrontConversation)
    assert (mine.my_party, mine.unread) == (ann.person_id, 1)
    assert (await conversations.mark_read(world.database, ann.card, place, 3)).unread == 0
    assert [each.unread_messages for each in await viewing.unread_counts(world.database, ann.person_id)] == [0, 0]


async def test_the_list_is_newest_first_and_pages_without_a_gap(world: World) -> None:
    customers = [world.ann, world.ben]
    for who in customers:
        await world.write(who, world.chateau, "Hello")
    first, following = await conversations.list_conversations(world.database, world.claire, limit=1)
    second, end = await conversations.list_conversations(world.database, world.claire, limit=1, before=following)
    assert [counterpart(each) for each in (*first, *second)] == ["Ben", "Ann"]
    assert end is None


async def test_history_pages_in_all_directions(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "1")).conversation.id
    await asyncio.gather(*(world.say(world.ann, place, "more") for _ in range(99)))

    async def run(**where: Any) -> list[int]:
        found = await conversations.history(world.database, world.ann.person_id, place, **where)
        return [each.ordinal for each in found.items]

    assert await run(limit=50) == list(range(51, 101))
    assert await run(before=51, limit=50) == list(range(1, 51))
    assert await run(before=2**53, limit=3) == [98, 99, 100]
    assert await run(before=1, limit=3) == []
    assert await run(after=90, limit=50) == list(range(91, 101))
    assert await run(around=50, limit=10) == list(range(46, 56))
    assert await run(around=1, limit=10) == list(range(1, 7))


async def test_history_takes_one_statement_and_the_list_two_whatever_their_length(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "1")).conversation.id
    await asyncio.gather(*(world.say(world.ann, place, "more") for _ in range(60)))
    await world.write(world.ben, world.chateau, "Hi")
    before = world.database.statements
    await conversations.history(world.database, world.ann.person_id, place)
    assert world.database.statements - before == 1
    before = world.database.statements
    await conversations.list_conversations(world.database, world.claire)
    assert world.database.statements - before == 2


async def test_the_archive_is_each_sides_own_and_a_new_message_brings_it_back(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    archived = await conversations.archive(world.database, world.claire.person_id, place)
    assert archived.archived_at is not None
    assert (await conversations.list_conversations(world.database, world.denis))[0] == []
    in_archive, _ = await conversations.list_conversations(world.database, world.denis, archived=True)
    assert [each.id for each in in_archive] == [place]
    assert len((await conversations.list_conversations(world.database, world.ann))[0]) == 1
    assert (await conversations.restore(world.database, world.claire.person_id, place)).archived_at is None
    await conversations.archive(world.database, world.claire.person_id, place)
    await world.say(world.ann, place, "Are you there?")
    assert len((await conversations.list_conversations(world.database, world.denis))[0]) == 1
