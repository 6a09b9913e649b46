"""Looking at deliveries: one, its history, a page of them, how many came to which status."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.database import Database
from estafette.deliveries.actions import showing
from estafette.deliveries.errors import UnknownDelivery
from estafette.deliveries.models.deliveries import (
    Attempt,
    Count,
    Delivery,
    DeliveryHistory,
    ReceiptSeen,
    Status,
    StatusChange,
)
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.store import counts as counting
from estafette.deliveries.store import deliveries, pages
from estafette.deliveries.store.pages import Wanted

RAW_CHARACTERS: Final = 2_000
MAX_ID: Final = 2**63 - 1
# Among these a rare one is found by its change, not by reading all that is not so.
_RARE: Final[frozenset[Status]] = frozenset(
    ("SYSTEM_ERROR", "RECEIVER_ERROR", "OPERATOR_ERROR", "UNCERTAIN", "CANCELLED", "SUPPRESSED", "EXPIRED")
)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Deliveries, and before which id the next ones are looked for; even an empty page may have a next one."""

    items: list[Delivery]
    next: int | None = None


async def find(database: Database, owner_id: UUID, id_: int) -> Delivery:
    """A delivery of an owner; raises UnknownDelivery."""
    row = await deliveries.find(database, owner_id, id_) if 0 < id_ <= MAX_ID else None
    if row is None:
        raise UnknownDelivery
    return showing.delivery(row)


async def history(database: Database, owner_id: UUID, id_: int) -> DeliveryHistory:
    """All that is known of a delivery; raises UnknownDelivery."""
    delivery = await find(database, owner_id, id_)
    receipts = tuple(
        ReceiptSeen(**{**row, "raw": row["raw"].decode(errors="replace")})
        for row in await deliveries.receipts(database, id_, RAW_CHARACTERS)
    )
    return DeliveryHistory(
        delivery=delivery,
        changes=tuple(StatusChange(**row) for row in await deliveries.changes(database, id_)),
        attempts=tuple(msgspec.convert(dict(row), Attempt) for row in await deliveries.attempts(database, id_)),
        receipts=receipts,
        next_attempt_at=await deliveries.next_attempt(database, id_),
        read_at=min((each.happened_at or each.received_at for each in receipts if each.status == "read"), default=None),
    )


async def list_deliveries(
    database: Database,
    owner_id: UUID,
    *,
    channel: Channel | None = None,
    status: Status | None = None,
    gateway_id: UUID | None = None,
    q: str | None = None,
    before: int | None = None,
    limit: int,
) -> Page:
    """At most `limit` deliveries of an owner with ids smaller than `before`, newest first."""
    wanted = Wanted(
        owner_id=owner_id,
        channel=channel,
        status=status,
        gateway_id=gateway_id,
        words=_pattern(q) if q and q.strip() else None,
        before=min(before or MAX_ID, MAX_ID),
        limit=limit + 1,
    )
    if status == "CREATED":
        read, end_of_stretch = pages.page_of_waiting, pages.end_of_waiting_stretch
    elif status in _RARE:
        read, end_of_stretch = pages.page_of_trouble, pages.end_of_trouble_stretch
    elif channel is not None:
        read, end_of_stretch = pages.page_of_channel, pages.end_of_channel_stretch
    else:
        read, end_of_stretch = pages.page, pages.end_of_stretch
    rows = await read(database, wanted)
    items = [showing.delivery(row) for row in rows[:limit]]
    if len(rows) > limit:
        return Page(items=items, next=items[-1].id)
    # Not all may have been looked at: what follows may have more.
    return Page(items=items, next=await end_of_stretch(database, wanted))


async def count(database: Database, owner_id: UUID) -> int:
    """How many deliveries an owner has."""
    return await deliveries.count(database, owner_id)


async def counts(database: Database, owner_id: UUID | None, since: datetime) -> list[Count]:
    """How many deliveries of an owner, or of everybody, came to which status by which gateway since a time’s hour."""
    hour = since.replace(minute=0, second=0, microsecond=0)
    rows = await (counting.of_all(database, hour) if owner_id is None else counting.of_owner(database, owner_id, hour))
    return [
        Count(
            gateway_id=row["gateway_id"] if row["gateway_id"].int else None,
            gateway=row["gateway"],
            status=row["status"],
            count=row["count"],
        )
        for row in rows
    ]


def _pattern(words: str) -> str:
    escaped = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")
    return f"%{escaped}%"
