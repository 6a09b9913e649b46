"""When a connector is told again of what it has not taken."""

import random
from datetime import timedelta
from typing import Final

_PAUSES: Final = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
)
LONGEST: Final = timedelta(hours=1)
_JITTER: Final = 0.2


def pause_after(attempt: int) -> timedelta:
    """How long to wait after an attempt (1 is the first) that failed; it is never given up."""
    pause = _PAUSES[attempt - 1] if attempt <= len(_PAUSES) else LONGEST
    # Not all at once on a system that has just come back.
    return pause * random.uniform(1, 1 + _JITTER)  # noqa: S311 - spread, not a secret
