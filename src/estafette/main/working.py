"""The worker process: reactions to committed changes, and housekeeping."""

import asyncio
from functools import partial

from estafette import accounts, files
from estafette.base import idempotency, limits
from estafette.base.settings import Settings
from estafette.main.opening import open_database
from estafette.main.reactions import REACTIONS
from estafette.worker import keep_house, react


async def run_worker(settings: Settings, dsn: str, stop: asyncio.Event) -> None:
    """Works until told to stop; killed at any moment, it leaves nothing half done."""
    async with open_database(dsn, size=4) as database:
        chores = [
            partial(idempotency.forget_old, database),
            partial(limits.forget_ended, database),
            partial(accounts.forget_ended_sessions, database),
            partial(files.sweep, database, files.open_storage(settings.files)),
        ]
        await asyncio.gather(react(database, REACTIONS, stop), keep_house(chores, stop))
