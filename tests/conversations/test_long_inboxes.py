"""What is unread in a very long inbox is found without walking through all of it, whatever happened meanwhile."""

import random
from datetime import timedelta
from uuid import UUID

import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.conversations.actions import inboxes, reading, unread_marks
from estafette.conversations.store import conversations as store
from tests.conversations.test_very_long_threads import read_so_far
from tests.world import World, sign_in

LONG = 3_000


async def unread(world: World, who: SignedIn, *, archived: bool = False, limit: int = 30) -> list[UUID]:
    """What somebody has not read in the inbox of the château, page by page."""
    found: list[UUID] = []
    before = None
    while True:
        page, before = await conversations.list_conversations(
            world.database, who, side=str(world.chateau), unread=True, archived=archived, before=before, limit=limit
        )
        found += [each.id for each in page]
        if before is None:
            return found


async def walked(database: Database, who: SignedIn, party: UUID, *, archived: bool) -> list[UUID]:
    """The same, looked for in all of it."""
    rows = await store.list_two_sided(database, who.person_id, party_id=party, unread=True, archived=archived)
    return [row["conversation"] for row in rows]


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_happens_all_that_is_unread_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(inboxes, "FAR", 3)
    chance, database, me = random.Random(seed), world.database, world.denis
    customers = [await sign_in(database, f"{n}@example.com", f"Customer {n}") for n in range(7)]
    last = [(await world.write(each, world.chateau, "Hello")).message for each in customers]
    for _ in range(60):
        number = chance.randrange(len(customers))
        customer, said = customers[number], last[number]
        place = said.conversation_id
        match chance.choices(("write", "read", "back", "mark", "archive", "delete", "wait"), (5, 9, 2, 1, 1, 1, 4))[0]:
            case "write":
                last[number] = await world.say(customer, place, "More")
            case "read":
                await conversations.mark_read(database, me.card, place, said.ordinal)
            case "back":
                await reading.move_back(database, me.card, place, said.ordinal - 1)
            case "mark":
                await unread_marks.mark_unread(database, me.person_id, place)
            case "archive":
                await conversations.archive(database, me.person_id, place)
            case "delete":
                await conversations.delete_message(database, customer.person_id, place, said.id)
            case _:
                database.clock.move(timedelta(minutes=10))
        for archived in (False, True):
            expected = await walked(database, me, world.chateau, archived=archived)
            assert await unread(world, me, archived=archived, limit=chance.choice((1, 2, 30))) == expected


async def test_where_all_was_read_before_nothing_is_looked_at_again(world: World) -> None:
    await _fill(world, world.denis)
    first = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    world.database.clock.move(timedelta(hours=1))
    assert await unread(world, world.denis) == [first]
    before = await read_so_far(world.database, "participants")
    assert await unread(world, world.denis) == [first]
    assert await read_so_far(world.database, "participants") - before < 100
    later = (await world.write(world.ben, world.chateau, "Good evening")).conversation.id
    assert await unread(world, world.denis) == [later, first]
    assert len(await unread(world, world.claire)) == LONG + 2, "a colleague has read none of it"


async def _fill(world: World, reader: SignedIn) -> None:
    """Lets so many customers have written an hour ago, and somebody have read it all."""
    await world.database.execute(
        """
        WITH given AS (
            SELECT gen_random_uuid() AS id, gen_random_uuid() AS customer,
                $4::timestamptz - n * interval '1 second' AS at
            FROM generate_series(1, $3) AS n
        ), person AS (
            INSERT INTO people (id, name, name_key, email, email_key, language, time_zone, created_at)
            SELECT customer, 'Customer', 'customer', id || '@many.example', id || '@many.example', 'en', 'UTC', at
            FROM given
        ), place AS (
            INSERT INTO conversations (id, kind, head, opened_at, readers, last_ordinal, last_message_at)
            SELECT id, 'storefront', 2, at, ARRAY[customer, $1::uuid], 1, at FROM given
        ), said AS (
            INSERT INTO messages (conversation_id, ordinal, id, number, kind, party_id, sender_id, text, created_at)
            SELECT id, 1, gen_random_uuid(), 2, 'text', customer, customer, 'Hello', at FROM given
        ), sides AS (
            INSERT INTO participants (conversation_id, party_id, role, sent, last_message_at)
            SELECT id, customer, 'customer', 1, at FROM given UNION ALL SELECT id, $1, 'partner', 0, at FROM given
        ), storefront AS (
            INSERT INTO storefronts (customer_id, partner_id, conversation_id) SELECT customer, $1, id FROM given
        )
        INSERT INTO reads (conversation_id, person_id, party_id, ordinal, counted, others_read, at)
        SELECT id, $2, $1, 1, 1, 1, at FROM given
        """,
        world.chateau,
        reader.person_id,
        LONG,
        world.database.clock.now() - timedelta(hours=1),
    )
    await world.database.execute("ANALYZE")
