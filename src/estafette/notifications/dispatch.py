"""The loop of due steps: any number of workers share the steps, and one that is killed leaves none half taken."""

import asyncio

from estafette.base.database import Database
from estafette.base.work_loop import work_loop
from estafette.notifications.actions.due_steps import BATCH, run_due_steps
from estafette.notifications.actions.notifying import DUE
from estafette.notifications.actions.writing import RenderContext
from estafette.notifications.models.contents import Renderers


async def run_ladders(database: Database, renderers: Renderers, context: RenderContext, stop: asyncio.Event) -> None:
    """Takes steps when they are due, until told to stop."""
    wake = asyncio.Event()
    database.bus.on(DUE, lambda _: wake.set())

    async def run_some() -> float | None:
        return 0 if await run_due_steps(database, renderers, context) == BATCH else None

    await work_loop(run_some, wake, stop)
