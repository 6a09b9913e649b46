"""How fast one address or person may go: generous, kept in memory per process, and only against what runs wild.

The strict limits (signing in, signing up) are kept in PostgreSQL by the capabilities they protect.
"""

from math import ceil
from time import monotonic
from typing import Final

from estafette.web.errors import TooManyRequests

BUCKETS: Final = 50_000


class RateLimiter:
    """Token buckets: `burst` at once, `per_second` after that."""

    def __init__(self, *, burst: int, per_second: float) -> None:
        self._burst = float(burst)
        self._per_second = per_second
        self._buckets: dict[object, tuple[float, float]] = {}

    def step(self, who: object) -> None:
        """Counts one request; raises TooManyRequests with the seconds to wait."""
        now = monotonic()
        left = self._left(who, now)
        self._buckets.pop(who, None)
        if len(self._buckets) >= BUCKETS:
            # The one that was longest quiet has the fullest bucket.
            del self._buckets[next(iter(self._buckets))]
        if left < 1:
            self._buckets[who] = (left, now)
            raise TooManyRequests(retry_after=max(1, ceil((1 - left) / self._per_second)))
        self._buckets[who] = (left - 1, now)

    def has_room(self, who: object) -> bool:
        """Whether a step would be let through now."""
        return self._left(who, monotonic()) >= 1

    def _left(self, who: object, now: float) -> float:
        left, at = self._buckets.get(who, (self._burst, now))
        return min(self._burst, left + (now - at) * self._per_second)
