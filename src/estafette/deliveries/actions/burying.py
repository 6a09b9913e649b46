"""Burying: when a worker is dead, or ends, what it was still submitting has an unknown outcome."""

from uuid import UUID

from estafette.base.database import Database
from estafette.deliveries.actions import changing
from estafette.deliveries.rules import statuses
from estafette.deliveries.store import dispatchers, outcomes, queue, standings
from estafette.deliveries.store.outcomes import AttemptRow


async def bury_silent(database: Database) -> None:
    """Declares workers dead that were not seen for 15 seconds: what they were submitting has an unknown outcome."""
    for id_ in await dispatchers.silent(database):
        await bury(database, id_, silent_only=True)


async def bury(database: Database, dispatcher_id: UUID, *, silent_only: bool = False) -> None:
    """Ends a worker: what it was still submitting may have been accepted, so it is not submitted again."""
    async with database.transaction() as transaction:
        if not await dispatchers.lock(transaction, dispatcher_id, silent_only=silent_only):
            return
        now = transaction.clock.now()
        rows = {row["delivery_id"]: row for row in await dispatchers.submitting(transaction, dispatcher_id)}
        if rows:
            locked = await standings.lock(transaction, list(rows))
            for id_, standing in locked.items():
                changing.step(standing, "UNCERTAIN", statuses.AWAITING_RECEIPT)
                standing.attempts, standing.gateway_id = rows[id_]["attempts"], rows[id_]["gateway_id"]
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
            await queue.remove(transaction, list(rows))
            await changing.store(transaction, locked.values())
        await dispatchers.remove(transaction, dispatcher_id)
