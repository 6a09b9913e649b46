"""What fails for a reason of its own holds up no other."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg
import structlog

from estafette.base.database import DATABASE_IS_AWAY

ASIDE_SECONDS: Final = 10.0
# A statement that takes too long or stands in another's way is no sign of an absent database.
_OF_ITS_OWN: Final = (TimeoutError, asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)

_log = structlog.get_logger(__name__)


class Aside:
    """What failed is left alone for a while."""

    def __init__(self) -> None:
        self._until: dict[object, float] = {}

    async def attempt(self, key: object, do: Callable[[], Awaitable[int]]) -> int:
        """What it answers; 0 while it is left alone. Raises what says that the database is away."""
        now = asyncio.get_running_loop().time()
        if self._until.get(key, 0) > now:
            return 0
        try:
            count = await do()
        except Exception as error:
            if isinstance(error, DATABASE_IS_AWAY) and not isinstance(error, _OF_ITS_OWN):
                raise
            _log.exception("a communication is left alone for a while", communication=str(key))
            # From now on: it may have been long until it failed.
            self._until[key] = asyncio.get_running_loop().time() + ASIDE_SECONDS
            return 0
        self._until.pop(key, None)
        return count
