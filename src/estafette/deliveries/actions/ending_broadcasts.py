"""How broadcasts end: when all is submitted, when they have expired, when nothing carries them, after a restore."""

from collections import Counter
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Database, Transaction
from estafette.deliveries.actions.reaching import carries
from estafette.deliveries.models.broadcasts import BroadcastOutcome
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.rules import statuses
from estafette.deliveries.store import broadcast_counts as broadcast_counters
from estafette.deliveries.store import broadcast_ranges as ranges
from estafette.deliveries.store import broadcasts as store

BATCH: Final = 20
UNSUBSCRIBED: Final = "unsubscribed"
_GONE_OUT: Final[tuple[Status, ...]] = ("SENT", "DELIVERED", "UNCERTAIN")


async def standing(transaction: Transaction, broadcast_id: UUID) -> BroadcastOutcome:
    """Where a locked broadcast stands."""
    counts = await _counts(transaction, broadcast_id)
    in_flight = await ranges.in_flight(transaction, broadcast_id)
    return BroadcastOutcome(
        waiting=counts["CREATED"] - in_flight,
        cancelled=counts["CANCELLED"],
        gone_out=sum(counts[each] for each in _GONE_OUT),
        in_flight=in_flight,
    )


async def end_waiting_of(transaction: Transaction, broadcast_id: UUID, status: Status, reason: str) -> int:
    """Ends what waits of a locked broadcast, and says how many subscriptions these are; what is in flight goes on."""
    waiting = (await standing(transaction, broadcast_id)).waiting
    await store.exhaust(transaction, broadcast_id)
    await broadcast_counters.add(transaction, broadcast_id, {("CREATED", ""): -waiting, (status, reason): waiting})
    return waiting


async def finish(transaction: Transaction, broadcast_id: UUID) -> None:
    """Completes a locked broadcast, that has not ended yet, if nothing of it is left.

    Whoever is still counted as waiting has unsubscribed meanwhile.
    """
    if not await store.is_done(transaction, broadcast_id):
        return
    left = (await _counts(transaction, broadcast_id))["CREATED"]
    await broadcast_counters.add(
        transaction, broadcast_id, {("CREATED", ""): -left, ("SUPPRESSED", UNSUBSCRIBED): left}
    )
    await store.put_state(transaction, broadcast_id, "completed", transaction.clock.now())


async def end_some_broadcasts(database: Database) -> int:
    """Ends broadcasts that have expired, or that no gateway carries; how many."""
    async with database.transaction() as transaction:
        over = await store.lock_over(transaction, transaction.clock.now(), BATCH)
        await _end(transaction, over, "EXPIRED", statuses.EXPIRED)
        if len(over) == BATCH or await carries(transaction, "push"):
            return len(over)
        lost = await store.lock_running(transaction, BATCH)
        await _end(transaction, lost, "SYSTEM_ERROR", statuses.NO_GATEWAY)
    return len(over) + len(lost)


async def end_running_broadcasts(database: Database) -> int:
    """Ends what runs, as UNCERTAIN, and returns how many subscriptions these are: after a restore nobody knows."""
    ended = 0
    async with database.transaction() as transaction:
        for row in await store.lock(transaction, await ranges.broadcasts_of(transaction, None)):
            ended += await give_up(transaction, row, None)
    while True:
        async with database.transaction() as transaction:
            running = await store.lock_running(transaction, BATCH)
            for row in running:
                ended += await end_waiting_of(transaction, row["id"], "UNCERTAIN", statuses.OUTCOME_UNKNOWN)
                await finish(transaction, row["id"])
        if not running:
            return ended


async def give_up(transaction: Transaction, row: Any, dispatcher_id: UUID | None) -> int:
    """Ends what a worker, or any, was submitting of a locked broadcast: it may have gone out, so none is repeated."""
    lost = await ranges.end_all(transaction, row["id"], dispatcher_id)
    await broadcast_counters.add(
        transaction, row["id"], {("CREATED", ""): -lost, ("UNCERTAIN", statuses.OUTCOME_UNKNOWN): lost}
    )
    if row["state"] in ("running", "paused"):
        await finish(transaction, row["id"])
    return lost


async def _end(transaction: Transaction, locked: list[Any], status: Status, reason: str) -> None:
    for row in locked:
        await end_waiting_of(transaction, row["id"], status, reason)
        await finish(transaction, row["id"])


async def _counts(transaction: Transaction, broadcast_id: UUID) -> Counter[Status]:
    counts: Counter[Status] = Counter()
    for row in await broadcast_counters.of(transaction, [broadcast_id]):
        counts[row["status"]] += row["count"]
    return counts
