"""What people write to us: stored once, whole, and with a change that lets others react to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.changes import Change, append
from estafette.base.database import Database, Transaction
from estafette.base.ids import new_id
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.rules import inbound as rules
from estafette.deliveries.store import inbound as store
from estafette.deliveries.store import inbound_parts, outcomes

INBOUND_RECEIVED: Final = "inbound_received"
"""The change of a new inbound message, which is its stream and its subject."""

FORGOTTEN: Final = 1_000
ENDED: Final = 100


async def receive_messages(transaction: Transaction, given: Sequence[tuple[UUID, InboundMessage]]) -> None:
    """Stores messages, each once; a segment of a long one waits for the others."""
    alone = [(gateway_id, each) for gateway_id, each in given if each.segment is None]
    segments = [(gateway_id, each) for gateway_id, each in given if each.segment is not None]
    if segments:
        now = transaction.clock.now()
        # In one order, so that two who store segments of the same message do not wait for each other in a circle.
        rows = sorted((_segment(gateway_id, each) for gateway_id, each in segments), key=lambda row: row[:6])
        await inbound_parts.lock_wholes(transaction, [row[:5] for row in rows])
        await inbound_parts.insert(transaction, rows, now)
        alone += await inbound_parts.take_whole(transaction, [row[:5] for row in rows])
    if alone:
        await _store(transaction, alone)


async def _store(transaction: Transaction, given: Sequence[tuple[UUID, InboundMessage]]) -> None:
    now = transaction.clock.now()
    answered = [
        [(gateway_id, rules.kept(name, rules.ADDRESS_CHARACTERS)) for name in message.answers]
        for gateway_id, message in given
    ]
    names = {name for some in answered for name in some}
    located = await outcomes.locate(transaction, sorted(names)) if names else {}
    rows = [
        _row(gateway_id, message, next((located[name] for name in some if name in located), None), now)
        for (gateway_id, message), some in zip(given, answered, strict=True)
    ]
    rows.sort(key=lambda row: (row.gateway_id, row.key))
    stored = await store.insert(transaction, rows, now, now - rules.REPEATED)
    await append(transaction, [Change(id_, 1, INBOUND_RECEIVED, id_, now) for id_ in stored])


def _row(gateway_id: UUID, message: InboundMessage, delivery_id: int | None, now: datetime) -> store.Row:
    media = message.media[: rules.MEDIA]
    return store.Row(
        id=new_id(),
        gateway_id=gateway_id,
        key=rules.key_of(message, now),
        digest=rules.digest_of(message),
        channel=message.channel,
        sender=rules.address(message.channel, message.sender),
        sender_name=rules.kept(message.sender_name or "", rules.ADDRESS_CHARACTERS) or None,
        recipient=rules.address(message.channel, message.recipient),
        subject=rules.kept(message.subject or "", rules.SUBJECT_CHARACTERS) or None,
        text=rules.kept(message.text, rules.TEXT_CHARACTERS),
        media=rules.kept(msgspec.json.encode(media).decode(), rules.RAW_BYTES) if media else None,
        automatic=message.automatic,
        delivery_id=delivery_id,
        happened_at=message.happened_at,
        raw=message.body[: rules.RAW_BYTES],
        named=bool(message.provider_id),
    )


def _segment(gateway_id: UUID, message: InboundMessage) -> inbound_parts.Row:
    segment = message.segment
    if segment is None:
        raise LookupError("this message has no segments")
    return (
        gateway_id,
        rules.address(message.channel, message.sender),
        rules.address(message.channel, message.recipient),
        segment.reference,
        segment.of,
        segment.number,
        rules.kept(message.text, rules.TEXT_CHARACTERS),
        message.body[: rules.RAW_BYTES],
    )


async def end_incomplete(database: Database) -> None:
    """Makes messages of what there is of long ones whose other segments did not come within an hour."""
    while True:
        async with database.transaction() as transaction:
            before = transaction.clock.now() - rules.PARTS_AWAITED
            taken = await inbound_parts.take_old(transaction, before, ENDED)
            if taken:
                await _store(transaction, taken)
        if len(taken) < ENDED:
            return


async def forget_raw(database: Database) -> None:
    """Forgets how messages came that are older than 30 days; what they say stays."""
    while await store.forget_raw(database, database.clock.now() - rules.RAW_KEPT, FORGOTTEN) == FORGOTTEN:
        pass
