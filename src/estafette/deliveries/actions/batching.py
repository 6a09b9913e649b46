"""Batches: many deliveries of one purpose, handed in together, and held, put back and cancelled exactly.

All that is done here is part of the caller's transaction, as is what it does to its own rows because of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from estafette.base.bus import event
from estafette.base.database import Queries, Transaction
from estafette.base.errors import Invalid
from estafette.deliveries.actions import changing
from estafette.deliveries.actions.storing import entry
from estafette.deliveries.models.batches import MOST_LATE, BatchCounts, BatchDelivery, HeldDelivery, LateDelivery
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.models.engine import QUEUED
from estafette.deliveries.rules.checking import check
from estafette.deliveries.store import batch_queue, batches, delivery_states, queue, whatsapp
from estafette.deliveries.store.accepting import Entry


async def open_batch(transaction: Transaction, batch_id: UUID) -> None:
    """Lets deliveries of a batch go out; once more does no harm."""
    await batches.open_(transaction, batch_id)


async def hand_in(transaction: Transaction, batch_id: UUID, news: Sequence[BatchDelivery]) -> list[int | Invalid]:
    """Stores deliveries of a batch in one statement; each gets its id, or what is wrong with it.

    That nobody gets two is for the caller to see to.
    """
    now = transaction.clock.now()
    entries: list[tuple[UUID, Entry]] = []
    answers: list[int | Invalid] = []
    for each in news:
        try:
            entries.append((each.member, entry(check(each.new, now), now)))
            answers.append(0)
        except Invalid as error:
            answers.append(error)
    if not entries:
        return answers
    ids = iter(await batches.hand_in(transaction, batch_id, entries, now))
    transaction.announce(event(QUEUED, sorted({each.new.channel for _, each in entries})))
    return [next(ids) if each == 0 else each for each in answers]


async def hold_batch(transaction: Transaction, batch_id: UUID) -> None:
    """From the commit on nothing of a batch leaves but what is being submitted already."""
    await batches.stop(transaction, batch_id, "held")
    await batch_queue.hold(transaction, batch_id)


async def held_in_batch(queries: Queries, batch_id: UUID) -> list[HeldDelivery]:
    """What waits in a batch that is held."""
    return [msgspec.convert(dict(row), HeldDelivery) for row in await batch_queue.held(queries, batch_id)]


async def late_in_batch(queries: Queries, batch_id: UUID, since: datetime) -> list[LateDelivery]:
    """What waits in a batch after it was refused for now, or since before a time."""
    return [msgspec.convert(dict(row), LateDelivery) for row in await batch_queue.late(queries, batch_id, since)]


async def put_off_deliveries(transaction: Transaction, later: Mapping[int, datetime]) -> None:
    """Lets deliveries that wait do so until these times; what is being submitted is left."""
    await batch_queue.put_off(transaction, later)


async def put_back_batch(transaction: Transaction, batch_id: UUID, later: Mapping[int, datetime]) -> None:
    """Lets what is held of a batch go out again: at once, or not before the times that are named for some of it."""
    await batches.stop(transaction, batch_id, None)
    lanes = set(await batch_queue.put_back(transaction, batch_id, transaction.clock.now(), later))
    if lanes:
        transaction.announce(event(QUEUED, sorted(lanes)))


async def cancel_batch(transaction: Transaction, batch_id: UUID) -> int:
    """Cancels all of a batch that waits, for good; how many. What is being submitted is not tried again."""
    await batches.stop(transaction, batch_id, "cancelled")
    ids = await batch_queue.take_out(transaction, batch_id)
    await _end(transaction, ids, "CANCELLED", None)
    return len(ids)


async def end_waiting_deliveries(
    transaction: Transaction, ids: Sequence[int], status: Status, reason: str | None
) -> set[int]:
    """Ends those of the deliveries that wait and are not being submitted; which they were."""
    if not ids:
        return set()
    taken = await batch_queue.take_out_some(transaction, ids)
    await _end(transaction, taken, status, reason)
    return set(taken)


async def forget_words(transaction: Transaction, ids: Sequence[int]) -> None:
    """Cancels what waits of these deliveries, and takes addresses and words away from all of them."""
    if ids:
        # In the order in which outcomes are recorded, and counts last.
        await queue.lock(transaction, ids)
        await delivery_states.lock(transaction, ids)
        await whatsapp.forget_recipients(transaction, ids)
        await batch_queue.blank(transaction, ids)
        await end_waiting_deliveries(transaction, ids, "CANCELLED", "erased")


async def batch_counts(queries: Queries, batch_ids: Sequence[UUID]) -> dict[UUID, BatchCounts]:
    """How many deliveries of batches stand where; what nobody is in is not named."""
    found: dict[UUID, BatchCounts] = {each: {} for each in batch_ids}
    for row in await batches.totals(queries, batch_ids):
        found[row["batch_id"]].setdefault(row["channel"], {})[row["status"]] = row["count"]
    return found


async def batch_queue_sizes(queries: Queries, batch_id: UUID) -> tuple[int, int]:
    """How many deliveries of a batch wait, and how many are being submitted."""
    return await batch_queue.sizes(queries, batch_id)


async def filled_in_batches(queries: Queries, batch_ids: Sequence[UUID], now: datetime) -> dict[tuple[UUID, str], int]:
    """How much of the room that a batch has in the queue is taken on each channel.

    What gateways have refused for now takes none as long as it is not too much: some are refused in every campaign.
    """
    rows = await batch_queue.filled(queries, batch_ids, now, MOST_LATE)
    return {(row["batch_id"], row["lane"]): row["filled"] for row in rows}


async def batch_is_through(queries: Queries, batch_id: UUID) -> bool:
    """Whether nothing of a batch waits or is being submitted."""
    return await batch_queue.is_empty(queries, batch_id)


async def _end(transaction: Transaction, ids: Sequence[int], status: Status, reason: str | None) -> None:
    if ids:
        locked = await delivery_states.lock(transaction, ids)
        for state in locked.values():
            changing.step(state, status, reason)
        await changing.store(transaction, locked.values())
