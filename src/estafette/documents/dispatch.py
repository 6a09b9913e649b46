"""The loop of a worker that tells connectors; any number of workers share it."""

import asyncio

from estafette.base.database import Database
from estafette.base.work_loop import work_loop
from estafette.documents.actions.connectors import Connectors
from estafette.documents.actions.telling import WAITING, tell_some


async def run_documents(database: Database, connectors: Connectors, stop: asyncio.Event) -> None:
    """Tells connectors who has acknowledged what, until told to stop."""
    wake = asyncio.Event()
    database.bus.on(WAITING, lambda _: wake.set())

    async def tell() -> float | None:
        return 0 if await tell_some(database, connectors) else None

    try:
        await work_loop(tell, wake, stop)
    finally:
        await connectors.close()
