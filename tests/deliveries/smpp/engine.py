"""What the engine would do with a link: open it, give it parcels, take what it hands in."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from estafette.deliveries.models.inbound import InboundMessage, Told
from estafette.deliveries.models.messages import ClaimedMessage, Receipt
from estafette.deliveries.models.transport import Account, HandIn
from estafette.deliveries.transports import TRANSPORTS
from estafette.deliveries.transports.smpp.link import SmppLink
from tests.deliveries.smpp.counterparts import Number
from tests.waiting import eventually


class ReceiptSink:
    """Keeps the receipts that were handed in; can be told to have trouble."""

    def __init__(self, troubles: int = 0) -> None:
        self.receipts: list[Receipt] = []
        self.messages: list[InboundMessage] = []
        self.batches = 0
        self._troubles = troubles

    async def take(self, told: Sequence[Told]) -> None:
        self.batches += 1
        if self.batches <= self._troubles:
            raise ConnectionError("the database is away")
        self.receipts += [each for each in told if isinstance(each, Receipt)]
        self.messages += [each for each in told if isinstance(each, InboundMessage)]

    async def has(self, count: int) -> list[Receipt]:
        """Waits until there are so many receipts."""
        await eventually(lambda: len(self.receipts) >= count, lambda: self.receipts)
        return self.receipts


def account(port: int, password: str = "secret", **settings: Any) -> Account:
    """A gateway on this machine, as an administrator would have written it."""
    transport = TRANSPORTS["smpp"]
    written = {"host": "127.0.0.1", "port": port, "enquire_every": 60.0, **settings}
    return Account(
        gateway_id=UUID(int=1),
        name="Test",
        settings=msgspec.convert(written, transport.settings),
        credentials=msgspec.convert({"system_id": "estafette", "password": password}, transport.credentials),
        public_url="http://localhost",
        data=Path(),
    )


@asynccontextmanager
async def link(port: int, hand_in: HandIn | None = None, **settings: Any) -> AsyncGenerator[SmppLink, None]:
    """An open link."""
    async with TRANSPORTS["smpp"].open(account(port, **settings), hand_in or ReceiptSink().take) as opened:
        assert isinstance(opened, SmppLink)
        yield opened


def claimed(
    recipient: str = Number.delivers,
    text: str = "Good morning",
    *,
    sender: str = "Château",
    number: int = 1,
    **more: Any,
) -> ClaimedMessage:
    """A message to somebody."""
    fields: dict[str, Any] = {"expires_at": datetime.now(UTC) + timedelta(hours=48), **more}
    return ClaimedMessage(
        delivery_id=number,
        attempt=1,
        channel="sms",
        sender=sender,
        recipient=recipient,
        text=text,
        created_at=datetime.now(UTC),
        **fields,
    )
