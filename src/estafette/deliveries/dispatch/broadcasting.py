"""Broadcasting: over one open link, lease ranges of subscriptions, submit them side by side, record how they ended."""

import asyncio
from collections import Counter
from contextlib import suppress
from typing import Final, Literal
from uuid import UUID

import structlog

from estafette.base.back_off import back_off
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.ids import new_id
from estafette.base.work_loop import work_loop
from estafette.deliveries.actions.claiming import LeaseLost
from estafette.deliveries.actions.leasing_ranges import lease_range
from estafette.deliveries.actions.recording_ranges import record_range
from estafette.deliveries.dispatch.recorder import Recorder
from estafette.deliveries.dispatch.uncertain_claims import UncertainClaims
from estafette.deliveries.models.broadcasts import BroadcastHint, LeasedRange, RangeEnding
from estafette.deliveries.models.engine import GatewayLease
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Outcome, Refused, Unknown
from estafette.deliveries.models.transport import Link

# While the last of one range are answered, the next is under way.
RANGES: Final = 2
# The rest of a link is for what people are waiting for.
AT_ONCE: Final = 32
# What is out when a worker stops has so long to come to an end.
LAST_SECONDS: Final = 4.0
PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 5.0

_log = structlog.get_logger(__name__)

broadcast_tally: Final[Counter[Literal["accepted", "refused", "unknown"]]] = Counter()
"""How the submissions of broadcasts by this process ended, for its figures."""


class Broadcaster:
    """Works on one open link beside its submitter, until told to stop."""

    def __init__(
        self,
        database: Database,
        recorder: Recorder,
        uncertain_claims: UncertainClaims,
        lease: GatewayLease,
        link: Link,
    ) -> None:
        self._database, self._recorder, self._uncertain_claims = database, recorder, uncertain_claims
        self._lease, self._link = lease, link
        self._places = asyncio.Semaphore(AT_ONCE)
        self._stop = asyncio.Event()
        self._wakes = [asyncio.Event() for _ in range(RANGES)]
        self._out: dict[UUID, tuple[UUID, asyncio.Event]] = {}
        """Ranges under way, by their ids: of which broadcast, and what halts them."""

    def hear(self, hint: BroadcastHint) -> None:
        """A broadcast has changed: what of it is not submitted yet is not, or it is looked what there is to do."""
        for broadcast_id, halt in self._out.values():
            if broadcast_id == hint.id and not hint.running:
                halt.set()
        self.wake()

    def wake(self) -> None:
        """Something may wait: look at once."""
        for each in self._wakes:
            each.set()

    def stop(self) -> None:
        """Lets nothing more out."""
        self._stop.set()
        for _, halt in self._out.values():
            halt.set()

    async def run(self) -> None:
        """Works until told to stop; what is out then has a moment to come to its end."""
        first, *others = self._wakes
        await asyncio.gather(
            work_loop(self._step, first, self._stop), *(work_loop(self._help, wake, self._stop) for wake in others)
        )

    async def _help(self) -> float | None:
        """One looks for all, once a second; where there is something, all of them take from it."""
        return await self._step() if self._out else None

    async def _step(self) -> float | None:
        range_id = new_id()
        try:
            leased = await lease_range(self._database, self._lease, range_id)
        except LeaseLost:
            # The link comes to its end in a moment.
            return None
        except BaseException as error:
            # Whether the commit had come through, nobody said; what it took was not submitted.
            self._uncertain_claims.put(self._lease.dispatcher_id, range_id)
            if isinstance(error, DATABASE_IS_AWAY) or not isinstance(error, Exception):
                raise
            _log.exception("no range leased")
            return LONGEST_PAUSE_SECONDS
        if not isinstance(leased, LeasedRange):
            return leased
        await self._record(await self._submit(leased))
        return 0

    async def _submit(self, leased: LeasedRange) -> RangeEnding:
        halt = asyncio.Event()
        self._out[leased.id] = leased.broadcast_id, halt
        self.wake()
        if self._stop.is_set():
            halt.set()
        outcomes: dict[int, Outcome | None] = {}
        tasks = [asyncio.create_task(self._submit_one(each, halt, outcomes)) for each in leased.messages]
        try:
            all_ended, halted = asyncio.create_task(asyncio.wait(tasks)), asyncio.create_task(halt.wait())
            await asyncio.wait([all_ended, halted], return_when=asyncio.FIRST_COMPLETED)
            if not all_ended.done():
                await asyncio.wait([all_ended], timeout=LAST_SECONDS)
            for each in (all_ended, halted):
                each.cancel()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            del self._out[leased.id]
        return RangeEnding(id=leased.id, broadcast_id=leased.broadcast_id, outcomes=outcomes)

    async def _submit_one(
        self, claimed: ClaimedMessage, halt: asyncio.Event, outcomes: dict[int, Outcome | None]
    ) -> None:
        async with self._places:
            await self._link.capacity()
            if halt.is_set():
                return
            # Until it is answered: cut off from here on, it may have been taken.
            outcomes[claimed.delivery_id] = Unknown(reason="")
            try:
                outcomes[claimed.delivery_id] = await self._link.submit(claimed)
            except Exception:
                # A transport should not.
                _log.exception("a transport failed", subscription=claimed.delivery_id)
        match outcomes[claimed.delivery_id]:
            case Accepted():
                self._recorder.accepted[self._lease.gateway_id] = self._database.clock.now()
                broadcast_tally["accepted"] += 1
            case Refused():
                broadcast_tally["refused"] += 1
            case _:
                broadcast_tally["unknown"] += 1

    async def _record(self, ending: RangeEnding) -> None:
        """Stores it for certain, as long as this worker is to work: whoever follows takes it for uncertain."""
        failures = 0
        while True:
            try:
                return await record_range(self._database, ending)
            except DATABASE_IS_AWAY as error:
                _log.warning("a range waits for the database", reason=type(error).__name__)
            except Exception:
                _log.exception("a range is not recorded yet")
            failures += 1
            if self._stop.is_set() and failures > 1:
                return None
            with suppress(TimeoutError):
                async with asyncio.timeout(back_off(failures, PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)):
                    await self._stop.wait()
