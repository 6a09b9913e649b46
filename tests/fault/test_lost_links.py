"""Links to the database break, processes die between commit and hint: hints arrive all the same."""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg
import msgspec
import pytest

from estafette.base import pending_reactions
from estafette.base.bus import Event, event
from estafette.base.changes import HINT, Change, Hint
from estafette.base.database import Database, Transaction
from estafette.base.postgres_bus import PostgresBus
from estafette.main.reactions import reactions
from estafette.worker import react
from tests.waiting import eventually
from tests.world import ORIGIN, World


async def cut_links(dsn: str) -> None:
    """Ends every connection of a bus to this database, as a restart of the server would."""
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'estafette bus'
        """
    )
    await connection.close()


async def test_a_bus_whose_links_were_cut_tells_of_the_gap_and_goes_on(dsn: str) -> None:
    bus = PostgresBus(dsn)
    heard: list[int] = []
    gaps: list[None] = []
    bus.on("n", lambda data: heard.append(msgspec.json.decode(data)))
    bus.on_gap(lambda: gaps.append(None))
    await bus.start()
    bus.publish(event("n", 1))
    await eventually(lambda: heard == [1])
    await cut_links(dsn)
    await eventually(lambda: gaps and bus.listening)
    bus.publish(event("n", 2))
    await eventually(lambda: heard == [1, 2])
    await bus.stop()


async def test_a_bus_outlives_what_no_list_of_exceptions_foresees(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bus = PostgresBus(dsn)
    heard: list[int] = []
    bus.on("n", lambda data: heard.append(msgspec.json.decode(data)))
    await bus.start()
    connect, troubles = bus._connect, [asyncpg.InternalClientError("cut"), RuntimeError("the handler is closed")] * 2

    async def struggle() -> Any:
        if troubles:
            raise troubles.pop()
        return await connect()

    monkeypatch.setattr(bus, "_connect", struggle)
    await cut_links(dsn)
    bus.publish(event("n", 1))
    await eventually(lambda: not troubles and bus.listening and bus._idle.is_set())
    bus.publish(event("n", 2))
    await eventually(lambda: 2 in heard)
    await bus.stop()


async def test_hints_wait_while_they_cannot_go_out(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    speaking, hearing = PostgresBus(dsn), PostgresBus(dsn)
    heard: list[int] = []
    hearing.on("n", lambda data: heard.append(msgspec.json.decode(data)))
    await speaking.start()
    await hearing.start()
    connect, tries = speaking._connect, list[None]()

    async def count_tries() -> Any:
        tries.append(None)
        return await connect()

    monkeypatch.setattr(speaking, "_connect", count_tries)
    real, speaking._dsn = speaking._dsn, "postgresql://nobody@127.0.0.1:1/nothing"
    for number in range(50):
        speaking.publish(event("n", number))
    await eventually(lambda: len(tries) >= 3)
    assert heard == []
    speaking._dsn = real
    await eventually(lambda: heard == list(range(50)))
    await speaking.stop()
    await hearing.stop()


async def test_a_bus_that_stopped_leaves_no_connection_behind(dsn: str, server: str) -> None:
    bus = PostgresBus(dsn)
    await bus.start()
    bus.publish(event("n", 1))
    await eventually(bus._idle.is_set)
    await bus.stop()
    looking = await asyncpg.connect(server)
    connections = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'estafette bus'"

    async def is_alone() -> bool:
        return not await looking.fetchval(connections, name_of(dsn))

    await eventually(is_alone)
    await looking.close()


def name_of(dsn: str) -> str:
    """The database that an address leads to."""
    return dsn.partition("?")[0].rsplit("/", 1)[1]


class DeafAndDumb:
    """The bus of a process that dies between its commit and its hints."""

    def publish(self, *events: Event) -> None:
        pass

    async def enclose(self, execute: Any, *events: Event) -> None:
        pass

    def on(self, kind: str, handle: Any) -> None:
        pass

    def on_gap(self, handle: Any) -> None:
        pass


async def test_a_process_that_dies_between_commit_and_hint_is_made_up_for(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    heard: list[Hint] = []

    def hear(data: msgspec.Raw) -> None:
        hint = msgspec.json.decode(data, type=Hint)
        # Those of how the world began may still be on their way.
        if hint.stream == place:
            heard.append(hint)

    world.database.bus.on(HINT, hear)
    bus, world.database.bus = world.database.bus, DeafAndDumb()
    for number in range(3):
        await world.say(world.claire, place, f"{number}")
    world.database.bus = bus
    stop = asyncio.Event()
    working = asyncio.create_task(react(world.database, reactions(ORIGIN), stop))
    # The three changes come as one hint, or as several when they were found one after the other.
    await eventually(lambda: heard and heard[-1].until == 6)
    hint = heard[-1]
    assert set(hint.topics) == {world.ann.person_id, world.chateau}
    stop.set()
    await working


async def test_a_worker_outlives_a_database_that_goes_down_and_comes_back(world: World) -> None:
    troubles: list[Exception] = [
        asyncpg.exceptions.AdminShutdownError("terminating connection due to administrator command"),
        asyncpg.exceptions.CannotConnectNowError("the database system is starting up"),
        asyncpg.exceptions.CrashShutdownError("terminating connection because of crash of another server process"),
        asyncpg.exceptions.TooManyConnectionsError("sorry, too many clients already"),
        ConnectionRefusedError(),
    ]

    async def struggle(_: Transaction, changes: Sequence[Change]) -> None:
        if troubles:
            raise troubles.pop()

    await world.write(world.ann, world.chateau, "Hello")
    stop = asyncio.Event()
    working = asyncio.create_task(react(world.database, {"message_sent": (struggle,)}, stop))

    async def all_done() -> bool:
        assert not working.done()
        return not await waiting(world.database)

    await eventually(all_done)
    # It was nobody's fault: no attempt was counted against the change.
    assert troubles == []
    stop.set()
    await working


async def waiting(database: Database) -> int:
    return await pending_reactions.waiting(database) + await pending_reactions.stuck(database)
