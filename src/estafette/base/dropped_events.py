"""Events of the bus that nobody will get: each is counted, and a flood of them is a line now and then."""

import asyncio
from collections import Counter
from typing import Final, Literal

import structlog

BETWEEN_LINES: Final = 10.0

Reason = Literal["too large", "queue is full", "refused by the database"]

_log = structlog.get_logger(__name__)


class DroppedEvents:
    """Counts what was dropped since the start, and logs what came together as one line each reason and kind."""

    def __init__(self) -> None:
        self.count = 0
        """How many were dropped since the start."""
        self._untold: Counter[tuple[Reason, str]] = Counter()
        self._pause: asyncio.TimerHandle | None = None

    def add(self, reason: Reason, kinds: Counter[str]) -> None:
        """Notes so many dropped events of these kinds; the first are told of at once, those that follow together."""
        self.count += kinds.total()
        self._untold.update({(reason, kind): count for kind, count in kinds.items()})
        if self._pause is None:
            self._tell()

    def stop(self) -> None:
        """Tells of what has not been told yet, and ends."""
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        self._log_untold()

    def _tell(self) -> None:
        self._pause = None
        if self._untold:
            self._log_untold()
            self._pause = asyncio.get_running_loop().call_later(BETWEEN_LINES, self._tell)

    def _log_untold(self) -> None:
        for (reason, kind), count in self._untold.items():
            _log.error("bus events dropped", reason=reason, kind=kind, count=count)
        self._untold.clear()
