"""How submissions ended, on its way into the database; while that is away it is kept here."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.deliveries.actions.recording import record
from estafette.deliveries.models.engine import Submission
from estafette.deliveries.models.parcels import Accepted

BATCH: Final = 200
# When many end, a moment's patience makes a few commits of many.
GATHER_SECONDS: Final = 0.02
MANY: Final = 5
PAUSE_SECONDS: Final = 0.25

_log = structlog.get_logger(__name__)


class Recorder:
    """Gathers outcomes of one process and stores them together, each for certain as long as the process lives."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Submission] = []
        self._some = asyncio.Event()
        self._none = asyncio.Event()
        self._none.set()
        self.accepted: dict[UUID, datetime] = {}
        """When each gateway has last accepted something."""

    def put(self, submission: Submission) -> None:
        """Takes one without waiting."""
        self._waiting.append(submission)
        self._some.set()
        self._none.clear()
        if isinstance(submission.outcome, Accepted):
            self.accepted[submission.gateway_id] = submission.ended_at

    async def until_empty(self) -> None:
        """Waits until everything is stored."""
        await self._none.wait()

    async def run(self) -> None:
        """Stores until cancelled."""
        while True:
            await self._some.wait()
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            await self._store(batch)
            if len(batch) >= MANY:
                await asyncio.sleep(GATHER_SECONDS)
            if not self._waiting:
                self._some.clear()
                self._none.set()

    async def _store(self, batch: Sequence[Submission]) -> None:
        while True:
            try:
                await record(self._database, batch)
            except DATABASE_IS_AWAY as error:
                _log.warning("outcomes wait for the database", count=len(batch), reason=type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)
            except Exception:
                if len(batch) == 1:
                    # It stays marked as being submitted, and is found when this worker ends.
                    _log.exception("outcome not recorded", delivery=batch[0].delivery_id)
                    return
                for one in batch:
                    await self._store([one])
                return
            else:
                return
