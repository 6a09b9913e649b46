"""Emoji under messages: who may, what counts as one, and that changes lead to what is read anew."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid
from estafette.conversations import UnknownConversation
from estafette.conversations.actions import archiving, editing, groups, membership, opening, reacting, threads, viewing
from estafette.conversations.errors import (
    ConversationArchived,
    MessageDeleted,
    NotAllowedHere,
    NotAMember,
    TooManyReactions,
    UnknownMessage,
)
from estafette.conversations.models.groups import NewGroup
from estafette.conversations.models.messages import Message
from tests.conversations.staff import Staff
from tests.live.held import Thread

MANY = tuple("👍👎😀😂😍🤔😢😡🎉🚀👀🙏💯🔥✅❌☕🍐🍎🍋🍇🍓🥐🧀🍷🐝🌞🌈🐌🐸")


async def react(staff: Staff, who: SignedIn, message: Message, emoji: str) -> Message:
    """Somebody reacts."""
    return await reacting.react(staff.database, who.person_id, message.conversation_id, message.id, emoji)


async def take_back(staff: Staff, who: SignedIn, message: Message, emoji: str) -> Message:
    """Somebody takes it back."""
    return await reacting.take_back(staff.database, who.person_id, message.conversation_id, message.id, emoji)


async def under(staff: Staff, who: SignedIn, message: Message) -> list[tuple[str, int, object, list[str]]]:
    """What somebody sees below a message."""
    [found] = (await conversations.history(staff.database, who.person_id, message.conversation_id)).items
    return [(each.emoji, each.count, each.mine, [card.name for card in each.people]) for each in found.reactions]


async def test_everybody_sees_who_reacted_and_what_of_it_is_their_own(staff: Staff) -> None:
    said = await staff.say(staff.gina, await staff.group(staff.gina, staff.hugo, staff.ida), "Pears for lunch")
    await react(staff, staff.hugo, said, "👍")
    await react(staff, staff.ida, said, "🍐")
    answer = await react(staff, staff.gina, said, "👍")
    assert [(each.emoji, each.count, each.mine) for each in answer.reactions] == [("👍", 2, True), ("🍐", 1, False)]
    assert await under(staff, staff.hugo, said) == [("👍", 2, True, ["Hugo", "Gina"]), ("🍐", 1, False, ["Ida"])]
    await take_back(staff, staff.hugo, said, "👍")
    await take_back(staff, staff.ida, said, "🍐")
    assert await under(staff, staff.hugo, said) == [("👍", 1, False, ["Gina"])]


async def test_doing_it_twice_is_one_change_and_so_is_taking_it_back(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "Pears for lunch")
    first = await react(staff, staff.hugo, said, "❤️")
    # The same heart, as some keyboards write it.
    assert await react(staff, staff.hugo, said, "❤") == first
    assert first.number == said.number + 1
    gone = await take_back(staff, staff.hugo, said, "❤")
    assert await take_back(staff, staff.hugo, said, "❤️") == gone
    assert (gone.number, gone.reactions) == (first.number + 1, [])
    found = await viewing.changes_after(staff.database, staff.gina.person_id, place, said.number, 100)
    [overtaken, last] = found.changes
    assert (overtaken.kind, last.kind) == ("reaction_added", "reaction_removed")
    assert overtaken.message is None
    assert last.message is None
    assert (overtaken.reaction, overtaken.person) == (None, None), "the later one tells what it has come to"
    assert last.reaction is not None
    assert (last.reaction.emoji, last.reaction.count, last.reaction.ordinal) == ("❤️", 0, 1)
    assert last.person == staff.hugo.card


async def test_what_was_taken_back_is_forgotten_after_ninety_days_and_its_change_is_told_all_the_same(
    staff: Staff,
) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "Pears for lunch")
    for emoji in ("👍", "🍐"):
        await react(staff, staff.hugo, said, emoji)
    held = await _read(staff, staff.gina, place)
    await take_back(staff, staff.hugo, said, "👍")
    await conversations.forget_taken_back(staff.database)
    assert await _stored(staff) == [("👍", True), ("🍐", False)], "not yet"
    staff.database.clock.move(timedelta(days=91))
    await conversations.forget_taken_back(staff.database)
    assert await _stored(staff) == [("🍐", False)]
    assert [each["emoji"] for each in held.messages[str(said.id)]["reactions"]] == ["👍", "🍐"]
    await _catch_up(staff, staff.gina, held, place, 1)
    assert [each["emoji"] for each in held.messages[str(said.id)]["reactions"]] == ["🍐"]
    await react(staff, staff.hugo, said, "👍")
    assert [each[0] for each in await under(staff, staff.gina, said)] == ["🍐", "👍"]


async def _stored(staff: Staff) -> list[tuple[str, bool]]:
    """All reactions that are kept, each with whether it was taken back."""
    rows = await staff.database.fetch("SELECT emoji, taken_back FROM message_reactions ORDER BY taken_back DESC")
    return [(row["emoji"], row["taken_back"]) for row in rows]


async def test_the_same_emoji_typed_otherwise_is_the_same_reaction(staff: Staff) -> None:
    said = await staff.say(staff.gina, await staff.group(staff.gina, staff.hugo), "Pears")
    await react(staff, staff.gina, said, "☺")
    await react(staff, staff.hugo, said, "☺️")
    await react(staff, staff.hugo, said, "👍🏽")
    await react(staff, staff.hugo, said, "👍")
    found = await under(staff, staff.gina, said)
    assert [(emoji, count) for emoji, count, *_ in found] == [("☺️", 2), ("👍🏽", 1), ("👍", 1)]


async def test_what_is_not_one_emoji_is_refused_by_its_name(staff: Staff) -> None:
    said = await staff.say(staff.gina, await staff.group(staff.gina, staff.hugo), "Pears")
    for emoji, code in (("ok", "not_an_emoji"), ("👍👍", "not_an_emoji"), ("👍" * 10_000, "too_long")):
        for act in (react, take_back):
            with pytest.raises(Invalid) as refused:
                await act(staff, staff.hugo, said, emoji)
            assert [(each.field, each.code) for each in refused.value.fields] == [("emoji", code)]
    assert await under(staff, staff.hugo, said) == []


async def test_a_thirty_first_emoji_is_refused_and_the_thirty_may_still_be_joined(staff: Staff) -> None:
    said = await staff.say(staff.gina, await staff.group(staff.gina, staff.hugo), "Pears")
    assert len(MANY) == reacting.MOST_KINDS
    for each in MANY:
        await react(staff, staff.gina, said, each)
    with pytest.raises(TooManyReactions):
        await react(staff, staff.hugo, said, "🥝")
    await react(staff, staff.hugo, said, MANY[0])
    await take_back(staff, staff.gina, said, MANY[1])
    await react(staff, staff.hugo, said, "🥝")
    assert [each[0] for each in await under(staff, staff.hugo, said)] == [MANY[0], *MANY[2:], "🥝"]


async def test_a_reaction_goes_with_the_message_that_is_deleted(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "Pears")
    await react(staff, staff.hugo, said, "👍")
    assert (await editing.delete_message(staff.database, staff.gina.person_id, place, said.id)).reactions == []
    for act in (react, take_back):
        with pytest.raises(MessageDeleted):
            await act(staff, staff.hugo, said, "👍")
    assert (await reacting.reactors(staff.database, staff.gina.person_id, place, said.id)).items == []
    changes = (await viewing.changes_after(staff.database, staff.hugo.person_id, place, said.number, 100)).changes
    assert [(each.kind, each.reaction) for each in changes] == [("reaction_added", None), ("message_deleted", None)]


async def test_readers_react_and_strangers_do_not(staff: Staff) -> None:
    place = await staff.channel(staff.gina)
    said = await staff.say(staff.gina, place, "Pears")
    with pytest.raises(NotAMember):
        await react(staff, staff.hugo, said, "👍")
    await staff.invite(staff.gina, place, staff.hugo, role="reader")
    await react(staff, staff.hugo, said, "👍")
    other = await staff.say(staff.gina, await staff.group(staff.gina), "Not for them")
    with pytest.raises(UnknownConversation):
        await react(staff, staff.hugo, other, "👍")
    with pytest.raises(UnknownMessage):
        await reacting.react(staff.database, staff.hugo.person_id, place, other.id, "👍")
    with pytest.raises(UnknownMessage):
        await reacting.reactors(staff.database, staff.hugo.person_id, place, uuid4())
    await archiving.archive(staff.database, staff.gina.person_id, place)
    with pytest.raises(ConversationArchived):
        await react(staff, staff.hugo, said, "🍐")


async def test_both_sides_of_a_direct_chat_react_and_nobody_in_a_storefront(staff: Staff) -> None:
    place = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    said = await staff.say(staff.gina, place, "Coffee?")
    await react(staff, staff.hugo, said, "☕")
    assert await under(staff, staff.gina, said) == [("☕", 1, False, ["Hugo"])]
    world = staff.world
    opened = await world.write(world.ann, world.chateau, "Is the garden open?")
    with pytest.raises(NotAllowedHere):
        await react(staff, world.ann, opened.message, "👍")


async def test_one_reacts_in_a_thread_with_the_rights_of_what_it_is_below(staff: Staff) -> None:
    place = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    root = await staff.say(staff.gina, place, "Coffee?")
    below = (await threads.open_thread(staff.database, staff.gina, place, root.id)).id
    said = await staff.say(staff.gina, below, "With milk?")
    await react(staff, staff.hugo, said, "☕")
    assert await under(staff, staff.gina, said) == [("☕", 1, False, ["Hugo"])]
    with pytest.raises(UnknownConversation):
        await react(staff, staff.ida, said, "☕")


async def test_of_many_who_reacted_the_first_five_are_named_and_the_rest_paged(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo, staff.ida)
    said = await staff.say(staff.gina, place, "Pears")
    others = await _more_people(staff, place, 7)
    for each in others:
        await reacting.react(staff.database, each, place, said.id, "👍")
    await react(staff, staff.hugo, said, "🍐")
    [thumbs, _] = (await conversations.history(staff.database, staff.gina.person_id, place)).items[0].reactions
    assert (thumbs.count, [card.id for card in thumbs.people]) == (7, others[:5])
    ask = (staff.database, staff.gina.person_id, place, said.id)
    first = await reacting.reactors(*ask, emoji="👍", limit=4)
    assert first.next is not None
    rest = await reacting.reactors(*ask, emoji="👍", after=first.next, limit=4)
    assert [each.person.id for each in (*first.items, *rest.items)] == others
    assert rest.next is None
    assert len((await reacting.reactors(*ask)).items) == 8


async def _more_people(staff: Staff, place: UUID, count: int) -> list[UUID]:
    from tests.conversations.test_many_members import hire_many

    people = await hire_many(staff, count)
    await membership.invite(staff.database, staff.gina, place, people, "member")
    return people


async def test_a_page_of_messages_costs_as_many_statements_however_many_reacted(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    for number in range(20):
        said = await staff.say(staff.gina, place, f"Message {number}")
        if number:
            await react(staff, staff.gina, said, MANY[number])
            await react(staff, staff.hugo, said, MANY[number])
    quiet = await groups.open_group(staff.database, staff.gina, NewGroup(kind="group", name="Quiet"))
    await staff.say(staff.gina, quiet.id, "Nobody reacts")

    async def cost(where: UUID) -> int:
        before = staff.database.statements
        await conversations.history(staff.database, staff.gina.person_id, where)
        return staff.database.statements - before

    assert await cost(place) == await cost(quiet.id) + 1


@pytest.mark.parametrize("seed", range(6))
async def test_what_was_read_before_and_the_changes_since_make_what_is_read_after(staff: Staff, seed: int) -> None:
    by_chance = random.Random(seed)
    people = (staff.gina, staff.hugo, staff.ida)
    place = await staff.group(*people)
    said = [await staff.say(staff.gina, place, f"Message {number}") for number in range(3)]
    holders: list[tuple[SignedIn, Thread]] = []
    for step in range(60):
        if step % 15 == 0:
            holders += [(each, await _read(staff, each, place)) for each in people]
        who, message, emoji = by_chance.choice(people), by_chance.choice(said), by_chance.choice(MANY[:3])
        act = by_chance.choices((react, take_back, _edit), (5, 4, 1))[0]
        await act(staff, who, message, emoji)
        if by_chance.random() < 0.3:
            await _hear(staff, by_chance.sample(holders, len(holders) // 2), place)
    await editing.delete_message(staff.database, staff.gina.person_id, place, said[0].id)
    for who, held in holders[::2]:
        await _catch_up(staff, who, held, place, by_chance.randint(1, 30))
    await _hear(staff, holders[1::2], place)
    for who, held in holders:
        assert held == await _read(staff, who, place)


async def _edit(staff: Staff, _: SignedIn, message: Message, emoji: str) -> None:
    ask = (staff.database, staff.gina.person_id, message.conversation_id, message.id)
    await editing.edit_message(*ask, f"{uuid4()} {emoji}")


async def _read(staff: Staff, who: SignedIn, place: UUID) -> Thread:
    found = await conversations.history(staff.database, who.person_id, place)
    return Thread(found.number, _json(found.items), str(who.person_id))


async def _catch_up(staff: Staff, who: SignedIn, held: Thread, place: UUID, limit: int) -> None:
    """Asks for what came since, as after a new connection."""
    while True:
        found = await viewing.changes_after(staff.database, who.person_id, place, held.number, limit)
        held.apply(_json(found.changes), found.until)
        if found.until == found.head:
            return


async def _hear(staff: Staff, holders: Sequence[tuple[SignedIn, Thread]], place: UUID) -> None:
    """Hears live what came since: frames that are the same for all."""
    head = (await staff.seen(staff.gina, place)).number
    for _, held in holders:
        for _, until, frame in await conversations.read_frames(staff.database, [(place, held.number, head, (place,))]):
            held.apply(msgspec.json.decode(frame)["changes"], until)


def _json(given: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(given))
