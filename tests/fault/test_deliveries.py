"""Twenty thousand messages through kills of workers and of the database: none lost, none sent twice."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from estafette import deliveries
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.vault import open_vault
from estafette.deliveries.credentials import seal
from estafette.main.opening import open_database
from tests.deliveries import ANN, add_gateway, text_message
from tests.processes import Installation, Running, free_port, installation

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]

MESSAGES, SENDERS = 20_000, 200
WINDOW, LINKS = 50, 2
A_SECOND = 700.0
# The worker of the installation, our own one, or PostgreSQL with everything that hangs on it.
KILLS = ["worker", "ours", "postgres", "ours", "worker", "ours", "postgres", "ours"]
BETWEEN_KILLS = 3.5


async def test_twenty_thousand_messages_survive_kills() -> None:
    async with (
        installation("--workers", 1) as here,
        smsc() as gateway,
        open_database(here.dsn(), size=4) as database,
    ):
        gateway_id = await set_up(database, here, gateway.port)
        ours = Running("worker", "--data", here.data, ESTAFETTE_DATABASE_URL=here.dsn())
        try:
            sending = asyncio.create_task(send_all(database))
            waiting_at_kills = await kill_all(database, here, ours, gateway)
            await sending
            await until_all_have_ended(database, ours, here)
        finally:
            await ours.stop()
        # Nobody was killed when all was over.
        assert min(waiting_at_kills) > 0
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
            started.process.kill()
            started.process.wait()


async def set_up(database: Database, here: Installation, port: int) -> UUID:
    vault = open_vault(here.data)
    gateway_id = await add_gateway(
        database,
        transport="smpp",
        settings={"host": "127.0.0.1", "port": port, "window": WINDOW},
        segments_per_second=A_SECOND,
        links=LINKS,
    )
    sealed = seal(vault, gateway_id, {"system_id": "us"})
    await database.execute("UPDATE gateways SET credentials = $2 WHERE id = $1", gateway_id, sealed)
    return gateway_id


async def send_all(database: Database) -> None:
    """Everything is accepted, whatever happens meanwhile: each with a key, again and again."""
    acceptor = deliveries.Acceptor(database)
    left = iter(range(MESSAGES))

    async def send() -> None:
        for number in left:
            while True:
                try:
                    await acceptor.accept(text_message(f"message {number}", key=str(number)))
                    break
                except DATABASE_IS_AWAY:
                    await asyncio.sleep(random.uniform(0.1, 0.5))

    await asyncio.gather(*(send() for _ in range(SENDERS)))


async def kill_all(database: Database, here: Installation, ours: Running, gateway: Smsc) -> list[int]:
    """Kills one after the other; returns how many messages had not gone out each time."""
    waiting: list[int] = []
    # By then whoever holds a link has been let in.
    await until_all_submit(database)
    await asyncio.sleep(BETWEEN_KILLS)
    gateway.process.send_signal(signal.SIGSTOP)
    # The first dies while the gateway is silent: what it had submitted by then has no answer, for certain.
    await until_all_submit(database)
    await kill(here, KILLS[0])
    gateway.process.send_signal(signal.SIGCONT)
    for victim in KILLS[1:]:
        await asyncio.sleep(random.uniform(0.5, 1) * BETWEEN_KILLS)
        waiting.append(MESSAGES - await gone_out(database))
        if victim == "ours":
            ours.kill()
            ours.again()
        else:
            await kill(here, victim)
    return waiting


async def until_all_submit(database: Database) -> None:
    """Waits until everybody who holds a link is submitting something."""
    async with asyncio.timeout(40):
        while not await database.fetchval(  # noqa: ASYNC110 - no event tells it
            """
            SELECT count(*) > 0 AND bool_and(dispatcher_id IN (
                SELECT dispatcher_id FROM delivery_queue WHERE dispatcher_id IS NOT NULL
            )) FROM gateway_links
            """
        ):
            await asyncio.sleep(0.05)


async def gone_out(database: Database) -> int:
    """How many messages are not waiting any more."""
    while True:
        try:
            return await database.fetchval("SELECT count(*) FROM deliveries WHERE status <> 'CREATED'")
        except DATABASE_IS_AWAY:
            await asyncio.sleep(0.05)


async def kill(here: Installation, kind: str) -> None:
    """Kills the oldest process of a kind, waiting until there is one."""
    async with asyncio.timeout(40):
        while not (found := here.members(kind)):  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.05)
    os.kill(min(found), signal.SIGKILL)


async def until_all_have_ended(database: Database, ours: Running, here: Installation) -> None:
    """Waits until nothing is under way any more; who died is found out fifteen seconds later."""
    deadline = time.monotonic() + 90
    while True:
        try:
            left = await database.fetchval("SELECT count(*) FROM deliveries WHERE status IN ('CREATED', 'SENT')")
        except DATABASE_IS_AWAY:
            left = -1
        if left == 0:
            return
        assert time.monotonic() < deadline, (left, ours.output[-3_000:], here.output[-3_000:])
        await asyncio.sleep(0.25)


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
    deaths = sum(1 for each in KILLS if each != "postgres")
    assert 0 < len(uncertain) <= deaths * WINDOW * LINKS
    assert await database.fetchval("SELECT count(*) FROM delivery_queue") == 0
    # Every step has its event, and is counted once.
    assert await database.fetchval("SELECT count(*) FROM delivery_events") == sum(row["events"] for row in rows)
    counts = await deliveries.counts(database, ANN, database.clock.now())
    counted = {row.status: row.count for row in counts}
    assert counted["DELIVERED"] == len(by_status["DELIVERED"])
    assert {row.gateway_id for row in counts} == {gateway_id}
