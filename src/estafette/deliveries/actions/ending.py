"""Ending what waits to go out: after a restore nobody knows whether it has gone out already."""

from typing import Final

from estafette.base.database import Database
from estafette.deliveries.actions import changing
from estafette.deliveries.actions.ending_broadcasts import end_running_broadcasts
from estafette.deliveries.rules import statuses
from estafette.deliveries.store import delivery_states, queue

BATCH: Final = 500


async def end_waiting(database: Database) -> int:
    """Ends all that is due as UNCERTAIN, and returns how many; what is to go out later only is left."""
    ended = 0
    while count := await _end_some(database):
        ended += count
    return ended + await end_running_broadcasts(database)


async def _end_some(database: Database) -> int:
    async with database.transaction() as transaction:
        ids = await queue.waiting(transaction, transaction.clock.now(), BATCH)
        if ids:
            await queue.remove(transaction, ids)
            locked = await delivery_states.lock(transaction, ids)
            for state in locked.values():
                changing.step(state, "UNCERTAIN", statuses.OUTCOME_UNKNOWN)
            await changing.store(transaction, locked.values())
    return len(ids)
