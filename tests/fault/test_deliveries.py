"""Twenty thousand messages through kills of workers and of the database: none lost, none sent twice."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from estafette import deliveries
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.vault import open_vault
from estafette.deliveries.credentials import seal
from estafette.deliveries.store import dispatchers
from estafette.main.database import open_database
from tests.deliveries import ANN, add_gateway, text_message
from tests.fault.trying_again import Attempts, Return
from tests.processes import Installation, Running, free_port, installation
from tests.waiting import PATIENCE, eventually

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]

MESSAGES, SENDERS = 20_000, 200
WINDOW, LINKS = 50, 2
A_SECOND = 700.0
# The worker of the installation, our own one, or PostgreSQL with everything that hangs on it; and what has to go on
# before: that we take messages, or that they are carried to the gateway. After the second both links belong to the dead
# for fifteen seconds; nothing is carried meanwhile.
KILLS = [
    ("worker", "carried"),
    ("ours", "carried"),
    ("postgres", "taken"),
    ("ours", "taken"),
    ("worker", "taken"),
    ("ours", "taken"),
    ("postgres", "carried"),
    ("ours", "carried"),
]
SHARE = 2_000
"""Messages that are let in between two kills; the second comes after at least half as many."""


async def test_twenty_thousand_messages_survive_kills() -> None:
    async with (
        installation("--workers", 1) as here,
        smsc() as gateway,
        open_database(here.dsn(), size=4) as database,
    ):
        ours = Running("worker", "--data", here.data, ESTAFETTE_DATABASE_URL=here.dsn())
        try:
            gateway_id = await set_up(database, here, gateway.port)
            sending = Sending(database)
            sent = asyncio.create_task(sending.send_all())
            await kill_all(database, here, ours, gateway, sending, sent)
            await sent
            await until_all_have_ended(database, ours, here)
        finally:
            await ours.stop()
        await nothing_lost_nothing_sent_twice(database, gateway_id, gateway.logged())


class Smsc:
    """The gateway in a process of its own, which remembers on the disk what it accepted."""

    def __init__(self, folder: Path) -> None:
        self.port, self._log = free_port(), folder / "log"
        command = [sys.executable, "-m", "tests.deliveries.smpp.smsc", str(self.port), str(self._log)]
        options = ["--early", "0.05", "--doubled", "0.05", "--failed", "0.01"]
        self.process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"
        self._reading = self._log.open("rb")
        self._accepted = 0

    def accepted(self) -> int:
        """How many messages it has accepted by now."""
        self._accepted += self._reading.read().count(b"\n")
        return self._accepted

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reading.close()

    def logged(self) -> Counter[str]:
        """How often each text was accepted."""
        return Counter(msgspec.json.decode(line)["text"] for line in self._log.read_bytes().splitlines())


@asynccontextmanager
async def smsc() -> AsyncGenerator[Smsc, None]:
    with tempfile.TemporaryDirectory(prefix="est-smsc-") as folder:
        started = Smsc(Path(folder))
        try:
            yield started
        finally:
            started.stop()


async def set_up(database: Database, here: Installation, port: int) -> UUID:
    """The gateway, after both workers have come: each of them has one of its links."""

    async def both_are_there() -> bool:
        return await dispatchers.alive(database) == LINKS

    await eventually(both_are_there, lambda: here.output[-3_000:])
    gateway_id = await add_gateway(
        database,
        transport="smpp",
        enabled=False,
        settings={"host": "127.0.0.1", "port": port, "window": WINDOW},
        segments_per_second=A_SECOND,
        links=LINKS,
    )
    sealed = seal(open_vault(here.data), gateway_id, {"system_id": "us"})
    await database.execute("UPDATE gateways SET credentials = $2, enabled = true WHERE id = $1", gateway_id, sealed)
    return gateway_id


class Sending:
    """Messages that are sent by many at once, no more of them than were let in."""

    def __init__(self, database: Database) -> None:
        self._acceptor = deliveries.Acceptor(database)
        self._database = database
        self._back = Return(partial(can_be_asked, database))
        self._left = iter(range(MESSAGES))
        self._permits = asyncio.Semaphore(0)
        self.accepted = 0

    def let_in(self, count: int) -> None:
        for _ in range(count):
            self._permits.release()

    async def send_all(self) -> None:
        """Everything is accepted, whatever happens meanwhile: each with a key, again and again."""
        await asyncio.gather(*(self._send() for _ in range(SENDERS)))

    async def _send(self) -> None:
        for number in self._left:
            await self._permits.acquire()
            attempts = Attempts(self._back)
            while True:
                try:
                    await self._acceptor.accept(text_message(f"message {number}", key=str(number)))
                    break
                except DATABASE_IS_AWAY:
                    await attempts.next()
            self.accepted += 1


async def can_be_asked(database: Database) -> bool:
    return await asked(database, "SELECT true")


async def some_wait(database: Database) -> bool:
    return await asked(database, "SELECT EXISTS (SELECT FROM deliveries WHERE status = 'CREATED')")


async def all_have_ended(database: Database) -> bool:
    return await asked(database, "SELECT NOT EXISTS (SELECT FROM deliveries WHERE status IN ('CREATED', 'SENT'))")


async def asked(database: Database, question: str) -> bool:
    """The answer; no, while the database is away."""
    try:
        return await database.fetchval(question)
    except DATABASE_IS_AWAY:
        return False


async def kill_all(
    database: Database,
    here: Installation,
    ours: Running,
    gateway: Smsc,
    sending: Sending,
    sent: "asyncio.Task[None]",
) -> None:
    """Kills one after the other, each when so many messages more have gone on since the last."""
    sending.let_in(MESSAGES - SHARE * (len(KILLS) - 1))
    await eventually(partial(all_submit, database), lambda: (ours.output[-3_000:], here.output[-3_000:]))
    await until_more(gateway.accepted)
    gateway.process.send_signal(signal.SIGSTOP)
    # The first dies while the gateway is silent: what it had submitted by then has no answer, for certain.
    await eventually(partial(all_submit, database))
    await kill(here, KILLS[0][0])
    gateway.process.send_signal(signal.SIGCONT)
    for victim, progress in KILLS[1:]:
        sending.let_in(SHARE)
        if sent.done():
            await sent  # somebody has failed
        await until_more(gateway.accepted if progress == "carried" else lambda: sending.accepted)
        # Nobody is killed when all is over.
        await eventually(partial(some_wait, database))
        if victim == "ours":
            ours.kill()
            ours.again()
        else:
            await kill(here, victim)


async def until_more(count: Callable[[], int]) -> None:
    """Waits until a count has grown, by one number or another."""
    wanted = count() + random.randint(SHARE // 2, SHARE)
    await eventually(lambda: count() >= wanted, lambda: (count(), wanted))


async def all_submit(database: Database) -> bool:
    """Whether each of the workers holds a link, has been let in and is submitting something."""
    return await database.fetchval(
        """
        SELECT count(DISTINCT dispatcher_id) = $1 AND bool_and(dispatcher_id IN (
            SELECT dispatcher_id FROM delivery_queue WHERE dispatcher_id IS NOT NULL
        )) FROM gateway_links
        """,
        LINKS,
    )


async def kill(here: Installation, kind: str) -> None:
    """Kills the oldest process of a kind, waiting until there is one."""
    os.kill(min(await eventually(lambda: here.members(kind), lambda: here.output)), signal.SIGKILL)


async def until_all_have_ended(database: Database, ours: Running, here: Installation) -> None:
    """Waits until nothing is under way any more; who died is found out fifteen seconds later."""
    await eventually(
        partial(all_have_ended, database),
        lambda: (ours.output[-3_000:], here.output[-3_000:]),
        patience=10 * PATIENCE,
    )


async def nothing_lost_nothing_sent_twice(database: Database, gateway_id: UUID, logged: Counter[str]) -> None:
    twice = {text: count for text, count in logged.items() if count > 1}
    assert twice == {}
    rows = await database.fetch("SELECT id, text, status, events FROM deliveries WHERE owner_id = $1", ANN)
    assert sorted(row["text"] for row in rows) == sorted(f"message {number}" for number in range(MESSAGES))
    by_status = {
        status: {row["text"] for row in rows if row["status"] == status} for status in {r["status"] for r in rows}
    }
    uncertain = by_status.pop("UNCERTAIN", set[str]())
    # What has a final status is exactly what the gateway accepted, except for what it accepted and nobody heard of.
    known = {text for texts in by_status.values() for text in texts}
    assert known <= logged.keys() <= known | uncertain
    assert set(by_status) == {"DELIVERED", "OPERATOR_ERROR"}
    deaths = sum(1 for victim, _ in KILLS if victim != "postgres")
    assert 0 < len(uncertain) <= deaths * WINDOW * LINKS
    assert await database.fetchval("SELECT count(*) FROM delivery_queue") == 0
    # Every step has its event, and is counted once.
    assert await database.fetchval("SELECT count(*) FROM delivery_events") == sum(row["events"] for row in rows)
    # Counted by the hour, and one may have ended meanwhile.
    counts = await deliveries.counts(database, ANN, database.clock.now() - timedelta(hours=1))
    counted = {row.status: row.count for row in counts}
    assert counted["DELIVERED"] == len(by_status["DELIVERED"])
    assert {row.gateway_id for row in counts} == {gateway_id}
