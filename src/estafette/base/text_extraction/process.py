"""Lets texts be read elsewhere: never in the process that does anything else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Final, NamedTuple

from estafette.base.children import child
from estafette.base.text_extraction.limits import EXIT_CODES, MAX_CHARACTERS, SECONDS, Reason

_REASONS: Final[dict[int, Reason]] = {code: reason for reason, code in EXIT_CODES.items()}
# No character has more than four bytes, and each line ends.
_MOST_BYTES: Final = 5 * MAX_CHARACTERS
_PIECE_BYTES: Final = 64 * 1024


class Extracted(NamedTuple):
    """The text of a file, at most `MAX_CHARACTERS`, and why there is none or no more; no reason: it is all there."""

    text: str
    reason: Reason | None


async def extract(pieces: AsyncIterator[bytes]) -> Extracted:
    """The text of a file that comes piece by piece; what the iterator raises passes through.

    Raises Unavailable when no process can be started.
    """
    found = bytearray()
    async with child("estafette.base.text_extraction.child") as process:
        try:
            async with asyncio.timeout(SECONDS):
                async with asyncio.TaskGroup() as both:
                    both.create_task(_gather(process.stdout, found))
                    both.create_task(_feed(process.stdin, pieces))
                await process.wait()
        except TimeoutError:
            pass
        except ExceptionGroup as group:
            raise group.exceptions[0] from None
    text = bytes(found).decode(errors="ignore").strip()[:MAX_CHARACTERS]
    return Extracted(text, None if process.returncode == 0 else _REASONS.get(process.returncode or -1, "too_costly"))


async def _feed(into: asyncio.StreamWriter | None, pieces: AsyncIterator[bytes]) -> None:
    """Hands the file over, as much of it as is read."""
    if into is None:
        return
    with suppress(BrokenPipeError, ConnectionResetError):
        async for piece in pieces:
            into.write(piece)
            await into.drain()
        into.close()


async def _gather(source: asyncio.StreamReader | None, found: bytearray) -> None:
    while source is not None and (piece := await source.read(_PIECE_BYTES)):
        found += piece[: _MOST_BYTES - len(found)]
