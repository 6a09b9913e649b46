"""How tests wait: for what they want to see, and never for a time to pass.

Whatever looks again and again does so here, so that a slow machine needs longer and sees the same.
`test_nothing_waits_for_time.py` finds those that wait elsewhere.
"""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which something never comes, on the slowest machine that tests are to be green on."""
BETWEEN_LOOKS = 0.02


async def eventually(
    look: Callable[[], Awaitable[T]] | Callable[[], T],
    told: Callable[[], object] | None = None,
    *,
    patience: float = PATIENCE,
) -> T:
    """What `look` gives as soon as it gives something true; `told` explains what was there instead.

    Raises:
        AssertionError: It gave nothing true within `patience` seconds.

    """
    deadline = time.monotonic() + patience
    while True:
        looked = look()
        found = await cast(Awaitable[T], looked) if inspect.isawaitable(looked) else cast(T, looked)
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {patience:g} s; last seen: {told() if told else found!r}")
        await asyncio.sleep(BETWEEN_LOOKS)


def wait_for(look: Callable[[], T], told: Callable[[], object] | None = None, *, patience: float = PATIENCE) -> T:
    """The same for tests without a loop."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {patience:g} s; last seen: {told() if told else found!r}")
        time.sleep(BETWEEN_LOOKS)
    return found


async def forever() -> None:
    """Never returns: what a counterpart does that does not answer. Ends when it is cancelled."""
    await asyncio.Event().wait()


async def turns(count: int = 20) -> None:
    """Lets everything run that can run now, without any time passing: as many turns of the loop."""
    for _ in range(count):
        await asyncio.sleep(0)
