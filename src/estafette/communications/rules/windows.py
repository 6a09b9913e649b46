"""How much of a lane may wait in the queue: what its gateways take in a moment, so that no lane is far ahead of others.

What waits there has been rendered, and has to be taken back when the communication is paused.
"""

from datetime import datetime
from typing import Final

SMALLEST: Final = 200
LARGEST: Final = 2_000
SECONDS: Final = 2.0
"""What gateways are to find waiting, by the pace at which they took the last."""
THROTTLED_SECONDS: Final = 5.0
_WEIGHT: Final = 0.3


class Window:
    """Of one lane, as one worker sees it."""

    def __init__(self) -> None:
        self._per_second = 0.0
        self._seen: tuple[datetime, int] | None = None

    def room(self, queued: int, per_minute: int | None, now: datetime) -> int:
        """How many more may wait, when so many do."""
        self._measure(queued, now)
        size = min(LARGEST, max(SMALLEST, int(self._per_second * SECONDS)))
        if per_minute is not None:
            size = min(size, max(1, int(per_minute / 60 * THROTTLED_SECONDS)))
        return size - queued

    def handed_over(self, count: int) -> None:
        """That so many more wait now."""
        if self._seen is not None:
            at, queued = self._seen
            self._seen = at, queued + count

    def _measure(self, queued: int, now: datetime) -> None:
        if self._seen is not None:
            at, before = self._seen
            seconds = (now - at).total_seconds()
            if seconds < 0.2:
                return
            taken = max(0, before - queued) / seconds
            self._per_second += (taken - self._per_second) * _WEIGHT
        self._seen = now, queued
