"""Calls are kept for 30 days, so that people can look what was told and what was answered."""

from estafette.base.database import Database
from estafette.webhooks import store
from estafette.webhooks.rules.retrying import KEPT


async def forget_old_calls(database: Database) -> None:
    """Removes calls that ended and are older than 30 days."""
    await store.forget_calls(database, database.clock.now() - KEPT)
