"""A worker's dispatcher in this process, on a scripted transport."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.vault import Vault
from estafette.deliveries import Delivery, NewDelivery, Surroundings
from tests.deliveries import ANN
from tests.deliveries.engine import Engine
from tests.deliveries.scripted import ScriptedTransport


class Outbox:
    """Sends, and waits for what becomes of it."""

    def __init__(self, database: Database, transport: ScriptedTransport, data: Path) -> None:
        self.database, self.transport = database, transport
        self._surroundings = Surroundings(public_url="http://localhost", data=data)
        self.acceptor = deliveries.Acceptor(database)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[asyncio.Event, None]:
        """A dispatcher that works meanwhile."""
        stop = asyncio.Event()
        task = asyncio.create_task(
            deliveries.run_dispatch(
                self.database, Vault(bytes(32)), self._surroundings, stop, known={"scripted": self.transport}
            )
        )
        try:
            yield stop
        finally:
            stop.set()
            await task

    async def send(self, new: NewDelivery) -> Delivery:
        return await self.acceptor.accept(new)

    async def until(self, id_: int, *statuses: str, seconds: float = 8) -> Delivery:
        """The delivery once it has one of these statuses."""
        found: Any = None
        try:
            async with asyncio.timeout(seconds):
                while True:
                    found = await deliveries.find(self.database, ANN, id_)
                    if found.status in statuses:
                        return found
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"still {found.status} {found.reason}") from None

    async def until_all(self, count: int, status: str, seconds: float = 20) -> None:
        """Waits until so many have this status."""
        have: Any = None
        try:
            async with asyncio.timeout(seconds):
                while have != count:
                    have = await self.database.fetchval("SELECT count(*) FROM deliveries WHERE status = $1", status)
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"{have} of {count} are {status}") from None

    async def until_submitted(self, count: int) -> None:
        """Waits until so much has reached the gateway."""
        async with asyncio.timeout(8):
            while len(self.transport.submitted) < count:  # noqa: ASYNC110 - no event tells it
                await asyncio.sleep(0.001)

    async def until_links(self, count: int) -> None:
        """Waits until so many links are open."""
        async with asyncio.timeout(8):
            while len(self.transport.links) != count:  # noqa: ASYNC110 - no event tells it
                await asyncio.sleep(0.01)

    async def story(self, id_: int) -> deliveries.DeliveryStory:
        return await deliveries.story(self.database, ANN, id_)


@pytest.fixture
def transport() -> ScriptedTransport:
    return ScriptedTransport()


@pytest_asyncio.fixture
async def outbox(database: Database, transport: ScriptedTransport, tmp_path: Path) -> Outbox:
    return Outbox(database, transport, tmp_path)


@pytest_asyncio.fixture
async def engine(database: Database) -> Engine:
    """A dispatcher in steps, with a gateway of ten thousand segments a second."""
    return await Engine(database).begin()
