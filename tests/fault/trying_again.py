"""How those go on who got no answer while something was down."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.waiting import eventually


class Return:
    """Whoever got no answer waits here until there may be one again; one of them looks for all."""

    def __init__(self, is_back: Callable[[], Awaitable[bool]]) -> None:
        self._is_back = is_back
        self._looking: asyncio.Task[bool] | None = None

    async def wait(self) -> None:
        """Returns as soon as a look that is not over yet says that what was down is back."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(eventually(self._is_back))
        await asyncio.shield(self._looking)


class Attempts:
    """What somebody does between attempts: the second follows at once, wherever the server stands by then."""

    def __init__(self, back: Return) -> None:
        self._back = back
        self.failed = 0

    async def next(self) -> None:
        """Returns when it is time to try again."""
        self.failed += 1
        if self.failed > 1:
            await self._back.wait()
