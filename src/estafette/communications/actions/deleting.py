"""A draft is discarded; what was scheduled is cancelled, and stays to be looked at."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.clients import require_communications
from estafette.communications.actions.cancelling import cancel
from estafette.communications.actions.changing import locked
from estafette.communications.models.communications import Outcome
from estafette.communications.store import communications as store
from estafette.communications.store import lists


async def delete(database: Database, who: SignedIn, communication_id: UUID) -> Outcome:
    """What that did; raises Forbidden, UnknownCommunication and HasEnded."""
    # No communication becomes a draft again: what is none now is none when it is cancelled.
    if await discard(database, who, communication_id):
        return Outcome(state="cancelled", revision=0, waiting=0, cancelled=0, gone_out=0, in_flight=0)
    return await cancel(database, who, communication_id)


async def discard(database: Database, who: SignedIn, communication_id: UUID) -> bool:
    """Takes a draft away; whether it was one. Raises Forbidden and UnknownCommunication."""
    require_communications(who)
    async with database.transaction() as transaction:
        old = await locked(transaction, communication_id)
        if old.state != "draft":
            return False
        await store.delete(transaction, old.id)
        if old.list_id is not None:
            await lists.delete_unused(transaction, old.list_id)
    return True
