"""A token bucket: so much at once, and so much a second after that."""

from time import monotonic


class Bucket:
    """Holds up to `burst` tokens, and gets `per_second` back."""

    __slots__ = ("_at", "_burst", "_left", "_per_second")

    def __init__(self, *, burst: float, per_second: float) -> None:
        self._burst = self._left = burst
        self._per_second = per_second
        self._at = monotonic()

    def take(self, count: float) -> bool:
        """Takes tokens; False when there are not so many, and then none are taken."""
        now = monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < count:
            return False
        self._left -= count
        return True
