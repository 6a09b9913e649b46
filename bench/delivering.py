"""Messages per second from the queue to DELIVERED, through an SMPP gateway with receipts, each step durable."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from bench.gateways import empty_queue, new_gateway
from bench.installation import free_port
from bench.limits import delivery_rows
from bench.limits.pgbench import Pgbench
from bench.stage import Stage
from bench.table import Figure, Runs
from bench.world import Somebody, new_people

MESSAGES = 20_000
LONGEST_SECONDS = 120.0


async def measure(stage: Stage) -> list[Figure]:
    """How fast waiting messages come to their final status; the gateway's process shares the machine."""
    [root] = await new_people(stage.database, 1, "administrator")
    [owner] = await new_people(stage.database, 1, "service")
    runs = Runs()
    async with (
        counterpart() as other,
        Pgbench.prepared(stage.server.dsn, delivery_rows.TABLES, delivery_rows.SCRIPT) as pgbench,
    ):
        for _ in stage.rounds("delivering"):
            limit = await pgbench.rate(clients=32, seconds=4.0)
            gateway = await new_gateway(stage.server.port, root, port=other.port)
            await fill_queue(stage.database, owner, MESSAGES)
            runs.add(await delivered_per_second(stage.database, MESSAGES), limit)
            await gateway.remove()
            await empty_queue(stage.database)
    return [
        Figure(
            name="SMS to DELIVERED/s, through SMPP",
            runs=runs,
            limit="pgbench -c 32 -M prepared: BEGIN, the two rows of a new message, COMMIT",
            unit="/s",
            aim=("≥", 1_500),
            aim_is_absolute=True,
            context=f"{MESSAGES:,} waiting messages, one worker, a receipt for each, the gateway included",
        )
    ]


@dataclass(frozen=True)
class Counterpart:
    """A gateway of telephones: its port, and the file that has a line for every message it took."""

    port: int
    log: Path


@asynccontextmanager
async def counterpart(*options: str) -> AsyncGenerator[Counterpart, None]:
    """A gateway in a process of its own that accepts everything and sends a receipt for it."""
    with tempfile.TemporaryDirectory(prefix="estafette-bench-") as folder, free_port() as port:
        log = Path(folder) / "log"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.deliveries.smpp.smsc", str(port), str(log), *options),
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            if process.stdout is not None:
                async with asyncio.timeout(10):
                    await process.stdout.readline()
            yield Counterpart(port, log)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def fill_queue(database: asyncpg.Connection, owner: Somebody, messages: int) -> None:
    """Lets so many messages wait, as if they had been accepted a moment ago."""
    await database.execute(
        """
        WITH accepted AS (
            INSERT INTO deliveries (owner_id, channel, urgency, sender, recipient, text, encoding, segments, created_at,
                changed_at, send_at, expires_at)
            SELECT $1, 'sms', 1, 'Something', '+5548' || (99000000 + n), 'Your table is booked for eight, see you.',
                'gsm7', 1, now(), now(), now(), now() + interval '48 hours'
            FROM generate_series(1, $2::integer) AS n
            RETURNING id
        )
        INSERT INTO delivery_queue (delivery_id, lane, urgency, not_before, expires_at, segments)
        SELECT id, 'sms', 1, now(), now() + interval '48 hours', 1 FROM accepted
        """,
        owner.id,
        messages,
        timeout=300,
    )


async def delivered_per_second(database: asyncpg.Connection, messages: int) -> float:
    """From the first submission to the last DELIVERED, as the database has it."""
    await until_delivered(database, messages)
    seconds: Any = await database.fetchval(
        """
        SELECT extract(epoch FROM max(e.at) - (SELECT min(started_at) FROM delivery_attempts))::float8
        FROM delivery_events e WHERE e.status = 'DELIVERED'
        """
    )
    return messages / float(seconds)


async def until_delivered(database: asyncpg.Connection, messages: int) -> None:
    """Waits until so many messages are DELIVERED; raises RuntimeError when that takes too long."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST_SECONDS
    while await _delivered(database) < messages:
        if loop.time() > end:
            found = await database.fetch("SELECT status, count(*) FROM deliveries GROUP BY status ORDER BY status")
            states = ", ".join(f"{row['count']} {row['status']}" for row in found)
            raise RuntimeError(f"not all messages were delivered in time: {states}")
        await asyncio.sleep(0.25)


async def _delivered(database: asyncpg.Connection) -> int:
    found: Any = await database.fetchval("SELECT count(*) FROM delivery_events WHERE status = 'DELIVERED'")
    return int(found)
