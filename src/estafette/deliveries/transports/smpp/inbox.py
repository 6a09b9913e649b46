"""Receipts and messages that have arrived: stored in batches, and answered once they are stored."""

import asyncio
from typing import Final

import structlog

from estafette.deliveries.models.transport import HandIn
from estafette.deliveries.transports.smpp import pdu
from estafette.deliveries.transports.smpp.pdu import Pdu
from estafette.deliveries.transports.smpp.receipts import read_delivered
from estafette.deliveries.transports.smpp.session import Session
from estafette.deliveries.transports.smpp.settings import Settings

MAX_OCTETS: Final = 4_000_000
TOGETHER: Final = 1000
PATIENCE: Final = 20.0  # seconds until a gateway would rather be told that it should come again
_OVERHEAD: Final = 200

_log = structlog.get_logger(__name__)


class Inbox:
    """Keeps at most 4 MB; what comes while one batch is being stored is the next batch."""

    def __init__(self, hand_in: HandIn, settings: Settings) -> None:
        self._hand_in, self._settings = hand_in, settings
        self._waiting: list[Pdu] = []
        self._size = 0
        self._some = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def take(self, received: Pdu) -> bool:
        """Takes what arrived to be stored and answered; False when there is no room."""
        size = len(received.body) + _OVERHEAD
        if self._size + size > MAX_OCTETS:
            return False
        self._waiting.append(received)
        self._size += size
        self._some.set()
        self._idle.clear()
        return True

    async def work(self, session: Session) -> None:
        """Stores what has arrived and answers it, until it is cancelled."""
        while True:
            await self._some.wait()
            batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            status = pdu.OK if await self._stored(batch) else pdu.TEMPORARY_TROUBLE
            for received in batch:
                session.reply(received, status, b"\0")
            self._size -= sum(len(received.body) + _OVERHEAD for received in batch)
            if not self._waiting:
                self._some.clear()
                self._idle.set()

    async def emptied(self) -> None:
        """Waits until everything is answered."""
        await self._idle.wait()

    async def _stored(self, batch: list[Pdu]) -> bool:
        told = [read_delivered(received, self._settings) for received in batch]
        try:
            async with asyncio.timeout(PATIENCE):
                await self._hand_in(told)
        except Exception as error:
            # Whatever it was, the gateway has them still and comes again.
            _log.warning("smpp.receipts_not_stored", count=len(told), error=repr(error)[:300])
            return False
        return True
