"""Leasing: which subscriptions of a broadcast a worker submits next, in a commit of its own, before a byte leaves."""

from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Database, Transaction
from estafette.deliveries.actions.claiming import LeaseLost
from estafette.deliveries.actions.ending_broadcasts import finish
from estafette.deliveries.models.broadcasts import BroadcastContent, LeasedRange
from estafette.deliveries.models.engine import GatewayLease
from estafette.deliveries.models.messages import ClaimedMessage, Options, Subscription
from estafette.deliveries.rules import pace
from estafette.deliveries.rules.broadcasts import RANGE
from estafette.deliveries.store import broadcast_ranges as ranges
from estafette.deliveries.store import broadcast_subscriptions as subscriptions
from estafette.deliveries.store import broadcasts as store
from estafette.deliveries.store import gateway_states


async def lease_range(database: Database, lease: GatewayLease, range_id: UUID) -> LeasedRange | float | None:
    """The next range of the broadcast whose turn it is, from now on being submitted, whatever happens.

    Or for how many seconds there is certainly none; None: until somebody tells. Raises LeaseLost. When the database is
    lost the outcome is not known: `undo` it before anything else.
    """
    if not await store.any_due(database, database.clock.now()):
        return None
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        state = await gateway_states.lock(
            transaction, lease.gateway_id, lease.version, lease.dispatcher_id, transaction.clock.shift
        )
        if state is None:
            raise LeaseLost
        if state["paused_until"] is not None:
            return (state["paused_until"] - state["now"]).total_seconds()
        if "push" not in state["lanes"]:
            return None
        rate = state["per_second"]
        tokens = pace.refilled(state["tokens"], (state["now"] - state["refilled_at"]).total_seconds(), rate)
        limit = pace.share(RANGE, rate)
        if tokens < limit:
            return pace.wait(tokens, rate, limit)
        broadcast = await store.lock_next(transaction, now)
        if broadcast is None:
            # Somebody else is about to be done with it, or there is none.
            return pace.SHORTEST_WAIT_SECONDS if await store.any_due(transaction, now) else None
        refusals, rows = await _picked(transaction, broadcast, limit)
        if not rows:
            await finish(transaction, broadcast["id"])
            return 0.0
        there = {row["id"]: refusals.get(row["id"], 0) for row in rows}
        await ranges.lease(transaction, range_id, broadcast["id"], lease.dispatcher_id, there, now)
        await gateway_states.spend(transaction, lease.gateway_id, tokens - len(rows), state["now"])
    content = msgspec.convert(broadcast["content"], BroadcastContent)
    return LeasedRange(
        id=range_id,
        broadcast_id=broadcast["id"],
        messages=[_message(broadcast, content, row, there[row["id"]]) for row in rows],
    )


async def _picked(transaction: Transaction, broadcast: Any, limit: int) -> tuple[dict[int, int], list[Any]]:
    """Takes what is due again, and then who was not reached yet, of those that are still subscribed."""
    now, id_, last = transaction.clock.now(), broadcast["id"], broadcast["last"]
    refusals = await ranges.take_due(transaction, id_, now, limit)
    rows = await subscriptions.among(transaction, list(refusals)) if refusals else []
    reached = broadcast["reached"]
    if len(refusals) < limit and reached < last:
        wanted = limit - len(refusals)
        fresh = await subscriptions.behind(transaction, broadcast["topic"], reached, last, wanted)
        reached = fresh[-1]["id"] if len(fresh) == wanted else last
        rows += fresh
    await store.serve(transaction, id_, reached, now)
    return refusals, rows


def _message(broadcast: Any, content: BroadcastContent, row: Any, refusals: int) -> ClaimedMessage:
    said = content.text(row["language"])
    return ClaimedMessage(
        delivery_id=row["id"],
        attempt=refusals + 1,
        channel="push",
        sender="",
        recipient=str(row["id"]),
        subject=said.title,
        text=said.text,
        # Whoever is told of it twice sees it once.
        options=Options(topic=broadcast["id"].hex, url=said.url),
        subscription=Subscription(endpoint=row["endpoint"], p256dh=row["p256dh"], auth=row["auth"]),
        urgency=2,
        created_at=broadcast["created_at"],
        expires_at=broadcast["expires_at"],
    )
