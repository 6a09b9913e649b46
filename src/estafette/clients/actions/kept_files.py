"""The kept file of an import, as a file on this machine while it is read."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from estafette.base.disk import full_disk_told
from estafette.clients.actions.uploading import kept_at
from estafette.clients.models.imports import ImportRow
from estafette.files import Storage

PREVIEW_BYTES: Final = 4 * 1024 * 1024


@asynccontextmanager
async def opened(storage: Storage, found: ImportRow, *, beginning: bool = False) -> AsyncGenerator[Path, None]:
    """Its path, gone after the block; with `beginning` no more than 4 MB, where a part can be read.

    Raises NotFound, StorageFailed and DiskFull.
    """
    end = min(found.size, PREVIEW_BYTES) if beginning and found.format != "xlsx" else found.size
    pieces = await storage.read(kept_at(found.id), 0, end)
    with ExitStack() as stack:
        with full_disk_told():
            path = Path(stack.enter_context(TemporaryDirectory(prefix="estafette-import-"))) / "table"
            with path.open("wb") as file:
                async for piece in pieces:
                    await asyncio.to_thread(file.write, piece)
        yield path


def is_whole(found: ImportRow) -> bool:
    """Whether the beginning is all of it."""
    return found.format == "xlsx" or found.size <= PREVIEW_BYTES
