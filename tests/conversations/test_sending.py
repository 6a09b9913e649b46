"""Sending: numbered without a gap, once per key, together in one commit, alone in failure."""

import asyncio
from uuid import UUID

import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid
from estafette.base.idempotency import KeyReused
from estafette.base.ids import new_id
from estafette.conversations import UnknownConversation, conversation
from estafette.conversations.errors import OwnPartner, UnknownPartner
from tests.locks import until_somebody_waits
from tests.waiting import PATIENCE
from tests.world import World


async def test_the_first_message_opens_the_conversation(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "Bonjour !")
    assert opened.message.ordinal == 1
    assert opened.message.number == 2  # number 1 is the opening
    assert opened.conversation.partner.name == "Château de Vaux-le-Vicomte"
    assert opened.conversation.last_message == opened.message


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u2800", "\u3164\u0301", "\u202a\u202c"])
async def test_a_message_that_shows_nothing_is_refused_as_empty(world: World, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        await world.write(world.ann, world.chateau, text)
    assert [(each.field, each.code) for each in refused.value.fields] == [("text", "empty_message")]


async def test_two_first_messages_at_once_open_one_conversation(world: World) -> None:
    opened = await asyncio.gather(*(world.write(world.ann, world.chateau, f"Hello {n}") for n in range(8)))
    assert len({each.conversation.id for each in opened}) == 1
    assert sorted(each.message.ordinal for each in opened) == list(range(1, 9))


async def test_messages_sent_at_the_same_time_are_numbered_without_a_gap(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    people = [world.ann, world.claire, world.denis]
    sent = await asyncio.gather(*(world.say(people[n % 3], place, f"{n}") for n in range(60)))
    assert sorted(each.ordinal for each in sent) == list(range(2, 62))
    assert sorted(each.number for each in sent) == list(range(3, 63))


async def test_a_batch_takes_one_statement_however_many_send(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    before = world.database.statements
    await world.say(world.ann, place, "alone")
    assert world.database.statements - before == 1
    before = world.database.statements
    await asyncio.gather(*(world.say(world.ann, place, f"{n}") for n in range(50)))
    assert world.database.statements - before == 1


async def test_a_retry_gets_the_first_message(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    first = await world.say(world.ann, place, "once", key="k1")
    assert await world.say(world.ann, place, "once", key="k1") == first
    assert (await conversation(world.database, world.ann.person_id, place)).last_ordinal == 2


async def test_twins_in_one_batch_are_one_message(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    twins = await asyncio.gather(*(world.say(world.ann, place, "once", key="k1") for _ in range(10)))
    assert len({each.id for each in twins}) == 1


async def test_a_key_cannot_say_something_else(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.say(world.ann, place, "this", key="k1")
    with pytest.raises(KeyReused):
        await world.say(world.ann, place, "that", key="k1")


async def test_two_people_may_use_the_same_key(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    first = await world.say(world.ann, place, "Ann's", key="k1")
    second = await world.say(world.claire, place, "Claire's", key="k1")
    assert first.id != second.id


async def test_one_bad_message_in_a_batch_fails_alone(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    outcomes = await asyncio.gather(
        world.say(world.ann, place, "good"),
        world.say(world.eva, place, "not hers"),
        world.say(world.ann, place, "bad \ud800"),
        world.say(world.ann, new_id(), "nowhere"),
        world.say(world.claire, place, "good too"),
        return_exceptions=True,
    )
    assert [type(each).__name__ for each in outcomes] == [
        "Message", "UnknownConversation", "Invalid", "UnknownConversation", "Message",
    ]  # fmt: skip


async def test_who_says_a_lot_at_once_waits_for_himself_and_others_do_not(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    other = (await world.write(world.ben, world.chateau, "Hello")).conversation.id
    done: list[str] = []

    async def say(who: SignedIn, where: UUID, text: str) -> int:
        ordinal = (await world.say(who, where, text)).ordinal
        done.append(text[0])
        return ordinal

    long = [say(world.ann, place, f"{number}" + "x" * 5_000) for number in range(6)]
    ordinals = await asyncio.gather(*long, say(world.ben, other, "b"), say(world.ann, place, "6"))
    assert done == ["0", "b", "1", "2", "3", "4", "5", "6"]
    assert ordinals == [2, 3, 4, 5, 6, 7, 2, 8]


async def test_whoever_gives_up_takes_nobody_along(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    impatient = asyncio.create_task(world.say(world.ann, place, "never mind"))
    patient = asyncio.create_task(world.say(world.claire, place, "please"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert (await patient).text == "please"


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 10_001, "a\0b", "\udfff"])
async def test_what_cannot_be_said_is_refused_by_field(world: World, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        await world.write(world.ann, world.chateau, text)
    assert refused.value.fields[0].field == "text"


async def test_ten_thousand_characters_can_be_said(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "я" * 10_000)
    assert len(opened.message.text) == 10_000


async def test_a_stranger_does_not_find_the_conversation(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    for stranger in (world.ben, world.eva, world.root):
        with pytest.raises(UnknownConversation):
            await world.say(stranger, place, "let me in")


async def test_nobody_writes_to_an_unknown_partner_or_to_their_own(world: World) -> None:
    with pytest.raises(UnknownPartner):
        await world.write(world.ann, new_id(), "Hello")
    with pytest.raises(OwnPartner):
        await world.write(world.claire, world.chateau, "Hello")


async def test_a_conversation_that_somebody_holds_delays_nobody_elsewhere(world: World) -> None:
    held = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    free = (await world.write(world.ben, world.chateau, "Hello")).conversation.id
    async with world.database.pool.acquire() as other, other.transaction():
        await other.execute("SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE", held)
        waiting = [asyncio.create_task(world.say(world.ann, held, f"{n}")) for n in range(3)]
        await until_somebody_waits(world.database)
        async with asyncio.timeout(PATIENCE):
            assert (await world.say(world.ben, free, "not held up")).ordinal == 2
            waiting.append(asyncio.create_task(world.say(world.claire, held, "3")))
            assert (await world.say(world.ben, free, "nor now")).ordinal == 3
        assert not any(each.done() for each in waiting)
    assert [each.ordinal for each in await asyncio.gather(*waiting)] == [2, 3, 4, 5]


async def test_what_was_undone_is_not_hinted_at(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id

    async def say_and_fail() -> None:
        async with world.database.transaction() as inner:
            draft = conversations.Draft(
                id=new_id(), conversation_id=place, person_id=world.ann.person_id, text="undone"
            )
            await conversations.append(inner, [draft])
            raise ZeroDivisionError

    async with world.database.joined() as outer:
        with pytest.raises(ZeroDivisionError):
            await say_and_fail()
        assert (await outer.opened()).announcements == []
    assert (await conversations.conversation(world.database, world.ann.person_id, place)).last_ordinal == 1
