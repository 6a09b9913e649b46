"""Cancelling: what has not gone out yet does not go out."""

from uuid import UUID

from estafette.base.database import Database
from estafette.deliveries.actions import changing, showing
from estafette.deliveries.actions.finding import find
from estafette.deliveries.errors import TooLateToCancel, UnknownDelivery
from estafette.deliveries.models.deliveries import Delivery
from estafette.deliveries.store import deliveries, delivery_states, queue


async def cancel(database: Database, owner_id: UUID, id_: int) -> Delivery:
    """Cancels a delivery and returns it; once more does no harm. Raises UnknownDelivery, TooLateToCancel."""
    await find(database, owner_id, id_)
    async with database.transaction() as transaction:
        waited = await queue.take_out_waiting(transaction, id_)
        locked = await delivery_states.lock(transaction, [id_])
        if not locked:
            raise UnknownDelivery
        state = locked[id_]
        if waited and changing.step(state, "CANCELLED"):
            await changing.store(transaction, [state])
        elif state.status != "CANCELLED":
            raise TooLateToCancel
        row = await deliveries.find(transaction, owner_id, id_)
    return showing.delivery(row)
