"""Messages to carry and gateways to carry them, for tests of transports."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.messages import ClaimedMessage, Receipt
from estafette.deliveries.models.transport import Account
from tests.waiting import PATIENCE


def claimed(**changes: Any) -> ClaimedMessage:
    """A text message to a phone, with whatever a test changes in it."""
    now = datetime.now(UTC)
    usual = ClaimedMessage(
        delivery_id=1,
        attempt=1,
        channel="sms",
        sender="Estafette",
        recipient="+554899246868",
        text="Your parcel has arrived.",
        created_at=now,
        expires_at=now + timedelta(days=2),
    )
    return msgspec.structs.replace(usual, **changes)


def account(settings: object, credentials: object, data: Path = Path("/nonexistent"), **changes: Any) -> Account:
    """A gateway that is allowed to reach this machine."""
    usual = Account(
        gateway_id=uuid4(),
        name="gateway",
        settings=settings,
        credentials=credentials,
        public_url="https://estafette.example",
        data=data,
        private_addresses=True,
    )
    return msgspec.structs.replace(usual, **changes)


class Inbox:
    """Takes receipts as the engine would; fails as often as it is told."""

    def __init__(self, failures: int = 0) -> None:
        self.receipts: list[Receipt] = []
        self._failures = failures
        self._came = asyncio.Event()

    async def hand_in(self, told: Sequence[Told]) -> None:
        if self._failures:
            self._failures -= 1
            raise ConnectionError("the database is away")
        self.receipts += [each for each in told if isinstance(each, Receipt)]
        self._came.set()

    async def first(self) -> Receipt:
        """The first receipt, as soon as there is one."""
        async with asyncio.timeout(PATIENCE):
            await self._came.wait()
        return self.receipts[0]
