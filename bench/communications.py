"""Campaigns of a million: preparing them, stopping them, sharing a gateway, and what goes before them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any
from uuid import UUID

from bench.campaigns import LETTER, TEXT, Campaigns
from bench.delivering import counterpart
from bench.gateways import add_gateway, new_gateway
from bench.installation import HOST
from bench.latency import percentile
from bench.mail_sink import letters_per_second, mail_sink
from bench.memory import bytes_of
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Somebody, new_people, settle

CLIENTS = 1_000_000
LETTERS, CONNECTIONS = 20_000, 50
WARM_UP, SHARED_SECONDS, SINK_SECONDS = 4.0, 10.0, 4.0
LOOKS = 100
# So slow that next to nobody is handed over.
HELD = {"per_minute": 1}


async def measure(stage: Stage) -> list[Figure]:
    """What is measured of campaigns, one thing after the other."""
    [root] = await new_people(stage.database, 1, "administrator")
    campaigns = Campaigns(stage.database, stage.server.port, root)
    try:
        return [
            *await _preparing(stage, campaigns),
            *await _running(stage, campaigns, root),
            await _letters(stage, campaigns, root),
        ]
    finally:
        await campaigns.forget()
        await stage.database.execute("TRUNCATE clients CASCADE")
        await campaigns.close()


async def _preparing(stage: Stage, campaigns: Campaigns) -> list[Figure]:
    say(f"communications: {CLIENTS:,} clients")
    await campaigns.register(CLIENTS)
    prepared, grown = Runs(), Runs()
    for _ in stage.rounds("communications, preparing"):
        await campaigns.forget()
        await settle(stage.database)
        worker = stage.server.worker_pid
        before = bytes_of(worker) if worker else 0
        id_ = await campaigns.start(schedule=HELD)
        await campaigns.until(id_, "running")
        seconds = await _prepared_in(stage, id_)
        prepared.add(CLIENTS / seconds, CLIENTS / await _bare(stage, id_))
        if worker:
            grown.add((bytes_of(worker) - before) / 1_000_000, 100)
        await campaigns.do(id_, "pause")
    figures = [
        Figure(name="Recipients prepared/s", runs=prepared, limit="INSERT … SELECT of the same rows, same indexes",
               aim=("≥", 0.5), context=f"{CLIENTS:,} clients, one channel, counted, each stretch durable"),
    ]  # fmt: skip
    if grown.product:
        figures.append(
            Figure(name="Memory of the worker meanwhile", unit="MB", runs=grown, limit="what is allowed",
                   aim=("≤", 100), aim_is_absolute=True, context="growth of PSS")
        )  # fmt: skip
    return figures


async def _prepared_in(stage: Stage, id_: str) -> float:
    """From its beginning to the last recipient, as the database has it."""
    found: Any = await stage.database.fetchval(
        """
        SELECT extract(epoch FROM max(at) FILTER (WHERE state = 'running')
            - max(at) FILTER (WHERE state = 'preparing'))::float8
        FROM communication_state_changes WHERE communication_id = $1
        """,
        UUID(id_),
    )
    return float(found)


async def _bare(stage: Stage, id_: str) -> float:
    """Seconds that one statement takes for the same rows of another communication."""
    other: Any = await stage.database.fetchval(
        """
        INSERT INTO communications (id, name, kind, state, channels, mode, content, audience, schedule, created_at,
            created_by, changed_at)
        SELECT gen_random_uuid(), name, kind, 'draft', channels, mode, content, audience, schedule, now(), created_by,
            now() FROM communications WHERE id = $1 RETURNING id
        """,
        UUID(id_),
    )
    at = perf_counter()
    await stage.database.execute(
        """
        INSERT INTO communication_recipients (communication_id, channel, client_id, state, reason, not_before)
        SELECT $2, channel, client_id, 'waiting', reason, not_before FROM communication_recipients
        WHERE communication_id = $1
        """,
        UUID(id_),
        other,
        timeout=600,
    )
    seconds = perf_counter() - at
    await stage.database.execute("DELETE FROM communication_recipients WHERE communication_id = $1", other, timeout=600)
    return seconds


@asynccontextmanager
async def _two_running(stage: Stage, campaigns: Campaigns, root: Somebody) -> AsyncGenerator[tuple[str, str], None]:
    """Two campaigns to everybody that go through one gateway."""
    await campaigns.forget()
    ids = [await campaigns.start(schedule=HELD) for _ in range(2)]
    for id_ in ids:
        await campaigns.until(id_, "running")
        await campaigns.do(id_, "pause")
    # Unthrottled from now on.
    await stage.database.execute("UPDATE communications SET schedule = schedule - 'per_minute'")
    async with counterpart("--unsafe") as other:
        gateway = await new_gateway(stage.server.port, root, port=other.port)
        for id_ in ids:
            await campaigns.do(id_, "resume")
        await asyncio.sleep(WARM_UP)
        yield ids[0], ids[1]
        for id_ in ids:
            await campaigns.do(id_, "cancel")
        await gateway.remove()


async def _running(stage: Stage, campaigns: Campaigns, root: Somebody) -> list[Figure]:
    paused, shared, looked, urgent = Runs(), Runs(), Runs(), Runs()
    for _ in stage.rounds("communications, running"):
        async with _two_running(stage, campaigns, root) as (first, second):
            begun = [await campaigns.gone_out(each) for each in (first, second)]
            looks = await _looks(campaigns, first)
            await asyncio.sleep(SHARED_SECONDS)
            ended = [await campaigns.gone_out(each) for each in (first, second)]
            shares = [after - before for before, after in zip(begun, ended, strict=True)]
            shared.add(min(shares), max(shares))
            looked.add(percentile(looks, 95) * 1000, 50)
            urgent.add(await _single(stage, campaigns), 1)
            paused.add(await campaigns.do(first, "pause"), 1)
    everybody = f"two campaigns of {CLIENTS:,} by SMS through one SMPP gateway, as fast as it takes them"
    return [
        Figure(name="Messages of the slower of two campaigns", runs=shared, limit="of the other one in the same time",
               aim=("≥", 0.9), context=everybody),
        Figure(name="Page of a running campaign, p95", unit="ms", runs=looked, limit="what is allowed",
               aim=("≤", 50), aim_is_absolute=True, context=f"{LOOKS} looks over HTTP with exact totals; {everybody}"),
        Figure(name="A message to one client leaves after", unit="s", runs=urgent, limit="what is allowed",
               aim=("≤", 1), aim_is_absolute=True, context=f"from the request to its submission; {everybody}"),
        Figure(name="A pause is in force after", unit="s", runs=paused, limit="what is allowed",
               aim=("≤", 1), aim_is_absolute=True, context=f"over HTTP, answered exactly; {everybody}"),
    ]  # fmt: skip


async def _looks(campaigns: Campaigns, id_: str) -> list[float]:
    found: list[float] = []
    for _ in range(LOOKS):
        found.append((await campaigns.look(id_))[1])
        await asyncio.sleep(0.02)
    return found


async def _single(stage: Stage, campaigns: Campaigns) -> float:
    """Seconds from the request to the submission of a message to one client."""
    client: Any = await stage.database.fetchval("SELECT id FROM clients LIMIT 1")
    asked: Any = await stage.database.fetchval("SELECT clock_timestamp()")
    id_ = await campaigns.start(TEXT, kind="transactional", audience={"kind": "clients", "ids": [str(client)]})
    await campaigns.until(id_, "completed")
    left: Any = await stage.database.fetchval(
        """
        SELECT extract(epoch FROM a.started_at - $2)::float8 FROM deliveries d
        JOIN delivery_attempts a ON a.delivery_id = d.id WHERE d.batch_id = $1
        """,
        UUID(id_),
        asked,
    )
    return float(left)


async def _letters(stage: Stage, campaigns: Campaigns, root: Somebody) -> Figure:
    await campaigns.register(LETTERS)
    runs = Runs()
    async with mail_sink() as port:
        for _ in stage.rounds("communications, letters"):
            await campaigns.forget()
            limit = await letters_per_second(port, CONNECTIONS, SINK_SECONDS)
            gateway = await add_gateway(
                stage.server.port,
                root,
                transport="smtp",
                channels=["email"],
                settings={
                    "host": HOST,
                    "port": port,
                    "security": "none",
                    "pool": CONNECTIONS,
                    "sender": "us@example.com",
                },
                credentials={},
            )
            id_ = await campaigns.start(LETTER)
            await campaigns.until(id_, "completed")
            seconds: Any = await stage.database.fetchval(
                "SELECT extract(epoch FROM max(ended_at) - min(started_at))::float8 FROM delivery_attempts"
            )
            runs.add(LETTERS / float(seconds), limit)
            await gateway.remove()
    return Figure(
        name="Letters of a campaign/s",
        runs=runs,
        limit=f"a bare client that sends one letter again and again over {CONNECTIONS} connections",
        aim=("≥", 0.6),
        context=f"{LETTERS:,} clients, each with words of its own, each durable, to a local mail server",
    )
