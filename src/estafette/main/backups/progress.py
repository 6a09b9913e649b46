"""What is said while something takes long: a line now and then."""

from collections.abc import Callable
from time import monotonic
from typing import Final

EVERY: Final = 5.0
"""Seconds."""

Say = Callable[[str], None]


class Progress:
    """Says how much of something is done, no more often than every five seconds."""

    def __init__(self, say: Say, deed: str, total: int) -> None:
        self._say, self._deed, self._total = say, deed, total
        self._said = monotonic()

    def tell(self, done: int) -> None:
        """`done` of the total are done now."""
        if monotonic() - self._said >= EVERY:
            self._said = monotonic()
            self._say(f"{self._deed}: {done:,} of {self._total:,}")
