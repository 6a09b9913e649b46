"""Claims whose commit was never confirmed: they are given back, whatever becomes of their link."""

import asyncio
from typing import Final
from uuid import UUID

import structlog

from estafette.base.back_off import back_off
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.deliveries.actions.claiming import undo

PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 5.0

_log = structlog.get_logger(__name__)


class UncertainClaims:
    """Gives back, one after another, what claims took whose commit was never confirmed; nothing of it was submitted."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claims: asyncio.Queue[tuple[UUID, UUID, asyncio.Event]] = asyncio.Queue()

    def put(self, dispatcher_id: UUID, claim_id: UUID) -> asyncio.Event:
        """Takes one without waiting; what it returns is set when the claim was given back."""
        undone = asyncio.Event()
        self._claims.put_nowait((dispatcher_id, claim_id, undone))
        return undone

    async def until_empty(self) -> None:
        """Waits until everything was given back."""
        await self._claims.join()

    async def run(self) -> None:
        """Gives back until cancelled."""
        while True:
            dispatcher_id, claim_id, undone = await self._claims.get()
            await self._undo(dispatcher_id, claim_id)
            undone.set()
            self._claims.task_done()

    async def _undo(self, dispatcher_id: UUID, claim_id: UUID) -> None:
        failures = 0
        while True:
            try:
                await undo(self._database, dispatcher_id, claim_id)
            except DATABASE_IS_AWAY as error:
                _log.warning("a claim is not given back yet", reason=type(error).__name__)
            except Exception:
                _log.exception("a claim is not given back yet")
            else:
                return
            failures += 1
            await asyncio.sleep(back_off(failures, PAUSE_SECONDS, LONGEST_PAUSE_SECONDS))
