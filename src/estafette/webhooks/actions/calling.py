"""Something happened: whoever wants to know is going to be called."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from estafette.base.bus import event as hint
from estafette.base.database import Transaction
from estafette.webhooks import store
from estafette.webhooks.models import Event

WAITING: Final = "webhook_calls"


async def call(transaction: Transaction, owner_id: UUID, event: Event, payloads: Sequence[dict[str, Any]]) -> None:
    """Stores a call for each payload and each enabled webhook of an owner, in the caller's transaction.

    One statement whatever there is to tell; without a webhook it is one look into an index.
    """
    if payloads and await store.add_calls(transaction, owner_id, event, payloads, transaction.clock.now()):
        transaction.announce(hint(WAITING, None))
