"""A draft is discarded; what was scheduled is cancelled, and stays to be looked at."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.communications.actions.cancelling import cancel
from estafette.communications.actions.changing import discard
from estafette.communications.models.communications import Outcome


async def delete(database: Database, who: SignedIn, communication_id: UUID) -> Outcome:
    """What that did; raises Forbidden, UnknownCommunication and HasEnded."""
    # No communication becomes a draft again: what is none now is none when it is cancelled.
    if await discard(database, who, communication_id):
        return Outcome(state="cancelled", revision=0, waiting=0, cancelled=0, gone_out=0, in_flight=0)
    return await cancel(database, who, communication_id)
