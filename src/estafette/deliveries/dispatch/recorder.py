"""How submissions ended, on its way into the database; until it is there it is kept here, whatever happens.

Not a group commit (`base/group_commit.py`): nobody waits for an answer, nothing is ever refused, and an outage does not
end it.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg
import structlog

from estafette.base.back_off import back_off
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.deliveries.actions.recording import record
from estafette.deliveries.models.engine import Submission
from estafette.deliveries.models.messages import Accepted
from estafette.deliveries.rules.wording import plainer

BATCH: Final = 200
# When many end, a moment's patience makes a few commits of many.
GATHER_SECONDS: Final = 0.02
MANY: Final = 5
PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 30.0
# What such errors say of an outcome will be true the next time as well.
_UNSTORABLE: Final = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
)

_log = structlog.get_logger(__name__)


class Recorder:
    """Gathers outcomes of one process and stores them together, each for certain as long as the process lives."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Submission] = []
        self._some = asyncio.Event()
        self._apart: set[asyncio.Task[None]] = set()
        self._stored = asyncio.Condition()
        self.unrecorded = 0
        """How many outcomes are known to this process only."""
        self.accepted: dict[UUID, datetime] = {}
        """When each gateway has last accepted something."""

    def put(self, submission: Submission) -> None:
        """Takes one without waiting."""
        self._waiting.append(submission)
        self.unrecorded += 1
        self._some.set()
        if isinstance(submission.outcome, Accepted):
            self.accepted[submission.gateway_id] = submission.ended_at

    async def until_empty(self) -> None:
        """Waits until everything is stored."""
        await self.until_fewer(1)

    async def until_fewer(self, than: int) -> None:
        """Waits until fewer outcomes than that are known to this process only."""
        async with self._stored:
            await self._stored.wait_for(lambda: self.unrecorded < than)

    async def run(self) -> None:
        """Stores until cancelled."""
        try:
            while True:
                await self._some.wait()
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                await self._store(batch)
                if len(batch) >= MANY:
                    await asyncio.sleep(GATHER_SECONDS)
                if not self._waiting:
                    self._some.clear()
        finally:
            for task in self._apart:
                task.cancel()

    async def _store(self, batch: Sequence[Submission]) -> None:
        error = await self._try(batch)
        if error is None:
            await self._done(len(batch))
        elif len(batch) == 1:
            # A try or two may do; but the others do not wait for it.
            task = asyncio.create_task(self._insist(batch[0], error))
            self._apart.add(task)
            task.add_done_callback(self._apart.discard)
        else:
            for one in batch:
                await self._store([one])

    async def _insist(self, one: Submission, error: Exception) -> None:
        """Tries one again and again; what cannot be stored as it was told is told in plainer words."""
        failures, plainness = 1, 0
        while True:
            _log.error("outcome not recorded yet", delivery=one.delivery_id, exc_info=error)
            await asyncio.sleep(back_off(failures, PAUSE_SECONDS, LONGEST_PAUSE_SECONDS))
            given = plainer(one, plainness)
            failed = await self._try([given])
            if failed is None:
                await self._done(1)
                return
            error, failures = failed, failures + 1
            if isinstance(error, _UNSTORABLE):
                plainness += 1

    async def _try(self, batch: Sequence[Submission]) -> Exception | None:
        """Why a batch could not be stored although the database is there."""
        while True:
            try:
                await record(self._database, batch)
            except DATABASE_IS_AWAY as error:
                _log.warning("outcomes wait for the database", count=len(batch), reason=type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)
            except Exception as error:
                return error
            else:
                return None

    async def _done(self, count: int) -> None:
        async with self._stored:
            self.unrecorded -= count
            self._stored.notify_all()
