"""What became of a communication: each recipient, what failed and why, how it went on; and all that a client got."""

from typing import Any, Final
from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.cursors import read_name_cursor, write_cursor
from estafette.base.database import Database, Queries
from estafette.clients import UnknownClient, require_communications
from estafette.communications.actions.looking import existing
from estafette.communications.errors import UnknownRecipient
from estafette.communications.models.communications import FailureCount, Recipient, Recipients, Status
from estafette.communications.models.content import Channel
from estafette.communications.models.reports import (
    Failures,
    Progress,
    ReceivedCommunication,
    ReceivedCommunications,
    RecipientDetails,
    StateChange,
    Step,
    Timeline,
)
from estafette.communications.rules.preferences import without_keys
from estafette.communications.store import failures as failing
from estafette.communications.store import progress, reachable, recipients
from estafette.communications.store.totals import totals
from estafette.deliveries import BATCHES, broadcast_reasons

POINTS: Final = 500
STATES: Final = 200
TROUBLE: Final[tuple[Status, ...]] = (
    "SYSTEM_ERROR",
    "RECEIVER_ERROR",
    "OPERATOR_ERROR",
    "UNCERTAIN",
    "SUPPRESSED",
    "EXPIRED",
)
_FOUND_BY_CHANGE: Final = frozenset(("SYSTEM_ERROR", "RECEIVER_ERROR", "OPERATOR_ERROR", "UNCERTAIN"))
# Who has a rare status is looked for in so many stretches before a page without anybody is answered.
_LOOKS: Final = 4


async def list_recipients(
    database: Database,
    who: SignedIn,
    communication_id: UUID,
    channel: Channel | None,
    status: Status | None,
    cursor: str | None,
    limit: int,
) -> Recipients:
    """Recipients by channel and client; where many were looked at in vain an empty page may have a next one.

    Raises Forbidden, UnknownCommunication and Invalid.
    """
    require_communications(who)
    await existing(database, communication_id)
    rows, place = await recipients_page(database, communication_id, channel, status, read_place(cursor), limit)
    return Recipients(items=[_recipient(row) for row in rows], next=write_cursor(place))


async def recipients_page(
    queries: Queries,
    communication_id: UUID,
    channel: Channel | None,
    status: Status | None,
    after: recipients.Place | None,
    limit: int,
) -> tuple[list[Any], recipients.Place | None]:
    """Rows of recipients, and where to look on."""
    if status in _FOUND_BY_CHANGE:
        return await recipients.page_of_trouble(queries, BATCHES, communication_id, channel, str(status), after, limit)
    rows: list[Any] = []
    for _ in range(_LOOKS):
        rows, after = await recipients.page(queries, communication_id, channel, status, after, limit)
        if rows or after is None:
            break
    return rows, after


async def recipient(
    database: Database, who: SignedIn, communication_id: UUID, client_id: UUID, channel: Channel
) -> RecipientDetails:
    """One recipient with the words made for it and every step of its message.

    Raises Forbidden, UnknownCommunication and UnknownRecipient.
    """
    require_communications(who)
    await existing(database, communication_id)
    row = await recipients.get(database, communication_id, channel, client_id)
    if row is None:
        raise UnknownRecipient
    steps: list[Step] = []
    if row["delivery_id"] is not None:
        steps = [Step(status="CREATED", at=row["created_at"])]
        steps += [msgspec.convert(dict(each), Step) for each in await recipients.steps(database, row["delivery_id"])]
    known = {name: getattr(_recipient(row), name) for name in Recipient.__struct_fields__}
    return RecipientDetails(**known, subject=row["subject"], text=_readable(row["text"]), steps=steps)


async def failures(database: Database, who: SignedIn, communication_id: UUID) -> Failures:
    """Why recipients got nothing, by channel and reason; raises Forbidden and UnknownCommunication."""
    require_communications(who)
    await existing(database, communication_id)
    rows = await failing.counts(database, BATCHES, communication_id, TROUBLE)
    items = [msgspec.convert(dict(row), FailureCount) for row in rows]
    items += [
        FailureCount(channel="push", status=each.status, reason=each.reason, count=each.count)
        for each in await broadcast_reasons(database, communication_id)
        if each.status in TROUBLE
    ]
    return Failures(items=sorted(items, key=lambda each: -each.count))


async def timeline(database: Database, who: SignedIn, communication_id: UUID) -> Timeline:
    """How it went on, minute by minute; raises Forbidden and UnknownCommunication."""
    require_communications(who)
    await existing(database, communication_id)
    samples = await progress.samples(database, communication_id, POINTS - 1)
    items = [msgspec.convert(dict(row), Progress) for row in samples]
    now = (await totals(database, [communication_id]))[communication_id]
    if now and (not items or items[-1].totals != now):
        items.append(Progress(at=database.clock.now(), totals=now))
    states = await progress.states(database, communication_id, STATES)
    return Timeline(items=items, states=[msgspec.convert(dict(row), StateChange) for row in states])


async def received(
    database: Database, who: SignedIn, client_id: UUID, cursor: str | None, limit: int
) -> ReceivedCommunications:
    """Everything that a client is or was sent, newest first; raises Forbidden, UnknownClient and Invalid."""
    require_communications(who)
    rows = await recipients.of_client(database, client_id, read_place(cursor), limit + 1)
    if not rows and not await reachable.is_registered(database, client_id):
        raise UnknownClient
    items = [msgspec.convert({**row, "text": _readable(row["text"])}, ReceivedCommunication) for row in rows[:limit]]
    place = (items[-1].channel, items[-1].communication_id) if len(rows) > limit else None
    return ReceivedCommunications(items=items, next=write_cursor(place))


def read_place(cursor: str | None) -> recipients.Place | None:
    """The recipient after which a page begins; raises Invalid."""
    return read_name_cursor(cursor)


def _recipient(row: Any) -> Recipient:
    return Recipient(
        client_id=row["client_id"],
        client=row["client"] or "" if row["registered"] else None,
        channel=row["channel"],
        address=row["address"],
        status=row["status"],
        reason=row["reason"],
        delivery_id=row["delivery_id"],
        not_before=row["not_before"],
        changed_at=row["changed_at"],
    )


def _readable(text: str | None) -> str | None:
    return None if text is None else without_keys(text)
