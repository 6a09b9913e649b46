"""The clock of the event loop, which decides when a limit of time is over, moved on by tests."""

import asyncio
from typing import Any


def move_loop_clock(seconds: float) -> None:
    """Lets whatever waits for at most so long have waited, without any time passing.

    It only goes on and is never set back: what waits already would have to wait for longer.
    """
    loop: Any = asyncio.get_running_loop()
    before = loop.time
    loop.time = lambda: before() + seconds
