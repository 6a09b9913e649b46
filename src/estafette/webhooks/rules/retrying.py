"""When a call that failed is made again: eight attempts in 28 hours."""

from datetime import timedelta
from typing import Final

from estafette.base.back_off import spread

_PAUSES: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
ATTEMPTS: Final = len(_PAUSES) + 1
DISABLED_AFTER: Final = timedelta(days=5)
KEPT: Final = timedelta(days=30)
# The receiver says that it is gone for good (410): it is not asked again.
GONE: Final = 410


def pause_after(attempt: int) -> timedelta | None:
    """How long to wait after an attempt (1 is the first) that failed; None: it was the last one."""
    if attempt >= ATTEMPTS:
        return None
    return spread(_PAUSES[attempt - 1])
