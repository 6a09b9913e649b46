"""What a worker does for clients: imports, and taking the values of removed attributes away."""

import asyncio

from estafette.base.database import Database
from estafette.base.work_loop import work_loop
from estafette.clients.actions.attributes import clear_some_values
from estafette.clients.actions.importing import import_one
from estafette.files import Storage


async def run_clients(database: Database, storage: Storage, stop: asyncio.Event) -> None:
    """Works through imports one after the other, until told to stop."""

    async def work() -> float | None:
        worked = await import_one(database, storage, stop)
        return 0 if await clear_some_values(database) or worked else None

    await work_loop(work, asyncio.Event(), stop)
