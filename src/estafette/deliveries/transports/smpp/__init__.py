"""SMPP 3.4: text messages through a gateway of a telephone company, over a link that stays open."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Final

import msgspec

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.messages import Channel, Receipt
from estafette.deliveries.models.transport import Account, Callback, HandIn, Link, Transport
from estafette.deliveries.transports.smpp.opening import opened
from estafette.deliveries.transports.smpp.settings import Credentials, Settings


class SmppTransport:
    """Binds as a transceiver: submits and receives receipts on one connection."""

    name: str = "smpp"
    channels: frozenset[Channel] = frozenset({"sms"})
    settings: type[msgspec.Struct] = Settings
    credentials: type[msgspec.Struct] = Credentials
    receipts: bool = True

    def open(self, account: Account, hand_in: HandIn) -> AbstractAsyncContextManager[Link]:
        """A link that is bound; raises LinkRefused when the gateway cannot be reached or does not let us in."""
        return opened(account.settings, account.credentials, hand_in)

    def read_callback(self, account: Account, callback: Callback) -> Sequence[Receipt]:
        """Raises CallbackRefused: SMPP speaks over its own link."""
        raise CallbackRefused


TRANSPORT: Final[Transport] = SmppTransport()
