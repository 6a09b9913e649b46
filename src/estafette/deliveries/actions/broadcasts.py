"""Broadcasts begin, pause, go on and end; whatever state they are in, their counts add up to those whom they are for.

All of it happens in the transaction of whoever asks: a communication that goes by push.
"""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.bus import event
from estafette.base.database import Queries, Transaction
from estafette.deliveries.actions.ending_broadcasts import end_waiting_of, finish, standing
from estafette.deliveries.models.broadcasts import (
    BROADCASTS_CHANGED,
    NEWS,
    BroadcastHint,
    BroadcastOutcome,
    BroadcastReason,
    NewBroadcast,
)
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.rules.broadcasts import check_broadcast
from estafette.deliveries.store import broadcast_counts as broadcast_counters
from estafette.deliveries.store import broadcast_subscriptions as subscriptions
from estafette.deliveries.store import broadcasts as store


async def subscribers(queries: Queries) -> int:
    """How many browsers want news."""
    return sum(row["count"] for row in await subscriptions.by_language(queries, NEWS))


async def start_broadcast(transaction: Transaction, new: NewBroadcast) -> int:
    """Begins a broadcast to all who have subscribed by now, and says how many these are; again, it changes nothing.

    Raises Invalid.
    """
    check_broadcast(new.content)
    there = await subscriptions.counted(transaction, new.topic)
    if await store.insert(transaction, new, there["last"], transaction.clock.now()):
        await broadcast_counters.add(transaction, new.id, {("CREATED", ""): there["count"]})
        await finish(transaction, new.id)
        _announce(transaction, new.id, running=True)
    return there["count"]


async def pause_broadcast(transaction: Transaction, broadcast_id: UUID) -> BroadcastOutcome:
    """Lets nothing more of a broadcast out; nothing happens to one that has ended, or is none."""
    for row in await store.lock(transaction, [broadcast_id]):
        if row["state"] == "running":
            await store.put_state(transaction, broadcast_id, "paused", None)
            _announce(transaction, broadcast_id, running=False)
    return await standing(transaction, broadcast_id)


async def resume_broadcast(transaction: Transaction, broadcast_id: UUID) -> BroadcastOutcome:
    """Lets a paused broadcast go on where it was."""
    for row in await store.lock(transaction, [broadcast_id]):
        if row["state"] == "paused":
            await store.put_state(transaction, broadcast_id, "running", None)
            _announce(transaction, broadcast_id, running=True)
    return await standing(transaction, broadcast_id)


async def cancel_broadcast(transaction: Transaction, broadcast_id: UUID) -> BroadcastOutcome:
    """Ends a broadcast: what waits is cancelled; what is in flight comes to its own end."""
    for row in await store.lock(transaction, [broadcast_id]):
        if row["state"] in ("running", "paused"):
            await end_waiting_of(transaction, broadcast_id, "CANCELLED", "cancelled")
            await store.put_state(transaction, broadcast_id, "cancelled", transaction.clock.now())
            _announce(transaction, broadcast_id, running=False)
    return await standing(transaction, broadcast_id)


async def broadcast_counts(queries: Queries, ids: Sequence[UUID]) -> dict[UUID, dict[Status, int]]:
    """How many subscriptions of each broadcast stand where; CREATED: they wait or are in flight."""
    found: dict[UUID, dict[Status, int]] = {each: {} for each in ids}
    for row in await broadcast_counters.of(queries, ids):
        of_broadcast = found[row["broadcast_id"]]
        of_broadcast[row["status"]] = of_broadcast.get(row["status"], 0) + row["count"]
    return found


async def broadcast_reasons(queries: Queries, broadcast_id: UUID) -> list[BroadcastReason]:
    """The same of one broadcast, with the reasons."""
    return [
        BroadcastReason(status=row["status"], reason=row["reason"] or None, count=row["count"])
        for row in await broadcast_counters.of(queries, [broadcast_id])
    ]


async def ended_broadcasts(queries: Queries, ids: Sequence[UUID]) -> set[UUID]:
    """Those of the broadcasts of which nothing waits or is in flight any more."""
    return set(await store.ended(queries, ids))


def _announce(transaction: Transaction, broadcast_id: UUID, *, running: bool) -> None:
    transaction.announce(event(BROADCASTS_CHANGED, BroadcastHint(id=broadcast_id, running=running)))
