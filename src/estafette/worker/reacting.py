"""Runs the reactions to committed changes: each in the transaction that takes the change off the list."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import asyncpg
import structlog

from estafette.base import pending_reactions
from estafette.base.changes import DUE, Change
from estafette.base.database import DATABASE_IS_AWAY, Database, Transaction

Reaction = Callable[[Transaction, Sequence[Change]], Awaitable[None]]
Reactions = Mapping[str, Sequence[Reaction]]
"""For each kind of change, what is done about it, in order."""

BATCH = 200
# A hint that was lost costs at most this long.
LOOK_SECONDS = 1.0
PAUSE_SECONDS = 0.05

_log = structlog.get_logger(__name__)


async def react(database: Database, reactions: Reactions, stop: asyncio.Event) -> None:
    """Reacts until told to stop; any number of workers share the list, and a killed one leaves nothing half done."""
    wake = asyncio.Event()
    database.bus.on(DUE, lambda _: wake.set())
    stopped = asyncio.create_task(stop.wait())
    while not stop.is_set():
        wake.clear()
        try:
            found = await _react_to_some(database, reactions, BATCH)
            if found == BATCH:
                continue
            if found:
                # What comes in the meantime is reacted to together, which costs a tenth of one by one.
                await asyncio.wait([stopped], timeout=PAUSE_SECONDS)
                continue
        except DATABASE_IS_AWAY as error:
            _log.warning("worker waits for the database", reason=type(error).__name__)
            await asyncio.sleep(0.5)
        woken = asyncio.create_task(wake.wait())
        await asyncio.wait([woken, stopped], timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()


async def _react_to_some(database: Database, reactions: Reactions, limit: int) -> int:
    """Reacts to at most `limit` changes in one transaction; after a failure, to each in its own."""
    claimed: list[tuple[int, Change]] = []
    try:
        async with database.transaction() as transaction:
            claimed = await pending_reactions.claim(transaction, limit)
            await _run(transaction, reactions, [change for _, change in claimed])
    except (TimeoutError, asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
        # A statement that takes too long or stands in another's way is no sign of an absent database.
        await _put_aside(database, reactions, claimed, limit, error)
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:
        await _put_aside(database, reactions, claimed, limit, error)
    return len(claimed)


async def _put_aside(
    database: Database, reactions: Reactions, claimed: Sequence[tuple[int, Change]], limit: int, error: Exception
) -> None:
    """After a failure of several each is tried alone; after a failure of one it is put off."""
    if limit > 1:
        for _ in claimed:
            await _react_to_some(database, reactions, 1)
        return
    for _, change in claimed:
        _log.error("reaction failed", kind=change.kind, stream=str(change.stream), number=change.number, exc_info=error)
    await pending_reactions.postpone(database, [id_ for id_, _ in claimed], f"{type(error).__name__}: {error}")


async def _run(transaction: Transaction, reactions: Reactions, changes: Sequence[Change]) -> None:
    kinds: dict[str, list[Change]] = {}
    for change in changes:
        kinds.setdefault(change.kind, []).append(change)
    for kind, some in kinds.items():
        for reaction in reactions.get(kind, ()):
            await reaction(transaction, some)


async def react_to_all(database: Database, reactions: Reactions) -> int:
    """Reacts until nothing is due any more and returns to how many changes; for loading data and for tests."""
    count = 0
    while some := await _react_to_some(database, reactions, BATCH):
        count += some
    return count
