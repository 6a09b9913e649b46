"""Time that passes because a test says so, for what the product measures by the clock of its loop."""

import asyncio
import time
from weakref import WeakKeyDictionary

_ahead: WeakKeyDictionary[asyncio.AbstractEventLoop, float] = WeakKeyDictionary()


def let_pass(seconds: float) -> None:
    """Whatever waits on the running loop for no longer than so many seconds is due at its next turn.

    What has come by then is still handled first. The clock is never set back: nothing that began later would end.
    """
    loop = asyncio.get_running_loop()
    if loop not in _ahead:
        _ahead[loop] = 0.0
        loop.time = lambda: time.monotonic() + _ahead[loop]  # a loop of asyncio has no other clock
    _ahead[loop] += seconds
