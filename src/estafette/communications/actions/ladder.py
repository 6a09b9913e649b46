"""The ladder: who has not been reached in time is tried by the next channel."""

from collections import Counter
from typing import Final
from uuid import UUID

from estafette import deliveries
from estafette.base.database import Database, Transaction
from estafette.communications.models.communications import Status
from estafette.communications.models.content import Channel
from estafette.communications.models.work import Work
from estafette.communications.store import counts, work
from estafette.communications.store import ladder as store

BATCH: Final = 500


async def take_steps(database: Database, id_: UUID) -> int:
    """Takes some steps of a ladder that are due, and returns how many."""
    async with database.transaction() as transaction:
        locked = await work.lock_free(transaction, id_)
        if locked is None or locked.state != "running":
            return 0
        return await _take_some(transaction, locked)


async def _take_some(transaction: Transaction, of: Work) -> int:
    now = transaction.clock.now()
    due = await store.due(transaction, of.id, now, BATCH)
    if not due:
        return 0
    handed_over = [row["delivery_id"] for row in due if row["delivery_id"] is not None]
    arrived = await store.arrived(transaction, handed_over)
    missed: list[tuple[Channel, UUID]] = [
        (row["channel"], row["client_id"]) for row in due if row["delivery_id"] not in arrived
    ]
    # What still waits for its gateway is not to come after the next one.
    late = [id_ for id_ in handed_over if id_ not in arrived]
    await deliveries.end_waiting_deliveries(transaction, late, "CANCELLED", "next_step")
    if missed:
        added = Counter(await store.add_next(transaction, of.id, of.channels, missed, now))
        waiting: Status = "WAITING"
        await counts.add(transaction, {(of.id, channel, waiting): number for channel, number in added.items()})
    await store.end_steps(transaction, of.id, [(row["channel"], row["client_id"]) for row in due])
    return len(due)
