"""Importing clients from CSV, against COPY of the same rows; and finding one among all of them while one types."""

import asyncio
import io
import random
from collections.abc import Iterator
from time import perf_counter
from typing import Any
from urllib.parse import quote

import aiohttp
import asyncpg

from bench.latency import percentile
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import new_people, settle

LINES = 1_000_000
SEARCHED = ("marie", "mar", "lefevre", "zoe le", "client77", "06 12", "+3361234", "smith", "xyz", "a", "ma")
_FIRST = (
    "Ana",
    "Boris",
    "Camille",
    "Daniel",
    "Eva",
    "Hugo",
    "Jules",
    "Léa",
    "Marie",
    "Nina",
    "Oscar",
    "Paula",
    "Rosa",
    "Zoé",
)
_LAST = ("Almeida", "Bernard", "Carter", "Durand", "Ferreira", "Ivanov", "Lefèvre", "Moreau", "Novak", "Smith", "Weber")
_PLAN = {
    "columns": ["external_id", "name", "email", "phone", "language"],
    "match_by": "external_id",
    "time_zone": "Europe/Paris",
}
_ROWS = "SELECT * FROM clients"


async def measure(stage: Stage) -> list[Figure]:
    """Lines per second, then milliseconds per keystroke."""
    [somebody] = await new_people(stage.database, 1, "administrator")
    await settle(stage.database)
    say(f"clients: writing {LINES:,} lines")
    content = b"id,name,email,phone,language\n" + b"".join(_lines(random.Random(20261130)))
    imported, middle, slowest = Runs(), Runs(), Runs()
    async with aiohttp.ClientSession(
        f"http://127.0.0.1:{stage.server.port}", headers={"Authorization": f"Bearer {somebody.token}"}
    ) as session:
        for _ in stage.rounds("clients"):
            await stage.database.execute("TRUNCATE clients CASCADE")
            seconds = await _imported(session, content)
            found = await _keystrokes(session)
            bare = await _bare(stage.database)
            imported.add(LINES / seconds, LINES / await _copied(stage.database))
            for share, runs in ((50, middle), (95, slowest)):
                runs.add(percentile(found, share) * 1000, percentile(bare, share) * 1000)
    await stage.database.execute("TRUNCATE clients CASCADE")
    context = f"{LINES:,} lines of CSV with five columns"
    searched = f"searches over HTTP, among {LINES:,} clients"
    return [
        Figure(name="Clients imported/s", runs=imported, limit="COPY of the same rows, same indexes", context=context,
               aim=("≥", 0.3)),
        Figure(name="Clients as you type, p50", unit="ms", runs=middle, limit="50 names by index", context=searched),
        Figure(name="Clients as you type, p95", unit="ms", runs=slowest, limit="50 names by index", context=searched,
               aim=("≤", 100.0), aim_is_absolute=True),
    ]  # fmt: skip


def _lines(chance: random.Random) -> Iterator[bytes]:
    for number in range(LINES):
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}{chance.choice('aeiou')}"
        yield f"C{number},{name},client{number}@example.com,+336{number:08},fr\n".encode()


async def _imported(session: aiohttp.ClientSession, content: bytes) -> float:
    """Seconds from the start of the worker to its end; the upload is the network's."""
    async with session.post("/api/v1/client-imports?name=clients.csv", data=content) as answer:
        answer.raise_for_status()
        id_ = (await answer.json())["id"]
    async with session.put(f"/api/v1/client-imports/{id_}/run", json=_PLAN) as answer:
        answer.raise_for_status()
    at = perf_counter()
    while True:
        async with session.get(f"/api/v1/client-imports/{id_}") as answer:
            told: dict[str, Any] = await answer.json()
        if told["state"] not in ("queued", "running"):
            break
        await asyncio.sleep(0.2)
    if told["created"] != LINES:
        raise RuntimeError(f"the import ended with {told}")
    return perf_counter() - at


async def _keystrokes(session: aiohttp.ClientSession) -> list[float]:
    found: list[float] = []
    for typed in SEARCHED * 5:
        at = perf_counter()
        async with session.get(f"/api/v1/clients?limit=50&q={quote(typed)}") as answer:
            await answer.read()
        found.append(perf_counter() - at)
    return found


async def _bare(database: asyncpg.Connection) -> list[float]:
    found: list[float] = []
    for typed in SEARCHED * 5:
        at = perf_counter()
        await database.fetch("SELECT * FROM clients WHERE name_key >= $1 ORDER BY name_key, id LIMIT 50", typed)
        found.append(perf_counter() - at)
    return found


async def _copied(database: asyncpg.Connection) -> float:
    """Seconds that COPY takes to store what the import has stored."""
    rows = io.BytesIO()
    await database.copy_from_query(_ROWS, output=rows, format="binary")
    await database.execute("TRUNCATE clients CASCADE")
    rows.seek(0)
    at = perf_counter()
    await database.copy_to_table("clients", source=rows, format="binary")
    return perf_counter() - at
