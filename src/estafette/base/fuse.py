"""Says that something is broken: at once, or after failures that nothing good came between."""

import asyncio


class Fuse:
    """Blows once, with a reason, and stays blown."""

    def __init__(self, failures: int) -> None:
        self._most = failures
        self._failures = 0
        self._blown: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @property
    def reason(self) -> str | None:
        """Why it has blown; None while it is whole."""
        return self._blown.result() if self._blown.done() else None

    async def blown(self) -> str:
        """Waits until it has blown, and says why."""
        return await asyncio.shield(self._blown)

    def blow(self, reason: str) -> None:
        """Blows it at once; the first reason stays."""
        if not self._blown.done():
            self._blown.set_result(reason)

    def failed(self, reason: str) -> None:
        """Counts a failure, and blows it with as many as it bears, one after the other."""
        self._failures += 1
        if self._failures >= self._most:
            self.blow(reason)

    def went_well(self) -> None:
        """Forgets the failures so far."""
        self._failures = 0
