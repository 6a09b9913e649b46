"""A communication is cancelled: at once nothing more of it leaves, and a worker ends those who wait, in batches."""

from typing import Final
from uuid import UUID

from estafette import deliveries
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.clients import require_communications
from estafette.communications.actions import broadcasting
from estafette.communications.actions.moving import move
from estafette.communications.actions.outcomes import outcome
from estafette.communications.actions.pausing import locked, wrong_state
from estafette.communications.models.communications import Outcome
from estafette.communications.store import counts, ending, work

BATCH: Final = 10_000


async def cancel(database: Database, who: SignedIn, id_: UUID, revision: int | None = None) -> Outcome:
    """Ends a communication for good; what is in flight comes to its own end. Once more does no harm.

    Raises Forbidden, UnknownCommunication, CommunicationChanged and HasEnded; InState for a draft.
    """
    require_communications(who)
    async with database.transaction() as transaction:
        of = await locked(transaction, id_, revision)
        if of.state in ("cancelling", "cancelled"):
            return await outcome(transaction, of, of.state, of.revision)
        if of.state not in ("scheduled", "preparing", "running", "paused"):
            raise wrong_state(of)
        if of.started_at is None:
            return await outcome(transaction, of, "cancelled", await move(transaction, of.id, "cancelled"))
        await deliveries.cancel_batch(transaction, of.id)
        await broadcasting.cancel(transaction, of)
        return await outcome(transaction, of, "cancelling", await move(transaction, of.id, "cancelling"))


async def end_some(database: Database, id_: UUID, limit: int = BATCH) -> int:
    """Ends some who wait for a cancelled communication, and the communication after the last; how many."""
    async with database.transaction() as transaction:
        of = await work.lock_free(transaction, id_)
        if of is None or of.state != "cancelling":
            return 0
        # What a gateway refused for now has come back into the queue.
        await deliveries.cancel_batch(transaction, id_)
        ended = await ending.cancel_some(transaction, id_, limit)
        if (
            ended < limit
            and not await counts.waiting(transaction, id_)
            and await deliveries.batch_is_through(transaction, id_)
            and await broadcasting.is_through(transaction, of)
        ):
            await move(transaction, id_, "cancelled")
    return ended
