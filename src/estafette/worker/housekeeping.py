"""Now and then, what is no longer needed is put away."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog

Job = Callable[[], Awaitable[object]]

EVERY_SECONDS = 600.0

_log = structlog.get_logger(__name__)


async def run_housekeeping(jobs: Sequence[Job], stop: asyncio.Event, every_seconds: float = EVERY_SECONDS) -> None:
    """Runs each job about every ten minutes until told to stop; one that fails is tried again the next time."""
    while not stop.is_set():
        # Workers start together; their jobs should not.
        pause = every_seconds * random.uniform(0.5, 1.5)  # noqa: S311 - spread, not a secret
        try:
            async with asyncio.timeout(pause):
                await stop.wait()
        except TimeoutError:
            await _run(jobs)


async def _run(jobs: Sequence[Job]) -> None:
    for job in jobs:
        try:
            await job()
        except Exception:
            function = job.func if isinstance(job, partial) else job
            _log.exception("job failed", job=getattr(function, "__qualname__", type(job).__name__))
