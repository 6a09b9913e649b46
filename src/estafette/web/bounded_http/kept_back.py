"""What comes on a new connection before it may be read."""

from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable
from typing import Final

MOST_BYTES: Final = 16_384
"""That may come at once on a new connection that is not to be read yet."""


class KeptBack:
    """Keeps bytes from `hold` or `hold_for` on until they are released; `then` is called when the time is over."""

    def __init__(self, loop: AbstractEventLoop, then: Callable[[], None]) -> None:
        self._loop, self._then = loop, then
        self._timer: TimerHandle | None = None
        self._kept: list[bytes] | None = None

    def hold(self) -> None:
        """Keeps what comes, until somebody says for how long."""
        self._kept = self._kept or []

    def hold_for(self, seconds: float) -> None:
        """Keeps what comes for so long."""
        self.hold()
        self._timer = self._loop.call_later(seconds, self._then)

    def keeps(self, data: bytes) -> bool:
        """Keeps what came if it is held, and says whether it is."""
        if self._kept is None:
            return False
        self._kept.append(data)
        return True

    @property
    def is_too_much(self) -> bool:
        """Whether that is more than browsers ask at once."""
        return sum(map(len, self._kept or ())) > MOST_BYTES

    def release(self) -> list[bytes]:
        """Hands out what was kept, and keeps nothing more."""
        kept, self._kept = self._kept or [], None
        return kept

    def stop(self) -> None:
        """Waits for nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
