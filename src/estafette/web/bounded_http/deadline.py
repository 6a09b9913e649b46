"""How long is waited for a head, and for a body."""

from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable
from typing import Any, NamedTuple


class Patience(NamedTuple):
    """How long is waited."""

    head_seconds: float
    """For a whole head."""
    body_seconds: float
    """After which it is looked how much of a body has come, again and again."""
    body_rate: float
    """Bytes a second that must have come meanwhile."""


class Deadline:
    """One timer for what is waited for; what comes whole in one piece never sees it."""

    def __init__(
        self,
        loop: AbstractEventLoop,
        flow: Any,
        patience: Patience,
        head_late: Callable[[], None],
        body_late: Callable[[], None],
    ) -> None:
        """`flow` says whether reading is paused; `head_late` and `body_late` are called when one does not come."""
        self._loop, self._flow, self._patience = loop, flow, patience
        self._head_late, self._body_late = head_late, body_late
        self._timer: TimerHandle | None = None
        self._awaited: tuple[str, int] | None = None
        self._body_bytes, self._was_paused = 0, False

    def await_head(self, number: int) -> None:
        """Waits for the head of a request from now on, unless that is so already."""
        if self._awaited != ("head", number):
            self.stop()
            self._awaited = ("head", number)
            self.prolong_head()

    def prolong_head(self) -> None:
        """Waits for a head once more."""
        self._timer = self._loop.call_later(self._patience.head_seconds, self._head_late)

    def await_body(self, number: int) -> None:
        """Waits for the body of a request from now on, unless that is so already."""
        if self._awaited != ("body", number):
            self.stop()
            self._awaited = ("body", number)
            self._watch_body()

    def stop(self) -> None:
        """Waits for nothing."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._awaited = None

    def linger(self, seconds: float, then: Callable[[], object]) -> None:
        """Waits for nothing but the end, at most so long."""
        self._timer = self._loop.call_later(seconds, then)

    def received(self, size: int) -> None:
        """Counts bytes of a body."""
        self._body_bytes += size

    def _watch_body(self) -> None:
        self._body_bytes, self._was_paused = 0, self._flow.read_paused
        self._timer = self._loop.call_later(self._patience.body_seconds, self._look_at_body)

    def _look_at_body(self) -> None:
        # While reading is paused it is we who let it wait.
        enough = self._body_bytes >= self._patience.body_rate * self._patience.body_seconds
        if enough or self._was_paused or self._flow.read_paused:
            self._watch_body()
        else:
            self._body_late()
