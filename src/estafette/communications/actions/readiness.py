"""Whether a communication can be scheduled: its texts, what its clients lack, and its time."""

from uuid import UUID

from estafette.base.database import Transaction
from estafette.base.errors import invalid
from estafette.clients import known_attributes
from estafette.communications.actions.missing import check_missing
from estafette.communications.models.audiences import Audience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.rules.contents import check_content
from estafette.communications.store import reachable


async def check_texts(transaction: Transaction, new: NewCommunication, audience: Audience) -> None:
    """Makes sure that there is something to say to everybody whom it is for, as it is stored; raises Invalid."""
    check_content(new.content, new.channels, await known_attributes(transaction))
    await check_missing(transaction, new.content, new.channels, audience)


async def check_reachable(transaction: Transaction, new: NewCommunication, client_id: UUID) -> None:
    """Makes sure that the one client of a message can be reached; raises Invalid."""
    addresses, refused = await reachable.channels(transaction, client_id)
    among = [each for each in new.channels if each in addresses]
    if not among:
        raise invalid("audience", "client_without_address")
    if all(each in refused for each in among):
        raise invalid("audience", "client_refused")
