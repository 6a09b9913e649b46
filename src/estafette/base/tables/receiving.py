"""A file that comes in pieces is put on the disk, as far as there is room and it is not too large."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from estafette.base.errors import TooLarge
from estafette.base.quotas import Quotas

BUFFER: Final = 1024 * 1024


async def received(path: Path, pieces: AsyncIterator[bytes], quotas: Quotas, most: int) -> int:
    """Writes the pieces into a file and returns its size; raises TooLarge, DiskFull and OSError."""
    size = 0
    buffer = bytearray()
    with path.open("wb") as file:
        async for piece in pieces:
            size += len(piece)
            if size > most:
                raise TooLarge(max=most)
            buffer += piece
            if len(buffer) >= BUFFER:
                quotas.check_disk()
                await asyncio.to_thread(file.write, bytes(buffer))
                buffer.clear()
        await asyncio.to_thread(file.write, bytes(buffer))
    return size
