"""What a worker does for conversations beside reactions: what concerns many is done some at a time."""

import asyncio

from estafette.base.database import Database
from estafette.base.work_loop import work_loop
from estafette.conversations.actions.indexing import rewrite_some_entries
from estafette.conversations.actions.notifying import notify_some_later


async def run_conversations(database: Database, stop: asyncio.Event) -> None:
    """Tells the members of large conversations, and writes anew who may find what was said, until told to stop."""

    async def step() -> float | None:
        worked = await notify_some_later(database) + await rewrite_some_entries(database)
        return 0 if worked else None

    await work_loop(step, asyncio.Event(), stop)
