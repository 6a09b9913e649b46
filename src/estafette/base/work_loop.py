"""How a worker works through what waits in a table: together if it can be, alone if it must, woken when more comes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

import asyncpg
import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database, Transaction

LOOK_SECONDS: Final = 1.0
"""What a wake-up that was lost costs at most."""
AWAY_SECONDS: Final = 0.5

_log = structlog.get_logger(__name__)

Item = TypeVar("Item")
Claim = Callable[[Transaction, int], Awaitable[list[Item]]]
"""Takes at most so many items off their table; they are back if the transaction fails."""
Run = Callable[[Transaction, Sequence[Item]], Awaitable[None]]
PutOff = Callable[[Sequence[Item], Exception], Awaitable[None]]
"""Notes that an item failed, and when it is tried again; called after its transaction was rolled back."""


async def work_loop(step: Callable[[], Awaitable[float | None]], wake: asyncio.Event, stop: asyncio.Event) -> None:
    """Calls `step` until told to stop, also when the database is away.

    It returns after how many seconds to call it again: 0 at once, None when it is woken or `LOOK_SECONDS` are over.
    """
    stopped = asyncio.create_task(stop.wait())
    try:
        while not stop.is_set():
            wake.clear()
            try:
                seconds = await step()
            except DATABASE_IS_AWAY as error:
                _log.warning("a worker waits for the database", step=step.__qualname__, reason=type(error).__name__)
                seconds = AWAY_SECONDS
            if seconds is None:
                woken = asyncio.create_task(wake.wait())
                await asyncio.wait([woken, stopped], timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                woken.cancel()
            elif seconds:
                await asyncio.wait([stopped], timeout=seconds)
    finally:
        stopped.cancel()


async def run_claimed(
    database: Database, claim: "Claim[Item]", run: "Run[Item]", put_off: "PutOff[Item]", limit: int
) -> int:
    """Claims at most `limit` items and runs them in one transaction; returns how many there were.

    After a failure of several each is tried alone, after a failure of one it is put off: one that fails holds up no
    other. Raises what DATABASE_IS_AWAY names.
    """
    claimed: list[Item] = []
    try:
        async with database.transaction() as transaction:
            claimed = await claim(transaction, limit)
            if claimed:
                await run(transaction, claimed)
        return len(claimed)
    except (TimeoutError, asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
        # A statement that takes too long or stands in another's way is no sign of an absent database.
        failure: Exception = error
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:
        failure = error
    if limit > 1:
        for _ in claimed:
            await run_claimed(database, claim, run, put_off, 1)
    elif claimed:
        await put_off(claimed, failure)
    return len(claimed)
