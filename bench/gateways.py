"""Gateways of the measured server, and what waits for them."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp
import asyncpg

from bench.installation import HOST
from bench.world import Somebody


@dataclass(frozen=True)
class Gateway:
    """A gateway that was set up by an administrator."""

    id: str
    server: str
    root: Somebody

    async def remove(self) -> None:
        """Takes it out of use."""
        url = f"{self.server}/api/v1/gateways/{self.id}"
        async with aiohttp.ClientSession(headers=_by(self.root)) as http, http.delete(url) as answer:
            answer.raise_for_status()


async def new_gateway(server_port: int, root: Somebody, *, port: int, window: int = 100) -> Gateway:
    """An SMPP gateway for SMS at a port of this machine, as fast as it can."""
    return await add_gateway(
        server_port,
        root,
        transport="smpp",
        settings={"host": HOST, "port": port, "tls": False, "window": window},
        credentials={"system_id": "bench", "password": "bench"},
    )


async def add_gateway(server_port: int, root: Somebody, **given: Any) -> Gateway:
    """A gateway for SMS with a transport, settings and credentials."""
    server = f"http://{HOST}:{server_port}"
    wanted = {"name": f"Bench {uuid4().hex[:8]}", "channels": ["sms"], "segments_per_second": 10_000, **given}
    url = f"{server}/api/v1/gateways"
    async with aiohttp.ClientSession(headers=_by(root)) as http, http.post(url, json=wanted) as answer:
        if answer.status != 201:
            raise RuntimeError(f"the gateway was refused: {await answer.text()}")
        return Gateway((await answer.json())["id"], server, root)


def _by(root: Somebody) -> dict[str, str]:
    return {"Authorization": f"Bearer {root.token}"}


async def empty_queue(database: asyncpg.Connection) -> None:
    """Forgets what still waits, so that the next measurement begins with nothing to do."""
    await database.execute(
        "TRUNCATE delivery_queue, deliveries, delivery_events, delivery_attempts, provider_messages, receipts"
    )
