"""What follows from how communications go on: webhooks of their makers, and totals kept for charts."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from estafette import webhooks
from estafette.base.database import Database
from estafette.communications.models.communications import Totals
from estafette.communications.store import progress
from estafette.communications.store.totals import totals

STATE_CHANGED: Final = "communication.state_changed"
AT_ONCE: Final = 200
SAMPLED_FOR: Final = timedelta(days=3)
"""After its end: receipts still come in."""
YOUNG: Final = timedelta(minutes=10)
"""So long a sample is kept every few seconds, so that there is something to see of what is soon over."""
SECONDS_YOUNG: Final = 5


async def tell_programs(database: Database) -> int:
    """Calls the webhooks of those who made communications, for each state that these came to; how many changes.

    A call is stored in the transaction that takes the change off the list: nobody is told twice or not at all.
    """
    async with database.transaction() as transaction:
        rows = await progress.claim_untold(transaction, AT_ONCE)
        counted = await totals(transaction, list({row["communication_id"] for row in rows})) if rows else {}
        makers = dict.fromkeys(row["created_by"] for row in rows)
        for maker in makers:
            payloads = [_payload(row, counted[row["communication_id"]]) for row in rows if row["created_by"] == maker]
            await webhooks.call(transaction, maker, STATE_CHANGED, payloads)
    return len(rows)


async def note_progress(database: Database) -> int:
    """Keeps the totals of what goes on, for each of its seconds or minutes in which they changed; how many."""
    now = database.clock.now()
    rows = [row for row in await progress.sampled(database, now - SAMPLED_FOR) if _is_due(row, now)]
    if not rows:
        return 0
    counted = await totals(database, [row["id"] for row in rows])
    new: list[tuple[UUID, datetime, Totals]] = [
        (row["id"], _slot(row["started_at"], now), counted[row["id"]])
        for row in rows
        if counted[row["id"]] and counted[row["id"]] != row["totals"]
    ]
    if new:
        async with database.transaction() as transaction:
            await progress.add_samples(transaction, new)
    return len(new)


def _is_due(row: Any, now: datetime) -> bool:
    return row["at"] is None or _slot(row["started_at"], now) > row["at"]


def _slot(started_at: datetime | None, now: datetime) -> datetime:
    if started_at is not None and now - started_at < YOUNG:
        return now.replace(second=now.second - now.second % SECONDS_YOUNG, microsecond=0)
    return now.replace(second=0, microsecond=0)


def _payload(row: Any, counted: Totals) -> dict[str, Any]:
    return {
        "communication": row["communication_id"],
        "name": row["name"],
        "state": row["state"],
        "pause_reason": row["pause_reason"],
        "failure": row["failure"],
        "revision": row["revision"],
        "totals": counted,
        "at": row["at"],
    }
