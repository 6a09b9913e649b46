"""Says that something is broken: at once, or after failures that nothing good came between."""

import asyncio


class FailureLatch:
    """Trips once, with a reason, and stays tripped."""

    def __init__(self, failures: int) -> None:
        self._most = failures
        self._failures = 0
        self._tripped: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @property
    def reason(self) -> str | None:
        """Why it has tripped; None while it has not."""
        return self._tripped.result() if self._tripped.done() else None

    async def tripped(self) -> str:
        """Waits until it has tripped, and says why."""
        return await asyncio.shield(self._tripped)

    def trip(self, reason: str) -> None:
        """Trips it at once; the first reason stays."""
        if not self._tripped.done():
            self._tripped.set_result(reason)

    def failed(self, reason: str) -> None:
        """Counts a failure, and trips it with as many as it bears, one after the other."""
        self._failures += 1
        if self._failures >= self._most:
            self.trip(reason)

    def succeeded(self) -> None:
        """Forgets the failures so far."""
        self._failures = 0
