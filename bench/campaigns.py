"""Campaigns of the measured server: a register of any size, and what one does with them over HTTP."""

import asyncio
from time import perf_counter
from typing import Any

import aiohttp
import asyncpg

from bench.installation import HOST
from bench.world import Somebody

LONGEST_SECONDS = 600.0
TEXT = {"sms": {"text": "Good day {{ name }}, we open at eight."}}
LETTER = {"email": {"subject": "We open at eight", "text": "Good day **{{ name }}**,\n\n" + "we open at eight. " * 20}}


class Campaigns:
    """What somebody does with communications."""

    def __init__(self, database: asyncpg.Connection, server_port: int, who: Somebody) -> None:
        self._database = database
        self._http = aiohttp.ClientSession(
            f"http://{HOST}:{server_port}", headers={"Authorization": f"Bearer {who.token}"}
        )

    async def close(self) -> None:
        """Ends the connections."""
        await self._http.close()

    async def register(self, clients: int) -> None:
        """Nobody but so many clients, each with a number and an address."""
        await self._database.execute("TRUNCATE clients, client_lists CASCADE", timeout=300)
        await self._database.execute(
            """
            INSERT INTO clients (id, name, name_key, email, email_key, phone, attributes, consented, refused, words,
                revision, created_at, changed_at)
            SELECT gen_random_uuid(), 'Client ' || n, 'client ' || n, 'c' || n || '@example.com',
                'c' || n || '@example.com', '+336' || (10000000 + n), '{}', '{}', '{}', '', 1, now(), now()
            FROM generate_series(1, $1::integer) AS n
            """,
            clients,
            timeout=600,
        )
        await self._database.execute("VACUUM ANALYZE clients", timeout=300)

    async def forget(self) -> None:
        """Takes all communications away with their deliveries."""
        await self._database.execute(
            "TRUNCATE communications, client_lists, delivery_batches, delivery_batch_counts, delivery_queue, "
            "deliveries, delivery_events, delivery_attempts, provider_messages, receipts CASCADE",
            timeout=300,
        )

    async def start(self, texts: dict[str, Any] = TEXT, **more: Any) -> str:
        """A communication to everybody, at once; its id."""
        wanted = {
            "name": "Bench",
            "channels": list(texts),
            "content": {"default_language": "en", "texts": {"en": texts}},
            "audience": {"kind": "everyone"},
            **more,
        }
        async with self._http.post("/api/v1/communications", json=wanted) as answer:
            if answer.status != 201:
                raise RuntimeError(f"the communication was refused: {await answer.text()}")
            return (await answer.json())["id"]

    async def do(self, id_: str, what: str) -> float:
        """Pauses, resumes or cancels; how many seconds it took."""
        at = perf_counter()
        async with self._http.post(f"/api/v1/communications/{id_}/{what}") as answer:
            if answer.status != 200:
                raise RuntimeError(f"{what} was refused: {await answer.text()}")
        return perf_counter() - at

    async def look(self, id_: str) -> tuple[dict[str, Any], float]:
        """Its page, and how many seconds that took."""
        at = perf_counter()
        async with self._http.get(f"/api/v1/communications/{id_}") as answer:
            found = await answer.json()
        return found, perf_counter() - at

    async def until(self, id_: str, *states: str) -> None:
        """Waits until it is in one of these states."""
        end = perf_counter() + LONGEST_SECONDS
        while (found := (await self.look(id_))[0])["state"] not in states:
            if perf_counter() > end:
                raise RuntimeError(f"it came to nothing: {found['state']} {found['totals']}")
            await asyncio.sleep(0.1)

    async def gone_out(self, id_: str) -> int:
        """How many of its messages have left."""
        found = (await self.look(id_))[0]
        return sum(
            count
            for of_channel in found["totals"].values()
            for status, count in of_channel.items()
            if status in ("SENT", "DELIVERED")
        )
