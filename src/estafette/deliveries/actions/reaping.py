"""Burying: when a worker is dead, or ends, what it was still submitting has an unknown outcome."""

from uuid import UUID

from estafette.base.database import Database
from estafette.deliveries.actions import changing
from estafette.deliveries.actions.ending_broadcasts import give_up
from estafette.deliveries.models.messages import own_name
from estafette.deliveries.rules import statuses
from estafette.deliveries.store import broadcast_ranges as ranges
from estafette.deliveries.store import broadcasts, delivery_states, dispatchers, outcomes, queue
from estafette.deliveries.store.outcomes import AttemptRow, PartRow


async def reap_silent_workers(database: Database) -> None:
    """Declares workers dead that were not seen for 15 seconds: what they were submitting has an unknown outcome."""
    for id_ in await dispatchers.silent(database):
        await reap_dead_worker(database, id_, silent_only=True)


async def reap_dead_worker(database: Database, dispatcher_id: UUID, *, silent_only: bool = False) -> None:
    """Ends a worker: what it was still submitting may have been accepted, so it is not submitted again."""
    async with database.transaction() as transaction:
        if not await dispatchers.lock(transaction, dispatcher_id, silent_only=silent_only):
            return
        now = transaction.clock.now()
        rows = {row["delivery_id"]: row for row in await dispatchers.submitting(transaction, dispatcher_id)}
        if rows:
            locked = await delivery_states.lock(transaction, list(rows))
            for id_, state in locked.items():
                changing.step(state, "UNCERTAIN", statuses.AWAITING_RECEIPT)
                state.attempts, state.gateway_id = rows[id_]["attempts"], rows[id_]["gateway_id"]
            await outcomes.add_attempts(
                transaction,
                [
                    AttemptRow(
                        row["delivery_id"],
                        row["attempts"],
                        row["gateway_id"],
                        row["submitting_since"],
                        now,
                        "unknown",
                        reason="The worker ended before it could tell how this attempt had ended.",
                    )
                    for row in rows.values()
                ],
            )
            # Where a gateway repeats how we named it, a receipt may still tell what became of it.
            named = [
                PartRow(row["gateway_id"], own_name(id_, row["attempts"], row["created_at"]), id_, 1, 1)
                for id_, row in rows.items()
                if row["channel"] == "whatsapp"
            ]
            if named:
                await outcomes.add_parts(transaction, named)
            await queue.remove(transaction, list(rows))
            await changing.store(transaction, locked.values())
        for row in await broadcasts.lock(transaction, await ranges.broadcasts_of(transaction, dispatcher_id)):
            await give_up(transaction, row, dispatcher_id)
        await dispatchers.remove(transaction, dispatcher_id)
