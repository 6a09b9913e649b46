"""Messages to WhatsApp through the Cloud API of Meta (Graph), or whoever speaks as it does."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from msgspec import Struct

from estafette.base.outgoing import Outgoing
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.models.transport import Account, Callback, CallbackTold, HandIn, Transport
from estafette.deliveries.transports.whatsapp.link import CONNECTIONS, WhatsAppLink
from estafette.deliveries.transports.whatsapp.requests import WhatsAppRequests
from estafette.deliveries.transports.whatsapp.settings import Credentials, Settings
from estafette.deliveries.transports.whatsapp.templates import NotFetched, fetch_templates
from estafette.deliveries.transports.whatsapp.webhooks import read_webhook

__all__ = ["TRANSPORT", "Credentials", "NotFetched", "Settings", "WhatsAppTransport", "fetch_templates"]


class WhatsAppTransport:
    """Hands messages over by HTTP; what becomes of them, and what people write, is told by signed webhooks."""

    name: str = "whatsapp"
    channels: frozenset[Channel] = frozenset({"whatsapp"})
    settings: type[Struct] = Settings
    credentials: type[Struct] = Credentials
    receipts: bool = True
    callbacks: bool = True  # so that administrators are shown where it reports

    @asynccontextmanager
    async def open(self, account: Account, hand_in: HandIn) -> AsyncGenerator[WhatsAppLink, None]:
        """A link for a number that was let in; raises LinkRefused."""
        requests = WhatsAppRequests(account.settings, account.credentials)
        # The address is the administrator's own choice, as that of a mail server is.
        async with Outgoing(private_addresses=True, connections=CONNECTIONS) as outgoing:
            link = WhatsAppLink(outgoing, requests)
            await link.check_sign_in()
            yield link

    def read_callback(self, account: Account, callback: Callback) -> Sequence[CallbackTold]:
        """What a webhook says, or the answer to its setting up; raises CallbackRefused when its signature is wrong."""
        return read_webhook(callback, account.settings, account.credentials)


TRANSPORT: Final[Transport] = WhatsAppTransport()
