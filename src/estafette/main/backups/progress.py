"""What is said while something takes long: a line now and then."""

from collections.abc import Callable
from time import monotonic
from typing import Final

EVERY: Final = 5.0
"""Seconds."""

Say = Callable[[str], None]


class Progress:
    """Says how far something is, no more often than every five seconds."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._said = monotonic()

    def files(self, done: int, total: int) -> None:
        """So many files are done."""
        self._tell(f"Files: {done:,} of {total:,}")

    def rows(self, size: int) -> None:
        """So many bytes of rows are done."""
        self._tell(f"Database: {size / 1e6:,.0f} MB of rows so far")

    def _tell(self, sentence: str) -> None:
        if monotonic() - self._said >= EVERY:
            self._said = monotonic()
            self._say(sentence)
