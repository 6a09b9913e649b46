"""What was read long ago is forgotten, since the bell is no archive; and what is due, after a restore."""

from datetime import timedelta
from typing import Final

from estafette.base.database import Database
from estafette.notifications.store import notifications as store
from estafette.notifications.store import steps

KEPT: Final = timedelta(days=90)
AT_ONCE: Final = 1_000


async def forget_old(database: Database) -> None:
    """Removes notifications that were read more than 90 days ago, and steps of those that were read."""
    await steps.remove_of_read(database)
    before = database.clock.now() - KEPT
    while await store.forget_old(database, before, AT_ONCE) == AT_ONCE:
        pass


async def end_due_steps(database: Database) -> int:
    """Takes off what is due, and returns how many steps: nobody knows whether they were taken. The bell keeps all."""
    return await steps.remove_due(database, database.clock.now())
