"""Notifications to browsers, through the push service that each browser names; the app's service worker shows them."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Final

from msgspec import Meta, Struct

from estafette.base.outgoing import Outgoing
from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Channel, Receipt
from estafette.deliveries.models.transport import Account, Callback, HandIn, Transport
from estafette.deliveries.transports.web_push.link import CONNECTIONS, WebPushLink
from estafette.deliveries.transports.web_push.vapid import Vapid


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who sends."""

    # An e-mail address or an https URL of whoever runs this server; empty: the server's own.
    contact: Annotated[str, Meta(max_length=500)] = ""


class Credentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The key that browsers subscribe to: its public half is what they are given."""

    private_key: Annotated[str, Meta(max_length=100)] = ""  # 32 bytes, base64url; made when it is left out


class WebPushTransport:
    """Web Push (RFC 8030) with VAPID (RFC 8292); a push service's acceptance says SENT, and nothing more comes back."""

    name: str = "web_push"
    channels: frozenset[Channel] = frozenset({"push"})
    settings: type[Struct] = Settings
    credentials: type[Struct] = Credentials
    receipts: bool = False

    @asynccontextmanager
    async def open(self, account: Account, hand_in: HandIn) -> AsyncGenerator[WebPushLink, None]:
        """A link to whatever push services there are; raises LinkRefused when the key is none."""
        try:
            vapid = Vapid(account.credentials.private_key, account.settings.contact or account.public_url)
        except ValueError as error:
            raise LinkRefused("settings", "The private key is not 32 bytes in base64url.") from error
        async with Outgoing(private_addresses=account.private_addresses, connections=CONNECTIONS) as outgoing:
            yield WebPushLink(outgoing, vapid)

    def read_callback(self, account: Account, callback: Callback) -> Sequence[Receipt]:
        """Raises CallbackRefused: push services call nobody back."""
        raise CallbackRefused


TRANSPORT: Final[Transport] = WebPushTransport()
