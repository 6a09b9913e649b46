"""Reports what became of messages a moment after they were taken, as a gateway with receipts would."""

import asyncio
from contextlib import suppress
from typing import Final, Self

import msgspec

from estafette.deliveries.models.messages import Receipt, ReceiptStatus
from estafette.deliveries.models.transport import HandIn

A_MOMENT: Final = 0.2  # seconds; also how long receipts gather to be handed in together
AGAIN: Final = 1.0  # seconds until receipts that could not be stored are handed in again
TOGETHER: Final = 500


class Reporting:
    """Hands receipts in, in the background, until all are stored; what is left at the end is handed in once more."""

    def __init__(self, hand_in: HandIn) -> None:
        self._hand_in = hand_in
        self._waiting: list[Receipt] = []
        self._some = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._report())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])
        with suppress(Exception):
            await self._hand_in(self._waiting)

    def report(self, provider_id: str, *, arrives: bool) -> None:
        """This message is to be reported as delivered, or as one that could not be."""
        status: ReceiptStatus = "delivered" if arrives else "failed"
        body = msgspec.json.encode({"provider_id": provider_id, "status": status})
        code = None if arrives else "undeliverable"
        self._waiting.append(Receipt(body=body, provider_id=provider_id, status=status, code=code))
        self._some.set()

    async def _report(self) -> None:
        while True:
            await self._some.wait()
            await asyncio.sleep(A_MOMENT)
            while self._waiting:
                now = self._waiting[:TOGETHER]
                try:
                    await self._hand_in(now)
                except Exception:  # whatever it is, a gateway reports until its receipts are taken
                    await asyncio.sleep(AGAIN)
                else:
                    del self._waiting[: len(now)]
            self._some.clear()
