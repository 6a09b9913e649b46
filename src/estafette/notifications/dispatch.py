"""The loop of due steps: any number of workers share the steps, and one that is killed leaves none half taken."""

import asyncio
from typing import Final

import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.notifications.actions.due_steps import BATCH, run_due_steps
from estafette.notifications.actions.notifying import DUE
from estafette.notifications.actions.writing import RenderContext
from estafette.notifications.models.contents import Renderers

LOOK_SECONDS: Final = 1.0

_log = structlog.get_logger(__name__)


async def run_ladders(database: Database, renderers: Renderers, context: RenderContext, stop: asyncio.Event) -> None:
    """Takes steps when they are due, until told to stop."""
    wake = asyncio.Event()
    database.bus.on(DUE, lambda _: wake.set())
    stopped = asyncio.create_task(stop.wait())
    while not stop.is_set():
        wake.clear()
        try:
            if await run_due_steps(database, renderers, context) == BATCH:
                continue
        except DATABASE_IS_AWAY as error:
            _log.warning("notifications wait for the database", reason=type(error).__name__)
        woken = asyncio.create_task(wake.wait())
        await asyncio.wait([woken, stopped], timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()
    stopped.cancel()
