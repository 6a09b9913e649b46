"""After a restore: what was under way in the backup may have gone on at the old server, so somebody has to say."""

from estafette.base.database import Database
from estafette.communications.actions.pausing import hold
from estafette.communications.store import work


async def hold_back(database: Database) -> int:
    """Pauses all communications that were under way or due, and returns how many."""
    now, held = database.clock.now(), 0
    for id_ in await work.under_way(database, now):
        async with database.transaction() as transaction:
            of = await work.lock(transaction, id_)
            if of is not None and of.state in ("scheduled", "preparing", "running"):
                await hold(transaction, of, "restored")
                held += 1
    return held
