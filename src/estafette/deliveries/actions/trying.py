"""A message through one gateway and no other, to see whether it works."""

from typing import Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.base.phones import typed
from estafette.base.visible import trimmed
from estafette.deliveries.actions.accepting import Acceptor
from estafette.deliveries.errors import UnknownGateway
from estafette.deliveries.models.deliveries import Delivery, NewDelivery
from estafette.deliveries.models.messages import Channel, Options
from estafette.deliveries.rules.permissions import require_administrator
from estafette.deliveries.store import gateways as store

SUBJECT: Final = "Estafette"


async def try_gateway(
    database: Database, acceptor: Acceptor, who: SignedIn, gateway_id: UUID, to: str, text: str, key: str | None = None
) -> Delivery:
    """Accepts a message for one gateway; raises Forbidden, UnknownGateway, Invalid, DeliveryKeyReused."""
    require_administrator(who)
    carried = await store.channels(database, gateway_id)
    if carried is None:
        raise UnknownGateway
    channel: Channel | None = next((each for each in _channels(to) if each in carried), None)
    if channel is None:
        raise invalid("to", "channel_not_carried")
    return await acceptor.accept(
        NewDelivery(
            owner_id=who.person_id,
            channel=channel,
            sender="",
            recipient=trimmed(to),
            text=text,
            subject=SUBJECT if channel in ("email", "push") else None,
            # Whoever has not written to a WhatsApp number today gets it in the template that it has for notices.
            options=Options(notice=True) if channel == "whatsapp" else Options(),
            urgency=0,
            only_gateway_id=gateway_id,
            key=key,
        )
    )


def _channels(to: str) -> tuple[Channel, ...]:
    """What a recipient can be reached by, judged by its form."""
    if "@" in to:
        return ("email",)
    return ("sms", "mms", "whatsapp") if typed(to).startswith("+") else ("push",)
