"""A channel of 20,000 costs what one of 3 does: rows, statements, and the bytes of hint, frame and search document."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.bus import Event
from estafette.base.changes import Hint
from estafette.conversations.actions import editing, membership, own_settings, viewing
from estafette.conversations.actions.notifying import RANGE, notify_some_later
from tests.conversations.staff import Staff
from tests.conversations.threading import opened

MANY = 20_000


async def hire_many(staff: Staff, count: int) -> list[UUID]:
    """So many employees whom nobody knows by name."""
    rows = await staff.database.fetch(
        """
        WITH person AS (
            INSERT INTO people (id, name, name_key, email, email_key, language, time_zone, created_at)
            SELECT gen_random_uuid(), 'Person ' || n, 'person ' || n, n || '@many.example', n || '@many.example', 'en',
                'UTC', now()
            FROM generate_series(1, $1) AS n RETURNING id
        ), role AS (
            INSERT INTO role_grants (person_id, role, granted_at) SELECT id, 'employee', now() FROM person
        )
        SELECT id FROM person
        """,
        count,
    )
    return [row["id"] for row in rows]


TABLES = ("messages", "changes", "participants", "memberships", "mentions", "conversations", "groups", "notifications")


async def written(staff: Staff) -> Mapping[str, int]:
    """How many rows of each table were inserted, updated or deleted so far, as PostgreSQL counts them itself."""
    pool = staff.database.pool
    async with AsyncExitStack() as stack:
        # Each connection hands in its own counts, and only when it is told to at once.
        links = [await stack.enter_async_context(pool.acquire()) for _ in range(pool.get_max_size())]
        for link in links:
            await link.execute("SELECT pg_stat_force_next_flush()")
        await links[0].execute("SELECT pg_stat_clear_snapshot()")
        rows = await links[0].fetch(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del AS rows FROM pg_stat_user_tables"
        )
    return {row["relname"]: row["rows"] for row in rows if row["relname"] in TABLES}


async def cost(staff: Staff, place: UUID, who: SignedIn, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Any]:
    """What a message, its edit, a mention and a deletion cost there, and what goes out for them."""
    hints: list[Event] = []
    before = await written(staff)
    monkeypatch.setattr(staff.database.bus, "publish", lambda *events: hints.extend(events))
    statements = staff.database.statements
    said = await staff.say(who, place, "One message about pears")
    await staff.say(who, place, "And one for you", mentions=(staff.hugo.person_id,))
    await editing.edit_message(staff.database, who.person_id, place, said.id, "One message about apples")
    await editing.delete_message(staff.database, who.person_id, place, said.id)
    statements = staff.database.statements - statements
    sizes = [len(event.data) for event in hints if event.kind == "hint"]
    reacting = staff.database.statements
    await staff.world.react()
    reacting = staff.database.statements - reacting
    monkeypatch.undo()
    seen = await viewing.conversation(staff.database, who.person_id, place)
    frames = await conversations.read_frames(staff.database, [(place, seen.number - 4, seen.number, (place,))])
    audience = await staff.database.fetchval(
        "SELECT max(cardinality(audience)) FROM search_documents WHERE container_id = $1", place
    )
    after = await written(staff)
    return {
        "rows": {table: after[table] - before[table] for table in TABLES},
        "statements": statements,
        "reacting": reacting,
        "hints": sizes,
        "frames": sum(len(frame) for _, _, frame in frames),
        "audience": audience,
    }


@pytest_asyncio.fixture
async def many(staff: Staff) -> list[UUID]:
    """Everybody else of a large organisation."""
    return await hire_many(staff, MANY)


async def test_a_message_in_a_channel_of_twenty_thousand_costs_what_one_among_three_does(
    staff: Staff, many: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = await staff.channel(staff.gina, staff.hugo, name="Small")
    await staff.invite(staff.gina, small, staff.ida)
    large = await staff.channel(staff.gina, staff.hugo, staff.ida, name="Large")
    number = (await staff.seen(staff.gina, large)).number
    await membership.invite(staff.database, staff.gina, large, many, "member")
    seen = await staff.seen(staff.gina, large)
    assert (seen.number, seen.members) == (number + 1, MANY + 3), "all of them came in one change"
    # Once each before, so that Hugo has heard of both.
    for place in (small, large):
        await cost(staff, place, staff.gina, monkeypatch)
    few = await cost(staff, small, staff.gina, monkeypatch)
    assert await cost(staff, large, staff.gina, monkeypatch) == few
    # Nor does a reply in one of its threads.
    in_threads = [
        (await opened(staff, staff.gina, await staff.say(staff.gina, place, "Fruit"))).id for place in (small, large)
    ]
    for thread in in_threads:
        await cost(staff, thread, staff.gina, monkeypatch)
    replying = [await cost(staff, thread, staff.gina, monkeypatch) for thread in in_threads]
    assert replying[0] == replying[1]
    assert (few["rows"]["messages"], few["rows"]["memberships"], few["audience"]) == (4, 2, 2)


async def test_a_mention_of_all_reaches_those_who_have_not_read_on_a_thousand_at_a_time(
    staff: Staff, many: list[UUID]
) -> None:
    place = await staff.channel(staff.gina, staff.hugo, staff.ida)
    await membership.invite(staff.database, staff.gina, place, many[: 2 * RANGE], "member")
    await own_settings.set_level(staff.database, staff.ida.person_id, place, "nothing")
    said = await staff.say(staff.gina, place, "@all come to the canteen", mentions_all=True)
    assert said.mentions_all
    await staff.read(staff.hugo, place, said.ordinal)
    await staff.world.react()
    told = "SELECT count(*) FROM notifications WHERE topic_id = $1"
    assert await staff.database.fetchval(told, place) == RANGE
    while await notify_some_later(staff.database):
        pass
    assert await staff.database.fetchval(told, place) == 2 * RANGE
    bells = await staff.database.fetchval(
        "SELECT count(*) FROM notifications WHERE topic_id = $1 AND person_id = ANY ($2)",
        place,
        [staff.gina.person_id, staff.hugo.person_id, staff.ida.person_id],
    )
    assert bells == 0, "who wrote it, who has read it and who wants nothing is not told"


async def test_what_is_deleted_is_told_no_more_a_thousand_at_a_time(staff: Staff, many: list[UUID]) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    await membership.invite(staff.database, staff.gina, place, many[: 2 * RANGE], "member")
    said = await staff.say(staff.gina, place, "@all come to the canteen", mentions_all=True)
    await staff.world.react()
    while await notify_some_later(staff.database):
        pass
    assert len(await rung(staff, place)) == 2 * RANGE + 1
    await editing.delete_message(staff.database, staff.gina.person_id, place, said.id)
    await staff.world.react()
    assert len(await rung(staff, place)) == 2 * RANGE + 1, "the deletion itself looks at nobody"
    left = []
    while await notify_some_later(staff.database):
        left.append(len(await rung(staff, place)))
    assert left == [RANGE + 1, 1, 0]


async def test_what_was_said_beside_the_deleted_is_still_told(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo, staff.ida)
    first = await staff.say(staff.gina, place, "Lunch?")
    second = await staff.say(staff.hugo, place, "At noon")
    await staff.world.react()
    everybody = {staff.gina.person_id, staff.hugo.person_id, staff.ida.person_id}
    assert await rung(staff, place) == everybody
    for message, who, left in (
        (first, staff.gina, everybody - {staff.hugo.person_id}),
        (second, staff.hugo, set[UUID]()),
    ):
        await editing.delete_message(staff.database, who.person_id, place, message.id)
        await staff.world.react()
        while await notify_some_later(staff.database):
            pass
        assert await rung(staff, place) == left


async def test_a_channel_tells_who_is_mentioned_and_who_wants_all(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo, staff.ida)
    await staff.say(staff.gina, place, "Nothing for anybody")
    await staff.world.react()
    assert await rung(staff, place) == set()
    await staff.say(staff.gina, place, "@Hugo", mentions=(staff.hugo.person_id,))
    await staff.world.react()
    assert await rung(staff, place) == {staff.hugo.person_id}
    await own_settings.set_level(staff.database, staff.ida.person_id, place, "all")
    await staff.say(staff.gina, place, "News")
    await staff.world.react()
    assert await rung(staff, place) == {staff.hugo.person_id, staff.ida.person_id}
    await staff.read(staff.ida, place, 3)
    assert await rung(staff, place) == {staff.hugo.person_id}


async def test_a_group_tells_all_of_its_members_and_a_direct_chat_the_other(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo, staff.ida)
    await staff.say(staff.gina, place, "Lunch?")
    await staff.world.react()
    assert await rung(staff, place) == {staff.hugo.person_id, staff.ida.person_id}
    await membership.remove(staff.database, staff.gina, place, staff.ida.person_id)
    assert await rung(staff, place) == {staff.hugo.person_id}


async def rung(staff: Staff, place: UUID) -> set[UUID]:
    """Whose bell shows something unread of a place."""
    rows = await staff.database.fetch(
        "SELECT person_id FROM notifications WHERE topic_id = $1 AND read_at IS NULL", place
    )
    return {row["person_id"] for row in rows}


async def test_read_positions_are_told_to_everybody_in_small_groups_only(
    staff: Staff, many: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Event] = []
    small = await staff.group(staff.gina, staff.hugo)
    large = await staff.channel(staff.gina, staff.hugo)
    await membership.invite(staff.database, staff.gina, large, many[:60], "member")
    for place in (small, large):
        await staff.say(staff.gina, place, "Hello")
    monkeypatch.setattr(staff.database.bus, "publish", lambda *events: told.extend(events))
    await staff.read(staff.hugo, small, 1)
    await staff.read(staff.hugo, large, 1)
    frames = [
        bytes(each.data).decode() for each in told if each.kind == "frame" and '"read"' in bytes(each.data).decode()
    ]
    assert [str(small) in each.partition("frame")[0] for each in frames] == [True, False]
    assert str(staff.hugo.person_id) in frames[1].partition("frame")[0], "one's own devices"
    assert [each.person.name for each in (await staff.seen(staff.gina, small)).reads] == ["Hugo"]
    assert (await staff.seen(staff.gina, large)).reads == []
    [message] = (await conversations.history(staff.database, staff.gina.person_id, large)).items
    seen = await viewing.seen_by(staff.database, staff.gina.person_id, large, message.id)
    assert [each.person.name for each in seen] == ["Hugo"]


async def test_a_hint_is_small_whatever_the_kind() -> None:
    one = UUID(int=1)
    assert len(Hint("conversation", one, 1, 2, (one, one)).event().data) < 300
