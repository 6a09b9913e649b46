"""Receiving: what gateways tell is stored before it is acknowledged, together with what it changes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from estafette.base.database import Database, Transaction
from estafette.base.group_commit import GroupCommit, in_a_transaction
from estafette.deliveries.actions import changing
from estafette.deliveries.actions.matching import Name, ReceiptOutcome, apply, first_known
from estafette.deliveries.actions.receiving_messages import receive_messages
from estafette.deliveries.actions.whatsapp_windows import open_windows
from estafette.deliveries.models.inbound import InboundMessage, Told
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.rules.receipts import outcome_of
from estafette.deliveries.rules.wording import storable
from estafette.deliveries.store import delivery_states, outcomes
from estafette.deliveries.store import receipts as store
from estafette.deliveries.store.receipts import ReceiptRow

WAITING = 10_000
BODY_BYTES = 65_536
GATHER_SECONDS = 0.004
# The delivery may be about to be noted as sent.
SOON = timedelta(seconds=1)


class Inbox:
    """Stores what gateways tell one process, together with whatever else is handed in at the same time."""

    def __init__(self, database: Database) -> None:
        self._commit = GroupCommit(
            in_a_transaction(database, _receive_all), waiting=WAITING, gather_seconds=GATHER_SECONDS
        )

    async def hand_in(self, gateway_id: UUID, told: Sequence[Told]) -> None:
        """Returns once it is committed, all of it; raises when it was not and must not be acknowledged."""
        if told:
            await self._commit.put((gateway_id, told))


async def _receive_all(transaction: Transaction, handed_in: Sequence[tuple[UUID, Sequence[Told]]]) -> Sequence[None]:
    await receive_told(transaction, [(gateway_id, each) for gateway_id, told in handed_in for each in told])
    return [None for _ in handed_in]


async def receive_told(transaction: Transaction, told: Sequence[tuple[UUID, Told]]) -> None:
    """Stores whatever gateways have told, with all that follows from it."""
    receipts = [(gateway_id, each) for gateway_id, each in told if isinstance(each, Receipt)]
    messages = [(gateway_id, each) for gateway_id, each in told if isinstance(each, InboundMessage)]
    if receipts:
        await receive(transaction, receipts)
    if messages:
        await receive_messages(transaction, messages)
        await open_windows(transaction, messages)


async def receive(transaction: Transaction, given: Sequence[tuple[UUID, Receipt]]) -> None:
    """Stores receipts and moves the deliveries of which they speak; what was told before changes nothing."""
    now = transaction.clock.now()
    fresh = {(gateway_id, _digest(receipt)): receipt for gateway_id, receipt in given}
    possible = {key: _names(key[0], receipt) for key, receipt in fresh.items()}
    asked = {name for some in possible.values() for name in some}
    located = await outcomes.locate(transaction, list(asked)) if asked else {}
    names = {key: name for key, some in possible.items() if (name := first_known(some, located)) is not None}
    locked = await delivery_states.lock(transaction, list(set(located.values()))) if located else {}
    # In one order, so that two who store the same do not wait for each other in a circle.
    rows = [
        _row(key, receipt, located.get(names[key]) if key in names else None, now)
        for key, receipt in sorted(fresh.items(), key=lambda each: each[0])
    ]
    stored = await store.insert(transaction, rows, now)
    receipt_outcomes = [
        ReceiptOutcome(names[key], located[names[key]], outcome_of(receipt), _storable(receipt.code), receipt.suppress)
        for key, receipt in fresh.items()
        if key in stored and key in names
    ]
    await apply(transaction, receipt_outcomes, locked)
    await changing.store(transaction, [each for each in locked.values() if each.steps])


def _digest(receipt: Receipt) -> bytes:
    """What the same receipt has in common; one that was not believed must not stand in the way of the true one."""
    fault = f"{receipt.fault}\0".encode() if receipt.fault else b""
    return sha256(fault + receipt.body).digest()


def _names(gateway_id: UUID, receipt: Receipt) -> list[Name]:
    if receipt.provider_id is None or receipt.fault is not None:
        return []
    return [(gateway_id, storable(name)) for name in (receipt.provider_id, receipt.own_name) if name is not None]


def _row(key: tuple[UUID, bytes], receipt: Receipt, delivery_id: int | None, now: datetime) -> ReceiptRow:
    is_understood = bool(_names(key[0], receipt))
    return ReceiptRow(
        gateway_id=key[0],
        digest=key[1],
        body=receipt.body[:BODY_BYTES],
        provider_id=_storable(receipt.provider_id),
        own_name=_storable(receipt.own_name),
        status=receipt.status,
        outcome=outcome_of(receipt),
        reason=_storable(receipt.reason),
        code=_storable(receipt.code),
        happened_at=receipt.happened_at,
        suppress=receipt.suppress,
        fault=_storable(receipt.fault),
        delivery_id=delivery_id,
        look_at=now + SOON if is_understood and delivery_id is None else None,
    )


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)
