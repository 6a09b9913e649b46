"""Carrying: over one open link, claim what waits, submit it side by side, note how it ended."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import structlog

from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.ids import new_id
from estafette.deliveries.actions.claiming import LeaseLost, anything_due, claim
from estafette.deliveries.dispatch.recorder import Recorder
from estafette.deliveries.dispatch.uncertain_claims import UncertainClaims
from estafette.deliveries.models.engine import Claimed, GatewayLease, Submission
from estafette.deliveries.models.messages import ClaimedMessage, Outcome, Unknown
from estafette.deliveries.models.transport import Link
from estafette.deliveries.rules.low_water_marks import LowWaterMarks

MOST: Final = 200
# A hint that was lost costs at most this long; so may what is due at a certain time.
LOOK_SECONDS: Final = 1.0
# While most of a window is under way, more of it comes free in a moment: claims of many cost less.
GATHER_SECONDS: Final = 0.01
# What is out when a worker stops, or a link breaks, has so long to come to an end.
LAST_SECONDS: Final = 4.0
PAUSE_SECONDS: Final = 0.25

_log = structlog.get_logger(__name__)


class Submitter:
    """Works on one open link until it breaks, is told to stop, or its turn is over."""

    def __init__(
        self,
        database: Database,
        recorder: Recorder,
        uncertain_claims: UncertainClaims,
        lease: GatewayLease,
        link: Link,
        lanes: Sequence[str],
    ) -> None:
        self._database, self._recorder, self._uncertain_claims = database, recorder, uncertain_claims
        self._lease, self._link = lease, link
        self._lanes = list(lanes)
        self._out: dict[asyncio.Task[None], tuple[ClaimedMessage, datetime]] = {}
        self._window = 1
        self._low_water_marks = LowWaterMarks()
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> str | None:
        """Returns why the link broke, None when it was told to stop or its turn is over."""
        lost = asyncio.create_task(self._link.lost())
        stopped = asyncio.create_task(stop.wait())
        ends = asyncio.create_task(_first(lost, stopped))
        try:
            await self._carry_until(ends)
        finally:
            for each in (ends, stopped, lost):
                if not each.done():
                    each.cancel()
            await self._finish()
        return lost.result() if lost.done() and not lost.cancelled() else None

    async def _carry_until(self, ends: "asyncio.Task[None]") -> None:
        while not ends.done():
            capacity = min(await self._capacity(ends), await self._recordable(ends))
            if not capacity:
                return
            self.wake.clear()
            try:
                batch = await self._claim(min(capacity, MOST), ends)
            except LeaseLost:
                return
            if batch is not None:
                self._submit(batch)
                await self._pause(batch, ends)

    async def _claim(self, capacity: int, ends: "asyncio.Task[None]") -> Claimed | None:
        """None when the database was away; raises LeaseLost."""
        claim_id = new_id()
        try:
            return await claim(self._database, self._lease, claim_id, capacity, self._low_water_marks)
        except LeaseLost:
            raise
        except BaseException as error:
            # Whether the commit had come through, nobody said; what it took was not submitted.
            self._low_water_marks.forget()
            undone = self._uncertain_claims.put(self._lease.dispatcher_id, claim_id)
            if not isinstance(error, DATABASE_IS_AWAY):
                raise
            _log.warning("claims wait for the database", reason=type(error).__name__)
        undoing = asyncio.create_task(undone.wait())
        await asyncio.wait([undoing, ends], return_when=asyncio.FIRST_COMPLETED)
        undoing.cancel()
        return None

    async def _capacity(self, ends: "asyncio.Task[None]") -> int:
        """How much would be taken at once; 0 when there is an end to it."""
        for patience in (True, False):
            asked = asyncio.create_task(self._link.capacity())
            await asyncio.wait([asked, ends], return_when=asyncio.FIRST_COMPLETED)
            if ends.done():
                asked.cancel()
                return 0
            capacity = asked.result()
            self._window = max(self._window, capacity + len(self._out))
            if not patience or capacity * 2 >= min(self._window, MOST):
                return capacity
            await asyncio.wait([ends], timeout=GATHER_SECONDS)
        return 0

    async def _recordable(self, ends: "asyncio.Task[None]") -> int:
        """How many outcomes may be added to those that only this process knows; 0 when there is an end to it.

        A kill makes all those uncertain: when recording is slower than the gateway, the gateway has to wait.
        """
        most = max(self._window, MOST)
        if self._recorder.unrecorded >= most:
            recorded = asyncio.create_task(self._recorder.until_fewer(most))
            await asyncio.wait([recorded, ends], return_when=asyncio.FIRST_COMPLETED)
            recorded.cancel()
        return 0 if ends.done() else max(1, most - self._recorder.unrecorded)

    def _submit(self, batch: Claimed) -> None:
        for claimed in batch.messages:
            task = asyncio.create_task(self._submit_one(claimed))
            self._out[task] = claimed, self._database.clock.now()

    async def _submit_one(self, claimed: ClaimedMessage) -> None:
        started_at = self._database.clock.now()
        try:
            outcome = await self._link.submit(claimed)
        except Exception as error:
            # A transport should not; whether it has written anything, nobody knows.
            _log.exception("a transport failed", delivery=claimed.delivery_id)
            outcome = Unknown(reason=f"{type(error).__name__}: {error}")
        task = asyncio.current_task()
        if task is not None and self._out.pop(task, None):
            self._note(claimed, started_at, outcome)

    def _note(self, claimed: ClaimedMessage, started_at: datetime, outcome: Outcome) -> None:
        self._recorder.put(
            Submission(
                delivery_id=claimed.delivery_id,
                attempt=claimed.attempt,
                gateway_id=self._lease.gateway_id,
                dispatcher_id=self._lease.dispatcher_id,
                started_at=started_at,
                ended_at=self._database.clock.now(),
                outcome=outcome,
            )
        )

    async def _pause(self, batch: Claimed, ends: "asyncio.Task[None]") -> None:
        if batch.wait is not None:
            if batch.wait > 0:
                await asyncio.wait([ends], timeout=min(batch.wait, LOOK_SECONDS))
            return
        while not ends.done():
            woken = asyncio.create_task(self.wake.wait())
            await asyncio.wait([woken, ends], timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
            if self.wake.is_set():
                return
            try:
                if await anything_due(self._database, self._lanes, self._low_water_marks):
                    return
            except DATABASE_IS_AWAY:
                await asyncio.wait([ends], timeout=PAUSE_SECONDS)

    async def _finish(self) -> None:
        """Waits a moment for what is out; whatever is left has an unknown outcome."""
        if self._out:
            await asyncio.wait(list(self._out), timeout=LAST_SECONDS)
        left, self._out = self._out, {}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for claimed, started_at in left.values():
            self._note(claimed, started_at, Unknown(reason="The link was closed before the gateway had answered."))


async def _first(*tasks: "asyncio.Task[object]") -> None:
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
