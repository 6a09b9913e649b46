"""What the server beneath asks about the other side of a connection before it reads a byte."""

from collections import Counter
from typing import Final

from estafette.web.addresses import Proxies, neighbourhood
from estafette.web.throttle import Throttle

MOST_CONNECTIONS: Final = 1_000
"""Of one neighbourhood at a time, live ones not counted: a house of 150 people who share an address needs so many."""


class Peers:
    """Knows trusted proxies, whose connections are those of many people, and counts those of everybody else."""

    def __init__(self, proxies: Proxies, throttle: Throttle, most: int = MOST_CONNECTIONS) -> None:
        self._proxies = proxies
        self._throttle = throttle
        self._most = most
        self._open: Counter[str] = Counter()

    def trusts(self, address: str) -> bool:
        """Whether it is a trusted proxy."""
        return self._proxies.trusts(address)

    def is_throttled(self, address: str) -> bool:
        """Whether a connection from there has to wait."""
        return self._throttle.seconds_left(neighbourhood(address)) > 0

    def enter(self, address: str) -> bool:
        """Counts a connection; False when there are too many from there."""
        where = neighbourhood(address)
        if self._open[where] >= self._most:
            self._throttle.refused(where)
            return False
        self._open[where] += 1
        return True

    def leave(self, address: str) -> None:
        """A connection that was counted has ended."""
        where = neighbourhood(address)
        self._open[where] -= 1
        if not self._open[where]:
            del self._open[where]

    def refused(self, address: str) -> None:
        """What it sent was too large, slow or much; nobody is throttled for what others send by the same proxy."""
        if not self.trusts(address):
            self._throttle.refused(neighbourhood(address))
