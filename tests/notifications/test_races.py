"""What happens at the same moment, or in another order than it was said: nothing is lost by it, nothing told twice."""

import asyncio
from datetime import timedelta

from estafette import conversations
from estafette.notifications import lock_topics
from estafette.notifications.actions import listing
from tests.locks import until_somebody_waits
from tests.notifications.people import bell, choose, mail_gateway, recipients, sent, titles, wait
from tests.world import World


async def put_off(world: World) -> None:
    """What is due now waits, as after a failure; all else goes on."""
    await world.database.execute("UPDATE pending_reactions SET not_before = now() + interval '1 hour'")


async def take_up(world: World) -> None:
    await world.database.execute("UPDATE pending_reactions SET not_before = now()")
    await world.react()


async def test_who_reads_waits_for_who_notifies_and_the_other_way_round(world: World) -> None:
    message = (await world.write(world.ann, world.chateau, "Hello")).message
    place = message.conversation_id
    async with world.database.transaction() as notifying:
        await lock_topics(notifying, [place], alone=True)
        reading = asyncio.create_task(conversations.mark_read(world.database, world.claire.card, place, 1))
        await until_somebody_waits(world.database)
        assert not reading.done()
    assert (await reading).unread == 0
    async with world.database.transaction() as others, world.database.transaction() as more:
        # Many read at the same time.
        await lock_topics(others, [place], alone=False)
        await lock_topics(more, [place], alone=False)
        reacting = asyncio.create_task(world.react())
        await until_somebody_waits(world.database)
        assert not reacting.done()
    await reacting
    assert await bell(world, world.claire) == [], "what was read in time is not told"


async def test_many_who_read_and_notify_at_once_leave_no_bell_ringing_for_nothing(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    for _ in range(15):
        message = await world.say(world.ann, place, "Still there?")
        await asyncio.gather(
            world.react(),
            conversations.mark_read(world.database, world.claire.card, place, message.ordinal),
            conversations.mark_read(world.database, world.denis.card, place, message.ordinal),
        )
    for who in (world.claire, world.denis):
        assert await listing.count_unread(world.database, who) == 0
    orphans = "SELECT count(*) FROM notification_steps s JOIN notifications n ON n.id = notification_id"
    assert await world.database.fetchval(orphans) == 0


async def test_a_quiet_that_ends_early_ends_for_what_waits(world: World) -> None:
    await mail_gateway(world.database)
    await choose(world, world.denis, ("message", "email", False, 120))
    await choose(world, world.claire, do_not_disturb_until=world.database.clock.now() + timedelta(days=300))
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    await wait(world, minutes=10)
    assert await sent(world.database) == []
    await choose(world, world.claire, do_not_disturb_until=None)
    await world.run_due_steps()
    assert await recipients(world.database) == ["claire@example.com"]


async def test_an_answer_that_another_worker_has_told_already_silences_the_question(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Is the garden open?")).conversation.id
    await put_off(world)
    await world.say(world.claire, place, "It is.")
    await world.react()
    await take_up(world)
    assert await bell(world, world.denis) == []


async def test_what_was_reacted_to_late_is_told_too(world: World) -> None:
    await mail_gateway(world.database)
    place = (await world.write(world.ann, world.chateau, "First words")).conversation.id
    await put_off(world)
    await world.say(world.ann, place, "Second words")
    await world.react()
    await take_up(world)
    await wait(world, minutes=6)
    for letter in await sent(world.database):
        assert "> First words" in letter["text"]
        assert "> Second words" in letter["text"]


async def test_what_is_left_when_the_first_words_are_gone_waits_its_own_time(world: World) -> None:
    await mail_gateway(world.database)
    await choose(world, world.denis, ("message", "email", False, 120))
    first = (await world.write(world.ann, world.chateau, "Oops")).message
    await world.react()
    world.database.clock.move(timedelta(minutes=4))
    await world.say(world.ann, first.conversation_id, "Is the garden open?")
    await world.react()
    await conversations.delete_message(world.database, world.ann.person_id, first.conversation_id, first.id)
    await wait(world, minutes=2)
    assert await sent(world.database) == [], "the app comes first for this one, too"
    await wait(world, minutes=4)
    assert ["> Is the garden open?" in row["text"] for row in await sent(world.database)] == [True]


async def test_of_very_many_messages_the_newest_are_told_until_the_last_is_read(world: World) -> None:
    await mail_gateway(world.database)
    place = (await world.write(world.ann, world.chateau, "Number 1")).conversation.id
    await asyncio.gather(*(world.say(world.ann, place, f"Number {number}") for number in range(2, 231)))
    await world.react()
    assert await titles(world, world.claire) == ["Ann wrote 200 messages to Château de Vaux-le-Vicomte"]
    await conversations.mark_read(world.database, world.claire.card, place, 228)
    assert await titles(world, world.claire) == ["Ann wrote 2 messages to Château de Vaux-le-Vicomte"]
    await wait(world, minutes=6)
    letter = next(row for row in await sent(world.database) if row["recipient"] == "claire@example.com")
    assert letter["text"].count("> Number") == 2, "what was read is not told again"


async def test_an_address_in_wide_characters_is_written_to_in_plain_ones(world: World) -> None:
    await mail_gateway(world.database)
    await world.database.execute(
        "UPDATE people SET email = 'claire＠example.com' WHERE id = $1", world.claire.person_id
    )
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    await wait(world, minutes=6)
    assert sorted(await recipients(world.database)) == ["claire@example.com", "denis@example.com"]


async def test_statements_of_a_batch_do_not_grow_with_it(world: World) -> None:
    for who in (world.ann, world.ben):
        await world.write(who, world.chateau, "Hello")
    await world.react()
    counts: list[int] = []
    for number in (1, 20):
        for _ in range(number):
            await world.write(world.ann, world.chateau, "Hello again")
            await world.write(world.ben, world.chateau, "Hello again")
        before = world.database.statements
        await world.react()
        counts.append(world.database.statements - before)
    assert counts[1] - counts[0] <= 2, "forty messages cost what two do"
