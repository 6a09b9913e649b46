"""What a worker does for communications: begins and prepares them, hands over, takes steps, ends."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Final
from uuid import UUID

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.quotas import Quotas
from estafette.base.work_loop import work_loop
from estafette.communications.actions.cancelling import end_some
from estafette.communications.actions.handing_over import LaneFeeder
from estafette.communications.actions.keeping_quiet import keep_quiet
from estafette.communications.actions.ladder import take_steps
from estafette.communications.actions.preparing import begin, prepare_some
from estafette.communications.actions.setting_aside import Aside
from estafette.communications.actions.telling import note_progress, tell_programs
from estafette.communications.actions.watching import running, watch
from estafette.communications.models.content import Channel
from estafette.communications.models.work import COMMUNICATIONS_CHANGED, Lane
from estafette.communications.models.writing import Write
from estafette.communications.store import handing_over, ladder, work

SHORTEST_PAUSE: Final = 0.05
LONGEST_PAUSE: Final = 0.5
"""For so long those wait who find all windows full; what is due at a certain time is late by no more."""
ROUND_SECONDS: Final = 0.3
DUE: Final = 100
PROGRESS_SECONDS: Final = 5.0
QUIET_SECONDS: Final = 5.0
"""How soon after the beginning of quiet hours nothing goes out any more."""


class Figures:
    """What a worker has done since it began."""

    def __init__(self) -> None:
        self.prepared = 0
        self.handed_over = 0


async def run_communications(
    database: Database, write: Write, quotas: Quotas, stop: asyncio.Event, figures: Figures | None = None
) -> None:
    """Works until told to stop; killed at any moment, it forgets nobody and hands nobody over twice."""
    told = figures or Figures()
    preparing, feeding, tending = asyncio.Event(), asyncio.Event(), asyncio.Event()
    for wake in (preparing, feeding, tending):
        database.bus.on(COMMUNICATIONS_CHANGED, lambda _, wake=wake: wake.set())
        database.bus.on_gap(wake.set)
    feeder = Feeder(database, write, quotas, told)
    await asyncio.gather(
        work_loop(Preparer(database, told, feeding).step, preparing, stop),
        work_loop(partial(_woken_early, feeder.step, feeding), feeding, stop),
        work_loop(Tender(database).step, tending, stop),
    )


async def _woken_early(step: Callable[[], Awaitable[float | None]], wake: asyncio.Event) -> float | None:
    """A step whose pause is over as soon as there is something new: a message to one client waits for nothing."""
    seconds = await step()
    if seconds:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await wake.wait()
        return 0
    return seconds


async def run_telling(database: Database, stop: asyncio.Event) -> None:
    """Tells programs of states, and keeps totals for charts, until told to stop."""
    changed = asyncio.Event()
    database.bus.on(COMMUNICATIONS_CHANGED, lambda _: changed.set())
    database.bus.on_gap(changed.set)

    async def tell() -> float | None:
        return 0 if await tell_programs(database) else None

    async def note() -> float | None:
        await note_progress(database)
        return PROGRESS_SECONDS

    await asyncio.gather(work_loop(tell, changed, stop), work_loop(note, asyncio.Event(), stop))


class Preparer:
    """Begins what is due and prepares it, a stretch of each communication in turn."""

    def __init__(self, database: Database, figures: Figures, ready: asyncio.Event) -> None:
        self._database, self._figures, self._ready = database, figures, ready
        self._aside = Aside()

    async def step(self) -> float | None:
        """One round; 0 while there is more."""
        begun = looked_at = 0
        for id_ in await work.due(self._database, self._database.clock.now(), DUE):
            begun += await self._aside.attempt(id_, partial(begin, self._database, id_))
        for id_ in await work.in_state(self._database, "preparing"):
            count = await self._aside.attempt(id_, partial(prepare_some, self._database, id_))
            self._figures.prepared += count
            looked_at += count
            if looked_at:
                # Whoever came meanwhile for a single client goes first.
                break
        if begun or looked_at:
            self._ready.set()
            return 0
        return None


class Feeder:
    """Hands over, a piece of each lane in turn."""

    def __init__(self, database: Database, write: Write, quotas: Quotas, figures: Figures) -> None:
        self._database, self._write, self._quotas, self._figures = database, write, quotas, figures
        self._lanes: dict[tuple[UUID, Channel], LaneFeeder] = {}
        self._pause = SHORTEST_PAUSE
        self._aside = Aside()

    async def step(self) -> float | None:
        """One turn of each lane; 0 while there is more."""
        lanes = await handing_over.lanes(self._database)
        if not lanes:
            self._lanes.clear()
            return None
        # Raises DiskFull while there is no room for what would be stored.
        if await self._aside.attempt(UUID(int=0), self._has_room) == 0:
            return LONGEST_PAUSE
        known: dict[tuple[UUID, Channel], Lane] = {(each.communication_id, each.channel): each for each in lanes}
        ids = list({each.communication_id for each in lanes})
        queued = await deliveries.filled_in_batches(self._database, ids, self._database.clock.now())
        self._lanes = {key: self._lanes.get(key) or LaneFeeder(each) for key, each in known.items()}
        count, loop = 0, asyncio.get_running_loop()
        until = loop.time() + ROUND_SECONDS
        for key, lane in self._lanes.items():
            count += await self._aside.attempt(key, partial(lane.feed, self._database, self._write, queued.get(key, 0)))
            # Who had no turn yet comes first the next time, but for single clients who have come meanwhile.
            if count and loop.time() > until:
                break
        self._figures.handed_over += count
        self._pause = SHORTEST_PAUSE if count else min(LONGEST_PAUSE, self._pause * 2)
        return 0 if count else self._pause

    async def _has_room(self) -> int:
        self._quotas.check_disk()
        return 1


class Tender:
    """Takes steps of ladders, ends what is cancelled, completes what is through, pauses what fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._aside = Aside()
        self._quiet_at = 0.0

    async def step(self) -> float | None:
        """One round; 0 while there is more."""
        count = 0
        for id_ in await ladder.with_steps(self._database, self._database.clock.now()):
            count += await self._aside.attempt(id_, partial(take_steps, self._database, id_))
        await self._keep_quiet()
        for id_ in await work.in_state(self._database, "cancelling"):
            count += await self._aside.attempt(id_, partial(end_some, self._database, id_))
        for id_, seen in (await running(self._database)).items():
            count += await self._aside.attempt(id_, partial(watch, self._database, id_, seen))
        return 0 if count else None

    async def _keep_quiet(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._quiet_at:
            self._quiet_at = now + QUIET_SECONDS
            for id_ in await work.with_quiet_hours(self._database):
                await self._aside.attempt(id_, partial(keep_quiet, self._database, id_))
