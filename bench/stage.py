"""What every measurement is given: the server, a connection to its database, and how often to repeat."""

from collections.abc import Iterator
from dataclasses import dataclass
from sys import stderr

import asyncpg

from bench.installation import Installation


@dataclass(frozen=True)
class Stage:
    """The running server and the number of runs."""

    server: Installation
    database: asyncpg.Connection
    runs: int

    def rounds(self, name: str) -> Iterator[int]:
        """Numbers the runs of a piece and says where it stands."""
        for number in range(1, self.runs + 1):
            say(f"{name}: run {number} of {self.runs}")
            yield number


def say(words: str) -> None:
    """Tells whoever waits what is going on, beside the table."""
    print(words, file=stderr, flush=True)
