"""What a worker does for pictures: copies in the widths that are shown, as soon as one is in use."""

import asyncio

from estafette.base.database import Database
from estafette.base.images.process import Pictures
from estafette.base.work_loop import work_loop
from estafette.files.actions.copying import ROUND, copy_pictures
from estafette.files.storage import Storage


async def run_copying(database: Database, storage: Storage, pictures: Pictures, stop: asyncio.Event) -> None:
    """Copies what waits until told to stop."""

    async def copy_some() -> float | None:
        return 0.0 if await copy_pictures(database, storage, pictures) == ROUND else None

    await work_loop(copy_some, asyncio.Event(), stop)
