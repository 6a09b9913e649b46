"""The contract between the engine and a transport: what each promises the other."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

import msgspec

from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.mailboxes import Mailbox
from estafette.deliveries.models.messages import Channel, ClaimedMessage, Outcome

HandIn = Callable[[Sequence[Told]], Awaitable[None]]
"""Stores what was told and returns once it is committed; raises when it could not be, and must not be acknowledged."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A gateway as its transport sees it; `settings` and `credentials` are of the transport's own types."""

    gateway_id: UUID
    name: str
    settings: Any
    credentials: Any
    public_url: str  # how the outside reaches this server, without a slash at the end
    data: Path  # the data folder, for a transport that keeps something there
    private_addresses: bool = False  # whether URLs that others chose may lead into private networks


class Callback(msgspec.Struct, frozen=True, kw_only=True):
    """An HTTP request of a gateway: the URL as the gateway called it, headers by lower-case names."""

    url: str
    headers: Mapping[str, str]
    body: bytes  # empty where it fetched the URL
    received_at: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))


class CallbackAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway that fetches a URL wants to read there, as plain text."""

    body: bytes


CallbackTold = Told | CallbackAnswer
"""What a gateway can tell by HTTP."""


class Link(Protocol):
    """An open way to a gateway."""

    async def capacity(self) -> int:
        """Waits until at least one message would be taken at once, and returns how many would."""
        ...

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """Submits once and says how it ended; raises nothing but cancellation, and always ends within a minute."""
        ...

    async def lost(self) -> str:
        """Waits until the link has broken, and returns why; from then on `submit` refuses as `connection_lost`."""
        ...


class Transport(Protocol):
    """One kind of gateway; a field of `settings` or `credentials` without a default is required."""

    name: str
    channels: frozenset[Channel]
    settings: type[msgspec.Struct]
    credentials: type[msgspec.Struct]
    receipts: bool  # whether it reports later what became of a message

    def open(self, account: Account, hand_in: HandIn) -> AbstractAsyncContextManager[Link]:
        """A link that is ready to submit; raises LinkRefused when there is none to be had now."""
        ...

    def read_callback(self, account: Account, callback: Callback) -> Sequence[CallbackTold]:
        """What a gateway told by HTTP; raises CallbackRefused when its signature is wrong or it speaks no HTTP."""
        ...


@runtime_checkable
class ReadsMail(Protocol):
    """A transport whose gateways may have a mailbox in which answers and bounces arrive."""

    def names_mailbox(self, settings: Mapping[str, Any]) -> bool:
        """Whether settings, as they are stored, name one."""
        ...

    def mailbox(self, account: Account) -> Mailbox:
        """Where it is; reads certificates. Raises LinkRefused."""
        ...

    def read_letter(self, raw: bytes) -> Told:
        """What a letter says."""
        ...
