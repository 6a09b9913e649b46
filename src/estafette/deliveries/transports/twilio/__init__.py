"""SMS and MMS through Twilio, or whoever speaks as Twilio does (Messages resource of 2010-04-01)."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Final

from msgspec import Meta, Struct

from estafette.base.outgoing import Outgoing
from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.models.transport import Account, Callback, HandIn, Transport
from estafette.deliveries.transports.twilio.callbacks import read
from estafette.deliveries.transports.twilio.link import CONNECTIONS, TwilioLink
from estafette.deliveries.transports.twilio.requests import TwilioRequests


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose account, and where."""

    account_sid: Annotated[str, Meta(min_length=1, max_length=100)]
    base_url: Annotated[str, Meta(max_length=500)] = "https://api.twilio.com"
    # Chooses the sender by itself, whatever sender a message names.
    messaging_service_sid: Annotated[str, Meta(max_length=100)] = ""


class Credentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The account's secret: signs our requests, and theirs."""

    auth_token: Annotated[str, Meta(min_length=1, max_length=500)]


class TwilioTransport:
    """Hands messages over by HTTP; what becomes of them, and what is answered, comes by signed callbacks."""

    name: str = "twilio"
    channels: frozenset[Channel] = frozenset({"sms", "mms"})
    settings: type[Struct] = Settings
    credentials: type[Struct] = Credentials
    receipts: bool = True
    callbacks: bool = True  # so that administrators are shown where it reports

    @asynccontextmanager
    async def open(self, account: Account, hand_in: HandIn) -> AsyncGenerator[TwilioLink, None]:
        """A link for an account that was let in; raises LinkRefused."""
        settings: Settings = account.settings
        requests = TwilioRequests(
            base_url=settings.base_url.rstrip("/"),
            account_sid=settings.account_sid,
            auth_token=account.credentials.auth_token,
            messaging_service_sid=settings.messaging_service_sid,
            callback_url=f"{account.public_url}/api/v1/callbacks/{account.gateway_id}",
        )
        # The address is the administrator's own choice, as that of a mail server is.
        async with Outgoing(private_addresses=True, connections=CONNECTIONS) as outgoing:
            link = TwilioLink(outgoing, requests)
            await link.check_sign_in()
            yield link

    def read_callback(self, account: Account, callback: Callback) -> Sequence[Told]:
        """What a callback says; raises CallbackRefused when its signature is wrong."""
        return [read(callback, account.credentials.auth_token)]


TRANSPORT: Final[Transport] = TwilioTransport()
