"""What is running is watched: it is completed when nothing waits any more, and pauses when too much of it fails."""

from uuid import UUID

from estafette import deliveries
from estafette.base.database import Database
from estafette.communications.actions import broadcasting
from estafette.communications.actions.moving import move
from estafette.communications.actions.pausing import hold
from estafette.communications.models.communications import Totals
from estafette.communications.rules.error_rate import ended_and_failed, too_many
from estafette.communications.store import ladder, work
from estafette.communications.store.totals import totals


async def running(database: Database) -> dict[UUID, Totals]:
    """All that is running, with its totals."""
    ids = await work.in_state(database, "running")
    return await totals(database, ids) if ids else {}


async def watch(database: Database, id_: UUID, seen: Totals) -> int:
    """Looks whether a communication with these totals has to be completed or paused; 1 if it was."""
    ended, failed = ended_and_failed(seen)
    waits = any(of_channel.get("WAITING") or of_channel.get("CREATED") for of_channel in seen.values())
    if waits and not failed:
        return 0
    async with database.transaction() as transaction:
        of = await work.lock_free(transaction, id_)
        if of is None or of.state != "running":
            return 0
        if too_many(ended - of.ended_before, failed - of.failed_before, of.schedule.error_limit) and waits:
            await hold(transaction, of, "errors")
            return 1
        if waits or not await deliveries.batch_is_through(transaction, id_):
            return 0
        if await ladder.any_steps(transaction, id_) or not await broadcasting.is_through(transaction, of):
            return 0
        # As seen under the lock: nobody hands over any more.
        now = (await totals(transaction, [id_]))[id_]
        if any(of_channel.get("WAITING") or of_channel.get("CREATED") for of_channel in now.values()):
            return 0
        await move(transaction, id_, "completed")
        return 1
