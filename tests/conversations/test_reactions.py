"""What happens after a message is stored: the confirmation, the index, the repeated hint; once each."""

import asyncio
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from estafette import conversations
from estafette.base import pending_reactions
from estafette.base.clock import Clock
from estafette.conversations import StorefrontConversation
from estafette.conversations.rules import ABSENCE, confirmation_is_due
from estafette.main.reactions import reactions
from estafette.worker import react_to_all
from tests.conversations.seeking import found
from tests.world import ORIGIN, World, counterpart


async def kinds(world: World, place: object) -> list[str]:
    run = await conversations.history(world.database, world.ann.person_id, place)  # type: ignore[arg-type]
    return [each.kind for each in run.items]


async def test_the_first_message_gets_one_confirmation(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.say(world.ann, place, "Hello?")
    await world.react()
    assert await kinds(world, place) == ["text", "text", "confirmation"]
    run = await conversations.history(world.database, world.ann.person_id, place)
    assert run.items[-1].sender is None
    assert run.items[-1].party_id == world.chateau


async def test_a_list_gets_what_the_customer_asked_beside_the_confirmation_after_it(world: World) -> None:
    opened = await world.write(world.ann, world.chateau, "Is the garden open?")
    place = opened.conversation.id
    await world.say(world.ann, place, "On Monday")

    async def excerpts() -> list[tuple[str, str | None]]:
        lists = [await conversations.list_conversations(world.database, who) for who in (world.ann, world.claire)]
        return [
            (each.last_message.kind, each.confirmed_message and each.confirmed_message.text)
            for [each], _ in lists
            if isinstance(each, StorefrontConversation) and each.last_message
        ]

    assert await excerpts() == [("text", None)] * 2
    await world.react()
    assert await excerpts() == [("confirmation", "On Monday")] * 2
    await world.say(world.claire, place, "It is")
    assert await excerpts() == [("text", None)] * 2


async def test_a_confirmation_is_not_doubled_by_a_retry_or_by_many_workers(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello", key="k")).conversation.id
    await world.write(world.ann, world.chateau, "Hello", key="k")
    for _ in range(5):
        await world.say(world.ann, place, "Hello?")
    await asyncio.gather(*(react_to_all(world.database, reactions(ORIGIN)) for _ in range(4)))
    assert (await kinds(world, place)).count("confirmation") == 1


async def test_a_partner_who_answered_just_now_is_there(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.say(world.claire, place, "Hello Ann")
    await world.say(world.ann, place, "How are you?")
    await world.react()
    assert "confirmation" not in (await kinds(world, place))[1:]


async def test_the_next_absence_gets_its_own_confirmation(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    await world.say(world.claire, place, "Hello Ann")
    await world.react()
    world.database.clock.move(timedelta(hours=5))
    await world.say(world.ann, place, "Still there?")
    await world.say(world.ann, place, "Hello?")
    await world.react()
    assert await kinds(world, place) == ["text", "confirmation", "text", "text", "text", "confirmation"]


async def test_the_confirmation_speaks_the_customers_language_and_is_read_by_the_customer(world: World) -> None:
    await world.database.execute("UPDATE people SET language = 'ru' WHERE id = $1", world.ann.person_id)
    place = (await world.write(world.ann, world.chateau, "Здравствуйте")).conversation.id
    await world.react()
    found, _ = await conversations.list_conversations(world.database, world.ann)
    assert found[0].unread == 1
    assert found[0].last_message is not None
    assert any("а" <= letter <= "я" for letter in found[0].last_message.text)
    mine, _ = await conversations.list_conversations(world.database, world.claire)
    assert [(each.id, each.unread) for each in mine] == [(place, 1)]


async def test_what_was_said_is_found_in_four_languages_until_it_is_deleted(world: World) -> None:
    for text in ("Nous visiterons les châteaux", "As crianças brincavam", "Мы возьмём две лодки", "We were running"):
        await world.write(world.ann, world.chateau, text)
    await world.react()
    for query, expected in (
        ("château", "Nous visiterons les châteaux"),
        ("crianca", "As crianças brincavam"),
        ("лодка", "Мы возьмём две лодки"),
        ("run", "We were running"),
    ):
        hits = await found(world.database, world.ann, query)
        assert expected in [hit.message.text for hit in hits], query
        assert await found(world.database, world.eva, query) == []
    [hit] = await found(world.database, world.claire, "running")
    await conversations.delete_message(world.database, world.ann.person_id, hit.conversation.id, hit.message.id)
    assert await found(world.database, world.claire, "running") == []
    await world.react()
    assert await found(world.database, world.claire, "running") == []


async def test_the_list_is_searched_by_name_and_by_what_was_said(world: World) -> None:
    await world.write(world.ann, world.chateau, "A wedding in June")
    await world.write(world.ben, world.chateau, "A concert")
    await world.react()
    by_name, _ = await conversations.list_conversations(world.database, world.claire, q="BEN")
    by_word, _ = await conversations.list_conversations(world.database, world.claire, q="weddings")
    assert [counterpart(each) for each in by_name] == ["Ben"]
    assert [counterpart(each) for each in by_word] == ["Ann"]


async def test_names_are_found_without_their_accents_and_in_any_order(world: World) -> None:
    await world.write(world.ann, world.chateau, "Bonjour")
    for q in ("vicomte chateau", "CHÂTEAU", "vaux"):
        found, _ = await conversations.list_conversations(world.database, world.ann, q=q)
        assert len(found) == 1, q
    assert (await conversations.list_conversations(world.database, world.ann, q="chateau bakery"))[0] == []


async def test_nothing_is_left_due_and_a_failing_reaction_does_not_stop_the_others(world: World) -> None:
    await world.write(world.ann, world.chateau, "Hello")
    seen: list[str] = []

    async def refuses_sent(_: object, changes: object) -> None:
        raise ValueError("not today")

    async def notes(_: object, changes: object) -> None:
        seen.append("opened")

    await react_to_all(world.database, {"message_sent": (refuses_sent,), "opened": (notes,)})
    assert seen == ["opened"] or set(seen) == {"opened"}
    assert await pending_reactions.waiting(world.database) == 1
    await world.database.execute("UPDATE pending_reactions SET not_before = '-infinity'")
    await world.react()
    assert await pending_reactions.waiting(world.database) == 0


@given(st.lists(st.tuples(st.sampled_from(["customer", "partner"]), st.integers(0, 7200)), max_size=40))
def test_there_is_never_a_second_confirmation_without_an_answer_between(steps: list[tuple[str, int]]) -> None:
    now = Clock().now()
    wrote_at = confirmed_at = None
    log: list[str] = []
    for who, seconds in steps:
        now += timedelta(seconds=seconds)
        if who == "partner":
            wrote_at = now
            log.append("answer")
        elif confirmation_is_due(now, wrote_at, confirmed_at):
            assert wrote_at is None or now - wrote_at >= ABSENCE
            assert "answer" in log[len(log) - log[::-1].index("confirmation") :] if "confirmation" in log else True
            confirmed_at = now
            log.append("confirmation")
