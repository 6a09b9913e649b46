"""Preparing: what is due begins, and its audience becomes recipients, a stretch at a time, before anything is sent."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from estafette import deliveries
from estafette.base.database import Database, Transaction
from estafette.base.errors import Invalid
from estafette.clients import SegmentOutdated, UnknownSegment, segment_condition
from estafette.communications.actions import broadcasting
from estafette.communications.actions.moving import move
from estafette.communications.models.audiences import EveryoneAudience, SegmentAudience
from estafette.communications.models.schedules import LATE_SECONDS
from estafette.communications.models.work import Work
from estafette.communications.rules.moments import moments
from estafette.communications.store import preparing as store
from estafette.communications.store import work as states
from estafette.communications.store.preparing import Plan, Stretch

STRETCH: Final = 10_000
_FIRST_PLACE: Final = 9


async def begin(database: Database, id_: UUID) -> int:
    """Begins a communication whose time has come, 1 if it was there; for a single client it is prepared, too."""
    async with database.transaction() as transaction:
        work = await states.lock_free(transaction, id_)
        now = transaction.clock.now()
        if work is None or work.state != "scheduled" or (work.starts_at or now) > now:
            return 0
        await _begin(transaction, work)
        return 1


async def prepare_some(database: Database, id_: UUID, limit: int = STRETCH) -> int:
    """Makes recipients of the next clients; returns how many clients were looked at."""
    async with database.transaction() as transaction:
        work = await states.lock_free(transaction, id_)
        if work is None or work.state != "preparing":
            return 0
        return await _prepare(transaction, work, limit)


async def _begin(transaction: Transaction, work: Work) -> None:
    now = transaction.clock.now()
    if now - (work.starts_at or work.created_at) > timedelta(seconds=LATE_SECONDS):
        await move(transaction, work.id, "paused", pause_reason="late")
        return
    await start(transaction, work)
    if work.kind == "transactional":
        # To one client, who is not to wait until the next look.
        begun = await states.lock(transaction, work.id)
        if begun is not None and begun.state == "preparing":
            await _prepare(transaction, begun, STRETCH)


async def start(transaction: Transaction, work: Work) -> None:
    """Lets a locked communication be prepared, and its broadcast begin."""
    await deliveries.open_batch(transaction, work.id)
    try:
        # As all else of it: what somebody lets begin late is of use from now on.
        await broadcasting.start(transaction, replace(work, started_at=transaction.clock.now()))
    except Invalid:
        await move(transaction, work.id, "failed", failure="push_unusable")
        return
    await move(transaction, work.id, "preparing")


async def _prepare(transaction: Transaction, work: Work, limit: int) -> int:
    try:
        stretch = await _stretch(transaction, work, limit)
    except UnknownSegment:
        await move(transaction, work.id, "failed", failure="segment_gone")
        await broadcasting.cancel(transaction, work)
        return 0
    except SegmentOutdated:
        await move(transaction, work.id, "failed", failure="segment_outdated")
        await broadcasting.cancel(transaction, work)
        return 0
    prepared = stretch.looked_at < limit
    await store.note(transaction, work.id, stretch.last, stretch.chosen, prepared=prepared)
    if prepared:
        await store.open_lanes(transaction, work.id, work.addressed, transaction.clock.now())
        await move(transaction, work.id, "running")
    return stretch.looked_at


async def _stretch(transaction: Transaction, work: Work, limit: int) -> Stretch:
    if not work.addressed:
        return Stretch(0, 0, None)
    when = moments(work)
    plan = Plan(work.id, work.addressed, work.mode, when.first, when.by_zone)
    if work.list_id is not None:
        return await store.prepare_of_list(transaction, plan, work.prepared_to, limit, work.list_id)
    match work.audience:
        case EveryoneAudience():
            return await store.prepare_of_register(transaction, plan, work.prepared_to, limit, None)
        case SegmentAudience():
            asked = await segment_condition(transaction, work.audience.segment_id, _FIRST_PLACE)
            return await store.prepare_of_register(transaction, plan, work.prepared_to, limit, asked)
        case _:
            return Stretch(0, 0, None)
