"""When a connector is told again of what it has not taken."""

from datetime import timedelta
from typing import Final

from estafette.base.back_off import spread

_PAUSES: Final = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
)
LONGEST: Final = timedelta(hours=1)


def pause_after(attempt: int) -> timedelta:
    """How long to wait after an attempt (1 is the first) that failed; it is never given up."""
    return spread(_PAUSES[attempt - 1] if attempt <= len(_PAUSES) else LONGEST)
