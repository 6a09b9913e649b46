"""What a worker does for conversations beside reactions: what concerns many, some at a time, and what has its time."""

import asyncio

from estafette.base.database import Database
from estafette.base.quotas import Quotas
from estafette.base.work_loop import work_loop
from estafette.conversations.actions.indexing import index_some_anew, index_some_files, rewrite_some_entries
from estafette.conversations.actions.notifying import notify_some_later
from estafette.conversations.actions.reminding import remind_some_due
from estafette.conversations.actions.sending_scheduled import send_some_due


async def run_conversations(database: Database, quotas: Quotas, stop: asyncio.Event) -> None:
    """Tells the members of large conversations, and writes anew who may find what and by what, until told to stop.

    Sends what was scheduled and reminds of what was asked for when it is due, however much else there is to do.
    """

    async def catch_up() -> float | None:
        worked = await notify_some_later(database) + await rewrite_some_entries(database)
        # After what somebody waits for.
        worked = worked or await index_some_anew(database)
        return 0 if worked else None

    async def read_files() -> float | None:
        return 0 if await index_some_files(database) else None

    async def keep_time() -> float | None:
        worked = await send_some_due(database, quotas) + await remind_some_due(database)
        return 0 if worked else None

    await asyncio.gather(*(work_loop(step, asyncio.Event(), stop) for step in (catch_up, read_files, keep_time)))
