"""A client was erased: nothing goes out to it any more, and what went out names neither its address nor its words."""

from collections import Counter
from uuid import UUID

from estafette import deliveries
from estafette.base.database import Transaction
from estafette.communications.models.communications import Status
from estafette.communications.models.content import Channel
from estafette.communications.store import counts, ending


async def forget_client(transaction: Transaction, client_id: UUID) -> None:
    """Cancels what waits for an erased client, and blanks what went out; that it went out stays counted."""
    rows = await ending.lock_client(transaction, client_id)
    changed = Counter[tuple[UUID, Channel, Status]]()
    for row in rows:
        if row["state"] == "waiting":
            changed[row["communication_id"], row["channel"], "WAITING"] -= 1
            changed[row["communication_id"], row["channel"], "CANCELLED"] += 1
    await ending.cancel_client(transaction, client_id, "erased")
    await deliveries.forget_words(transaction, [row["delivery_id"] for row in rows if row["delivery_id"] is not None])
    # Last, as everywhere: those who count do not wait for each other in a circle.
    await counts.add(transaction, changed)
