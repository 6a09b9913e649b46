"""Now and then, what is no longer needed is put away."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence

import structlog

Chore = Callable[[], Awaitable[object]]

EVERY_SECONDS = 600.0

_log = structlog.get_logger(__name__)


async def keep_house(chores: Sequence[Chore], stop: asyncio.Event, every_seconds: float = EVERY_SECONDS) -> None:
    """Runs each chore about every ten minutes until told to stop; a chore that fails is tried again the next time."""
    while not stop.is_set():
        # Workers start together; their chores should not.
        pause = every_seconds * random.uniform(0.5, 1.5)  # noqa: S311 - spread, not a secret
        try:
            async with asyncio.timeout(pause):
                await stop.wait()
        except TimeoutError:
            await _run(chores)


async def _run(chores: Sequence[Chore]) -> None:
    for chore in chores:
        try:
            await chore()
        except Exception:
            _log.exception("chore failed", chore=getattr(chore, "__name__", type(chore).__name__))
