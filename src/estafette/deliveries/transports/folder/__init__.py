"""A gateway for development and rehearsals: every message becomes a file in the data folder, and nothing leaves."""

import hashlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Final

import msgspec

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Channel, Receipt
from estafette.deliveries.models.transport import Account, Callback, HandIn, Transport
from estafette.deliveries.transports.folder.link import FolderLink
from estafette.deliveries.transports.folder.reporting import Reporting


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the folder behaves."""

    delivers: bool = True  # whether it reports each message as delivered, a moment after it has taken it
    fails: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0  # to so many of a hundred recipients nothing is delivered


class Credentials(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A folder asks for none."""


class FolderTransport:
    """Writes into `<data>/folder-gateway/<gateway id>/`, a JSON file per message, named after its provider id."""

    name: str = "folder"
    channels: frozenset[Channel] = frozenset({"sms", "mms", "email", "push", "whatsapp"})
    settings: type[msgspec.Struct] = Settings
    credentials: type[msgspec.Struct] = Credentials
    receipts: bool = True

    @asynccontextmanager
    async def open(self, account: Account, hand_in: HandIn) -> AsyncGenerator[FolderLink, None]:
        """A link that writes; raises LinkRefused when the folder cannot be made."""
        folder = account.data / "folder-gateway" / str(account.gateway_id)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise LinkRefused("settings", f"The folder cannot be made: {error.strerror or error}") from error
        if not account.settings.delivers:
            yield FolderLink(folder)
            return
        async with Reporting(hand_in) as reporting:
            yield FolderLink(
                folder, lambda id_, to: reporting.report(id_, arrives=not fails(to, account.settings.fails))
            )

    def read_callback(self, account: Account, callback: Callback) -> Sequence[Receipt]:
        """Raises CallbackRefused: a folder calls nobody."""
        raise CallbackRefused


def fails(recipient: str, of_a_hundred: int) -> bool:
    """Whether a recipient is one of those to whom nothing is delivered: always the same ones."""
    return int.from_bytes(hashlib.sha256(recipient.encode()).digest()[:4]) % 100 < of_a_hundred


TRANSPORT: Final[Transport] = FolderTransport()
