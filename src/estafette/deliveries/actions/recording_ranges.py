"""Recording how the submissions of a range ended, together; a range that was given up meanwhile is over."""

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from estafette.base.database import Database, Transaction
from estafette.deliveries.actions.ending_broadcasts import finish
from estafette.deliveries.models.broadcasts import RangeEnding
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.models.messages import Accepted, Outcome, Refused, Unknown
from estafette.deliveries.rules import retries, statuses
from estafette.deliveries.rules.wording import storable
from estafette.deliveries.store import broadcast_counts as broadcast_counters
from estafette.deliveries.store import broadcast_ranges as ranges
from estafette.deliveries.store import broadcast_subscriptions as subscriptions
from estafette.deliveries.store import broadcasts as store
from estafette.deliveries.store.broadcast_ranges import Retry


async def record_range(database: Database, ending: RangeEnding) -> None:
    """Counts a range, lets wait what was refused for now or not submitted, and removes browsers that are gone."""
    gone = sorted(id_ for id_, each in ending.outcomes.items() if isinstance(each, Refused) and each.gone)
    async with database.transaction() as transaction:
        for row in await store.lock(transaction, [ending.broadcast_id]):
            refusals = await ranges.end(transaction, ending.id)
            if refusals is not None:
                await _count(transaction, row, refusals, ending.outcomes)
        if gone:
            await subscriptions.delete_gone(transaction, gone)


async def put_back_range(transaction: Transaction, range_id: UUID) -> None:
    """Lets a range wait again of which nothing was submitted, if it was leased at all."""
    broadcast_id = await ranges.broadcast_of(transaction, range_id)
    for row in await store.lock(transaction, [broadcast_id] if broadcast_id else []):
        refusals = await ranges.end(transaction, range_id)
        if refusals is not None:
            await _count(transaction, row, refusals, {})


async def _count(
    transaction: Transaction, row: Any, refusals: dict[int, int], outcomes: dict[int, Outcome | None]
) -> None:
    now = transaction.clock.now()
    counts: Counter[tuple[Status, str]] = Counter()
    again: list[Retry] = []
    for id_, refused in refusals.items():
        standing = _standing(row, id_, refused, outcomes.get(id_), now)
        if len(standing) == 2:
            counts[standing] += 1
        else:
            again.append(standing)
    ended = counts.total()
    if ended:
        counts["CREATED", ""] -= ended
        await broadcast_counters.add(transaction, row["id"], counts)
    if again:
        await ranges.wait(transaction, row["id"], again)
    elif row["state"] in ("running", "paused"):
        await finish(transaction, row["id"])


def _standing(row: Any, id_: int, refused: int, outcome: Outcome | None, now: datetime) -> tuple[Status, str] | Retry:
    """Where a subscription stands now, or when it is submitted again."""
    delay: float | None = 0.0
    match outcome:
        case Accepted():
            return "DELIVERED" if outcome.delivered else "SENT", ""
        case Unknown():
            return "UNCERTAIN", statuses.OUTCOME_UNKNOWN
        case Refused():
            refused += 1
            delay = retries.retry_after("push", outcome, refused, random.random())  # noqa: S311 - a spread
            if delay is None:
                return statuses.FAILURES[outcome.kind], storable(outcome.code)
        case None:
            pass
    if row["state"] == "cancelled":
        return "CANCELLED", "cancelled"
    not_before = now + timedelta(seconds=delay)
    if not_before >= row["expires_at"]:
        return "EXPIRED", statuses.EXPIRED
    return id_, min(refused, 30_000), not_before
