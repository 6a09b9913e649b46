"""The other side of a connection, as one of those of its address."""

from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable
from typing import Final

from estafette.web.peers import Peers

THROTTLED_BYTES: Final = 16_384
"""That may come at once on a new connection of an address that is throttled."""


class CountedPeer:
    """Counted from its making until it leaves; what comes while it is held back is kept for later."""

    def __init__(self, peers: Peers, address: str) -> None:
        self._peers = peers
        self._address = address
        self._timer: TimerHandle | None = None
        self._kept: list[bytes] | None = None

    def hold_back(self, loop: AbstractEventLoop, seconds: float, then: Callable[[], None]) -> None:
        """Keeps what comes for so long; then calls `then`, unless it has left."""
        self._kept = []
        self._timer = loop.call_later(seconds, then)

    def keeps(self, data: bytes) -> bool:
        """Keeps what came if it is held back, and says whether it is."""
        if self._kept is None:
            return False
        self._kept.append(data)
        return True

    def release(self) -> list[bytes] | None:
        """What was kept; None when that is more than browsers ask at once."""
        kept, self._kept = self._kept or [], None
        return kept if sum(map(len, kept)) <= THROTTLED_BYTES else None

    def refused(self) -> None:
        """What it sent was too large, slow or much."""
        self._peers.refused(self._address)

    def leave(self) -> None:
        """Ends the counting; called once."""
        if self._timer is not None:
            self._timer.cancel()
        self._peers.leave(self._address)
