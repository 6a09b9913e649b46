"""The newest 50 messages of a short and of a very long conversation, and eight who read at once."""

import asyncio
from time import perf_counter

import asyncpg

from bench.http_client import HttpConnection
from bench.latency import percentile
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Talk, fill, new_talks, settle

SHORT, LONG = 10_000, 1_000_000
PAGES = 500
READERS, SECONDS = 8, 4.0
# What a page shows, and nothing else: no membership, no page before this one, no JSON.
_BARE = """
SELECT m.id, m.conversation_id, m.ordinal, m.number, m.kind, m.party_id, m.sender_id, m.text, m.attachments, m.key,
    m.created_at, m.edited_at, m.deleted_at, p.name, p.picture
FROM messages m LEFT JOIN people p ON p.id = m.sender_id
WHERE m.conversation_id = $1 ORDER BY m.ordinal DESC LIMIT 50
"""


async def measure(stage: Stage) -> list[Figure]:
    """How the time for a page grows with the conversation, and the rate of many readers."""
    short, long = await new_talks(stage.database, 2)
    say(f"history: loading {SHORT + LONG:,} messages")
    await fill(stage.database, short, SHORT)
    await fill(stage.database, long, LONG)
    await settle(stage.database)
    growth = {50: Runs(), 95: Runs()}
    rate = Runs()
    for _ in stage.rounds("history"):
        few, many = await _page_seconds(stage.server.port, short, long)
        for share, runs in growth.items():
            runs.add(percentile(many, share) * 1000, percentile(few, share) * 1000)
        limit = await _bare_pages_per_second(stage.server.dsn, long)
        rate.add(await _pages_per_second(stage.server.port, long), limit)
    return [
        *(
            Figure(name=f"Newest 50 of {LONG:,}, p{share}", unit="ms", runs=runs, limit=f"newest 50 of {SHORT:,}",
                   aim=("≤", 1.3) if share == 95 else None, context="over HTTP, one reader, the two in turn")
            for share, runs in growth.items()
        ),
        Figure(name=f"Pages/s, {READERS} readers", runs=rate, limit=f"bare query on {READERS} asyncpg connections",
               aim=("≥", 0.4), context=f"newest 50 of {LONG:,} over HTTP, from membership check to JSON"),
    ]  # fmt: skip


def _path(talk: Talk) -> str:
    return f"/api/v1/conversations/{talk.id}/messages?limit=50"


async def _page_seconds(port: int, short: Talk, long: Talk) -> tuple[list[float], list[float]]:
    """Seconds for each page of both, taken in turn so that both see the same machine."""
    found: tuple[list[float], list[float]] = ([], [])
    readers = [await HttpConnection.open(port, talk.customer.token) for talk in (short, long)]
    try:
        for number in range(-20, PAGES):
            for reader, talk, seconds in zip(readers, (short, long), found, strict=True):
                at = perf_counter()
                await reader.get(_path(talk))
                if number >= 0:
                    seconds.append(perf_counter() - at)
    finally:
        for reader in readers:
            reader.close()
    return found


async def _pages_per_second(port: int, talk: Talk) -> float:
    readers = [await HttpConnection.open(port, talk.customer.token) for _ in range(READERS)]

    async def read(reader: HttpConnection, end: float) -> int:
        count = 0
        while perf_counter() < end:
            await reader.get(_path(talk))
            count += 1
        return count

    try:
        end = perf_counter() + SECONDS
        return sum(await asyncio.gather(*(read(each, end) for each in readers))) / SECONDS
    finally:
        for reader in readers:
            reader.close()


async def _bare_pages_per_second(dsn: str, talk: Talk) -> float:
    connections = [await asyncpg.connect(dsn) for _ in range(READERS)]

    async def read(connection: asyncpg.Connection, end: float) -> int:
        count = 0
        while perf_counter() < end:
            await connection.fetch(_BARE, talk.id)
            count += 1
        return count

    try:
        end = perf_counter() + SECONDS
        return sum(await asyncio.gather(*(read(each, end) for each in connections))) / SECONDS
    finally:
        await asyncio.gather(*(each.close() for each in connections))
