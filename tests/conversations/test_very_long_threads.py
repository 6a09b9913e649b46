"""What stands below a message is kept by steps, and what somebody follows is counted up to a limit."""

import asyncio
import random
from contextlib import AsyncExitStack
from datetime import timedelta
from uuid import UUID

import pytest

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.conversations.actions import editing, threads
from estafette.conversations.models.messages import Message
from tests.conversations.staff import Staff
from tests.conversations.threading import below, opened
from tests.world import sign_in

LONG = 3_000


async def read_so_far(database: Database, table: str) -> int:
    """How many rows of a table were read so far, as PostgreSQL counts them itself."""
    pool = database.pool
    async with AsyncExitStack() as stack:
        links = [await stack.enter_async_context(pool.acquire()) for _ in range(pool.get_max_size())]
        for link in links:
            await link.execute("SELECT pg_stat_force_next_flush()")
        await links[0].execute("SELECT pg_stat_clear_snapshot()")
        return await links[0].fetchval(
            "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = $1", table
        )


async def delete(staff: Staff, who: SignedIn, message: Message) -> None:
    """Somebody deletes what they said."""
    await editing.delete_message(staff.database, who.person_id, message.conversation_id, message.id)


async def counted(staff: Staff, thread: UUID) -> tuple[int, object, list[str]]:
    """What is to stand below a message, from all that was said in its thread."""
    rows = await staff.database.fetch(
        """
        SELECT k.name, m.created_at FROM messages m JOIN person_cards k ON k.id = m.sender_id
        WHERE m.conversation_id = $1 AND m.deleted_at IS NULL ORDER BY m.ordinal
        """,
        thread,
    )
    names = list(dict.fromkeys(row["name"] for row in rows))
    return len(rows), rows[-1]["created_at"] if rows else None, names


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_said_and_deleted_at_once_is_counted_exactly(staff: Staff, seed: int) -> None:
    chance = random.Random(seed)
    more = [await sign_in(staff.database, f"{n}@example.com", f"Person {n}", "employee") for n in range(4)]
    people = [staff.gina, staff.hugo, staff.ida, *more]
    place = await staff.group(*people)
    root = await staff.say(staff.gina, place, "Who comes?")
    thread = (await opened(staff, staff.gina, root)).id
    there: list[tuple[SignedIn, Message]] = []
    for _ in range(12):
        speakers = [chance.choice(people) for _ in range(4)]
        gone = [there.pop(chance.randrange(len(there))) for _ in range(min(len(there), chance.randrange(6)))]
        said, _ = await asyncio.gather(
            asyncio.gather(*(staff.say(who, thread, "I do") for who in speakers)),
            asyncio.gather(*(delete(staff, *each) for each in gone)),
        )
        there += zip(speakers, said, strict=True)
        found = await below(staff, staff.gina, root)
        assert found is not None
        replies, last, names = await counted(staff, thread)
        assert (found.replies, found.last_reply_at) == (replies, last)
        shown = [each.name for each in found.repliers]
        assert len(shown) == min(5, len(names)), "as many as there are to show"
        assert set(shown) <= set(names), "nobody who has no reply left"


async def test_deleting_a_reply_reads_as_little_of_a_long_thread_as_of_a_short_one(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    root = await staff.say(staff.gina, place, "Who comes?")
    thread = (await opened(staff, staff.gina, root)).id
    read: list[int] = []
    for length in (10, LONG):
        await _reply(staff, staff.hugo, thread, length)
        await staff.database.execute("ANALYZE messages")
        said = await staff.say(staff.hugo, thread, "I do")
        last = await staff.say(staff.hugo, thread, "After all")
        before = await read_so_far(staff.database, "messages")
        await delete(staff, staff.hugo, said)
        await delete(staff, staff.hugo, last)
        read.append(await read_so_far(staff.database, "messages") - before)
    assert read[1] <= read[0] + 5
    found = await below(staff, staff.gina, root)
    assert found is not None
    assert (found.replies, [each.name for each in found.repliers]) == (10 + LONG, ["Hugo"])


async def _reply(staff: Staff, who: SignedIn, thread: UUID, count: int) -> None:
    """Stores so many replies as if they had been said."""
    await staff.database.execute(
        """
        WITH there AS (SELECT last_ordinal, head FROM conversations WHERE id = $1), said AS (
            INSERT INTO messages (conversation_id, ordinal, id, number, kind, party_id, sender_id, text, created_at)
            SELECT $1, last_ordinal + n, gen_random_uuid(), head + n, 'text', $2, $2, 'I do', $4
            FROM there, generate_series(1, $3) AS n
        ), moved AS (
            UPDATE conversations SET last_ordinal = last_ordinal + $3, head = head + $3 WHERE id = $1
        )
        UPDATE threads SET replies = replies + $3, last_reply_at = $4, repliers = ARRAY[$2::uuid],
            replies_of = ARRAY[replies + $3] WHERE conversation_id = $1
        """,
        thread,
        who.person_id,
        count,
        staff.database.clock.now(),
    )


async def test_unread_threads_are_counted_among_the_thousand_in_which_one_took_part_last(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    root = await staff.say(staff.gina, place, "Who comes?")
    oldest = await opened(staff, staff.gina, root)
    await staff.say(staff.hugo, oldest.id, "I do")
    await staff.say(staff.gina, oldest.id, "Fine")
    assert (await threads.count_unread(staff.database, staff.hugo)).unread_threads == 1
    await _follow_more(staff, staff.hugo, place, LONG)
    before = await read_so_far(staff.database, "conversations")
    found = await threads.count_unread(staff.database, staff.hugo)
    assert await read_so_far(staff.database, "conversations") - before < 2_100, "the others are not looked at"
    assert (found.unread_threads, found.unread_messages) == (1_000, 1_000)
    staff.database.clock.move(timedelta(days=2))
    await staff.say(staff.gina, oldest.id, "You, too?", mentions=(staff.hugo.person_id,))
    found = await threads.count_unread(staff.database, staff.hugo)
    assert (found.unread_threads, found.mentioned) == (1_000, 1), "who is mentioned takes part again"


async def _follow_more(staff: Staff, who: SignedIn, place: UUID, count: int) -> None:
    """Lets somebody follow so many threads more, a minute later, each with one unread reply."""
    await staff.database.execute(
        """
        WITH opened AS (
            INSERT INTO conversations (id, kind, parent_id, head, opened_at, readers, last_ordinal, last_message_at)
            SELECT gen_random_uuid(), 'thread', $1, 2, $4, '{}', 1, $4 FROM generate_series(1, $3) RETURNING id
        )
        INSERT INTO memberships (conversation_id, person_id, role, level, joined_at, read_ordinal, of_thread)
        SELECT id, $2, 'member', 'all', $4, 0, true FROM opened
        """,
        place,
        who.person_id,
        count,
        staff.database.clock.now() + timedelta(minutes=1),
    )
