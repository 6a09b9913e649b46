"""Receiving: what gateways tell is stored before it is acknowledged, together with what it changes."""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from estafette.base.database import DATABASE_IS_AWAY, Database, Transaction
from estafette.base.errors import Unavailable
from estafette.deliveries.actions import changing
from estafette.deliveries.actions.matching import Name, ReceiptOutcome, apply
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.rules.receipts import outcome_of
from estafette.deliveries.rules.wording import storable
from estafette.deliveries.store import delivery_states, outcomes
from estafette.deliveries.store import receipts as store
from estafette.deliveries.store.receipts import ReceiptRow

BATCH = 200
WAITING = 10_000
BODY_BYTES = 65_536
# When many come, a moment's patience halves the number of commits.
GATHER_SECONDS = 0.004
MANY = 10
# The delivery may be about to be noted as sent.
SOON = timedelta(seconds=1)

Pending = tuple[UUID, Receipt, "asyncio.Future[None]"]


class Inbox:
    """Gathers the receipts of one process: while one batch commits the next one fills."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Pending] = []
        self._storing: asyncio.Task[None] | None = None

    async def hand_in(self, gateway_id: UUID, receipts: Sequence[Receipt]) -> None:
        """Returns once receipts are committed; raises when they could not be, and must not be acknowledged."""
        if not receipts:
            return
        if len(self._waiting) >= WAITING:
            raise Unavailable
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        # All or none of them: an answer for each would acknowledge no more.
        self._waiting += [(gateway_id, each, answer) for each in receipts]
        if self._storing is None:
            self._storing = asyncio.create_task(self._store_all(), context=Context())
        await answer

    async def _store_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                # What was handed in together is stored together.
                while self._waiting and self._waiting[0][2] is batch[-1][2]:
                    batch.append(self._waiting.pop(0))
                await self._store(batch)
                if len(batch) >= MANY:
                    await asyncio.sleep(GATHER_SECONDS)
        finally:
            self._storing = None
            for _, _, answer in self._waiting:
                _fail(answer, Unavailable())
            self._waiting = []

    async def _store(self, batch: Sequence[Pending]) -> None:
        try:
            async with self._database.transaction() as transaction:
                await receive(transaction, [(gateway_id, receipt) for gateway_id, receipt, _ in batch])
        except BaseException as error:
            is_away = isinstance(error, DATABASE_IS_AWAY) or not isinstance(error, Exception)
            if not is_away and batch[0][2] is not batch[-1][2]:
                await self._store_apart(batch)
                return
            for _, _, answer in batch:
                _fail(answer, error if isinstance(error, Exception) else Unavailable())
            if not isinstance(error, Exception):
                raise
        else:
            for _, _, answer in batch:
                if not answer.done():
                    answer.set_result(None)

    async def _store_apart(self, batch: Sequence[Pending]) -> None:
        """What cannot be stored fails alone, with what was handed in together with it."""
        try:
            for _, together in groupby(batch, key=lambda each: id(each[2])):
                await self._store(list(together))
        finally:
            for _, _, answer in batch:
                _fail(answer, Unavailable())


async def receive(transaction: Transaction, given: Sequence[tuple[UUID, Receipt]]) -> None:
    """Stores receipts and moves the deliveries of which they speak; what was told before changes nothing."""
    now = transaction.clock.now()
    fresh = {(gateway_id, _digest(receipt)): receipt for gateway_id, receipt in given}
    names = {key: name for key, receipt in fresh.items() if (name := _name(key[0], receipt)) is not None}
    located = await outcomes.locate(transaction, list(set(names.values()))) if names else {}
    locked = await delivery_states.lock(transaction, list(set(located.values()))) if located else {}
    # In one order, so that two who store the same do not wait for each other in a circle.
    rows = [
        _row(key, receipt, located.get(names[key]) if key in names else None, now)
        for key, receipt in sorted(fresh.items(), key=lambda each: each[0])
    ]
    stored = await store.insert(transaction, rows, now)
    told = [
        ReceiptOutcome(names[key], located[names[key]], outcome_of(receipt), _storable(receipt.code))
        for key, receipt in fresh.items()
        if key in stored and key in names and names[key] in located
    ]
    await apply(transaction, told, locked)
    await changing.store(transaction, [each for each in locked.values() if each.steps])


def _digest(receipt: Receipt) -> bytes:
    """What the same receipt has in common; one that was not believed must not stand in the way of the true one."""
    fault = f"{receipt.fault}\0".encode() if receipt.fault else b""
    return sha256(fault + receipt.body).digest()


def _name(gateway_id: UUID, receipt: Receipt) -> Name | None:
    if receipt.provider_id is None or receipt.fault is not None:
        return None
    return gateway_id, _storable(receipt.provider_id) or ""


def _row(key: tuple[UUID, bytes], receipt: Receipt, delivery_id: int | None, now: datetime) -> ReceiptRow:
    name = _name(key[0], receipt)
    return ReceiptRow(
        gateway_id=key[0],
        digest=key[1],
        body=receipt.body[:BODY_BYTES],
        provider_id=name[1] if name else _storable(receipt.provider_id),
        status=receipt.status,
        outcome=outcome_of(receipt),
        reason=_storable(receipt.reason),
        code=_storable(receipt.code),
        happened_at=receipt.happened_at,
        fault=_storable(receipt.fault),
        delivery_id=delivery_id,
        look_at=now + SOON if name and delivery_id is None else None,
    )


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _fail(answer: "asyncio.Future[None]", error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
