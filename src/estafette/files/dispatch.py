"""What a worker does for files: copies of pictures in the widths that are shown, and the texts of documents."""

import asyncio
from typing import Final

from estafette.base.database import Database
from estafette.base.images.process import Pictures
from estafette.base.work_loop import work_loop
from estafette.files.actions.copying import ROUND, copy_pictures
from estafette.files.actions.reading_texts import read_text
from estafette.files.storage import Storage

READING_AT_ONCE: Final = 2
"""Of two different owners, so that nobody waits behind another's crowd."""


async def run_copying(database: Database, storage: Storage, pictures: Pictures, stop: asyncio.Event) -> None:
    """Copies what waits until told to stop."""

    async def copy_some() -> float | None:
        return 0.0 if await copy_pictures(database, storage, pictures) == ROUND else None

    await work_loop(copy_some, asyncio.Event(), stop)


async def run_reading(database: Database, storage: Storage, stop: asyncio.Event) -> None:
    """Reads the texts of what waits until told to stop."""

    async def read_one() -> float | None:
        return await read_text(database, storage)

    await asyncio.gather(*(work_loop(read_one, asyncio.Event(), stop) for _ in range(READING_AT_ONCE)))
