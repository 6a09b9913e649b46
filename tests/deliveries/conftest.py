"""A worker's dispatcher in this process, on a scripted transport."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.vault import Vault
from estafette.deliveries import Delivery, NewDelivery, TransportEnvironment
from tests.deliveries import ANN
from tests.deliveries.engine import Engine
from tests.deliveries.scripted import ScriptedTransport
from tests.waiting import PATIENCE, eventually


class Outbox:
    """Sends, and waits for what becomes of it."""

    def __init__(self, database: Database, transport: ScriptedTransport, data: Path) -> None:
        self.database, self.transport = database, transport
        self._environment = TransportEnvironment(public_url="http://localhost", data=data)
        self.acceptor = deliveries.Acceptor(database)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[asyncio.Event, None]:
        """A dispatcher that works meanwhile."""
        stop = asyncio.Event()
        task = asyncio.create_task(
            deliveries.run_dispatch(
                self.database, Vault(bytes(32)), self._environment, stop, known={"scripted": self.transport}
            )
        )
        try:
            yield stop
        finally:
            stop.set()
            async with asyncio.timeout(PATIENCE):
                await task

    async def send(self, new: NewDelivery) -> Delivery:
        return await self.acceptor.accept(new)

    async def until(self, id_: int, *statuses: str) -> Delivery:
        """The delivery once it has one of these statuses."""
        found = await deliveries.find(self.database, ANN, id_)

        async def has_come() -> bool:
            nonlocal found
            found = await deliveries.find(self.database, ANN, id_)
            return found.status in statuses

        await eventually(has_come, lambda: f"{found.status} {found.reason}")
        return found

    async def until_all(self, count: int, status: str) -> None:
        """Waits until so many have this status."""
        have = 0

        async def are_there() -> bool:
            nonlocal have
            have = await self.database.fetchval("SELECT count(*) FROM deliveries WHERE status = $1", status)
            return have == count

        await eventually(are_there, lambda: f"{have} of {count} are {status}")

    async def until_submitted(self, count: int) -> None:
        """Waits until so much has reached the gateway."""
        submitted = self.transport.submitted
        await eventually(lambda: len(submitted) >= count, lambda: f"{len(submitted)} of {count} have come")

    async def until_links(self, count: int) -> None:
        """Waits until so many links are open."""
        links = self.transport.links
        await eventually(lambda: len(links) == count, lambda: f"{len(links)} of {count} are open")

    async def history(self, id_: int) -> deliveries.DeliveryHistory:
        return await deliveries.history(self.database, ANN, id_)


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
