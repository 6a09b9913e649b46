"""SMS through Kannel, or whoever takes messages as its smsbox does (`sendsms`)."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import msgspec

from estafette.base.outgoing import Outgoing
from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.models.transport import Account, Callback, HandIn, Transport
from estafette.deliveries.transports.kannel.callbacks import read
from estafette.deliveries.transports.kannel.link import KannelLink
from estafette.deliveries.transports.kannel.requests import KannelRequests
from estafette.deliveries.transports.kannel.settings import Credentials, Settings


class KannelTransport:
    """Hands messages over by HTTP; Kannel reports each by fetching an address of ours that only it was given."""

    name: str = "kannel"
    channels: frozenset[Channel] = frozenset({"sms"})
    settings: type[msgspec.Struct] = Settings
    credentials: type[msgspec.Struct] = Credentials
    receipts: bool = True

    @asynccontextmanager
    async def open(self, account: Account, hand_in: HandIn) -> AsyncGenerator[KannelLink, None]:
        """A link to a Kannel that has let us in; raises LinkRefused."""
        settings: Settings = account.settings
        if not account.credentials.callback_secret:
            raise LinkRefused("settings", "There is no secret for its reports.")
        requests = KannelRequests(
            settings=settings,
            credentials=account.credentials,
            callback_url=f"{account.public_url}/api/v1/callbacks/{account.gateway_id}",
        )
        # The address is the administrator's own choice, as that of a mail server is.
        async with Outgoing(private_addresses=True, connections=settings.concurrency) as outgoing:
            link = KannelLink(outgoing, requests, settings.concurrency)
            await link.check_sign_in()
            yield link

    def read_callback(self, account: Account, callback: Callback) -> Sequence[Told]:
        """What Kannel says by fetching a URL; raises CallbackRefused when that is not one that we made."""
        if not account.credentials.callback_secret:
            raise CallbackRefused
        return [read(callback, account.credentials.callback_secret)]


TRANSPORT: Final[Transport] = KannelTransport()
