"""What is announced: with the commit or after it, never without it, and not lost when a process ends."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from estafette.base import pending_reactions
from estafette.base.bus import event
from estafette.base.changes import Change, append
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.postgres_bus import PostgresBus
from tests.waiting import eventually


async def listener(dsn: str) -> tuple[PostgresBus, list[Any]]:
    """Another process that hears `news`."""
    bus, heard = PostgresBus(dsn), list[Any]()
    bus.on("news", lambda data: heard.append(msgspec.json.decode(data)))
    await bus.start()
    return bus, heard


async def until(heard: list[Any], wanted: list[Any]) -> None:
    await eventually(lambda: heard == wanted, lambda: heard)


async def test_what_was_announced_is_heard_after_the_commit_and_not_after_a_failure(
    database: Database, dsn: str
) -> None:
    other, heard = await listener(dsn)
    async with database.transaction() as transaction:
        transaction.announce(event("news", 1))
        # What was said later and elsewhere is heard before it.
        database.bus.publish(event("news", "meanwhile"))
        await until(heard, ["meanwhile"])
    with pytest.raises(ZeroDivisionError):
        await announce_and_fail(database)
    database.bus.publish(event("news", "in the end"))
    await until(heard, ["meanwhile", 1, "in the end"])
    await other.stop()


async def announce_and_fail(database: Database) -> None:
    async with database.transaction() as transaction:
        transaction.announce(event("news", 2), with_commit=True)
        raise ZeroDivisionError


async def test_what_travels_with_the_commit_needs_no_process_that_lives_on(database: Database, dsn: str) -> None:
    other, heard = await listener(dsn)
    await database.bus.stop()  # type: ignore[attr-defined] - as if this process died right after the commit
    async with database.transaction() as transaction:
        transaction.announce(event("news", "revoked"), with_commit=True)
    await until(heard, ["revoked"])
    await other.stop()


async def test_a_process_that_ends_in_good_order_says_what_it_still_had_to_say(database: Database, dsn: str) -> None:
    other, heard = await listener(dsn)
    leaving = PostgresBus(dsn)
    await leaving.start()
    leaving.publish(*(event("news", number) for number in range(300)))
    await leaving.stop()
    await until(heard, list(range(300)))
    await other.stop()


def fail(_: object) -> None:
    raise ZeroDivisionError


async def test_a_handler_that_fails_takes_no_other_event_along(database: Database, dsn: str) -> None:
    other, heard = await listener(dsn)
    other.on("bad", fail)
    database.bus.publish(event("bad", None), event("news", "good"))
    await until(heard, ["good"])
    await other.stop()


async def test_a_claim_takes_no_more_than_its_limit_whatever_the_planner_thinks(database: Database) -> None:
    await database.execute("ANALYZE pending_reactions")  # while it is empty: the planner expects next to nothing
    stream, now = new_id(), database.clock.now()
    async with database.transaction() as transaction:
        await append(transaction, [Change(stream, number, "opened", stream, now) for number in range(1, 501)])
    async with database.transaction() as transaction:
        assert len(await pending_reactions.claim(transaction, 200)) == 200
    assert await pending_reactions.waiting(database) == 300


async def test_what_failed_is_put_off_longer_each_time_and_at_last_left_to_a_person(database: Database) -> None:
    stream = new_id()
    async with database.transaction() as transaction:
        await append(transaction, [Change(stream, 1, "opened", stream, database.clock.now())])
    delays: list[timedelta] = []
    for _ in range(pending_reactions.ATTEMPTS):
        [row] = await database.fetch("SELECT id FROM pending_reactions")
        await pending_reactions.postpone(database, [row["id"]], "ValueError: no")
        delays.append(
            await database.fetchval(
                "SELECT date_trunc('second', not_before - now() + interval '0.5 s') FROM pending_reactions"
            )
        )
    assert delays == sorted(delays)
    assert delays[-1] <= timedelta(minutes=10)
    assert (await pending_reactions.waiting(database), await pending_reactions.stuck(database)) == (0, 1)


async def test_what_was_put_off_comes_after_what_never_was(database: Database) -> None:
    stream = new_id()
    async with database.transaction() as transaction:
        await append(
            transaction, [Change(stream, number, "opened", stream, database.clock.now()) for number in range(1, 101)]
        )
    ids = [row["id"] for row in await database.fetch("SELECT id FROM pending_reactions ORDER BY id LIMIT 99")]
    await pending_reactions.postpone(database, ids, "ValueError: no")
    await database.execute("UPDATE pending_reactions SET not_before = now() WHERE not_before > now()")
    async with database.transaction() as transaction:
        [(_, change)] = await pending_reactions.claim(transaction, 1)
        assert change.number == 100
        [(_, change)] = await pending_reactions.claim(transaction, 1)
        assert change.number == 1
