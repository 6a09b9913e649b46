"""Claiming: what goes out next is marked as being submitted, in a commit of its own, before a byte of it leaves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import structs

from estafette.base.database import Database, Transaction
from estafette.deliveries.actions import changing, showing
from estafette.deliveries.actions.recording_ranges import put_back_range
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.models.engine import Claimed, GatewayLease
from estafette.deliveries.models.messages import ClaimedMessage, ClaimedTemplate, Subscription
from estafette.deliveries.rules import pace
from estafette.deliveries.rules.low_water_marks import LowWaterMarks, QueuePosition
from estafette.deliveries.rules.statuses import EXPIRED
from estafette.deliveries.rules.whatsapp import WINDOW
from estafette.deliveries.store import delivery_states, dispatchers, gateway_states, queue, whatsapp


class LeaseLost(Exception):
    """The gateway was changed or taken out of use, or this dispatcher was declared dead."""


async def claim(
    database: Database, lease: GatewayLease, claim_id: UUID, capacity: int, low_water_marks: LowWaterMarks
) -> Claimed:
    """Takes at most `capacity` deliveries for a gateway; each is from now on being submitted, whatever happens.

    Raises LeaseLost. When the database is lost the outcome is not known: `undo` it before anything else.
    """
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        shift = transaction.clock.shift
        state = await gateway_states.lock(transaction, lease.gateway_id, lease.version, lease.dispatcher_id, shift)
        if state is None:
            raise LeaseLost
        if state["paused_until"] is not None:
            rests = (state["paused_until"] - state["now"]).total_seconds()
            return Claimed(messages=[], since=now, wait=rests)
        rate = state["per_second"]
        tokens = pace.refilled(state["tokens"], (state["now"] - state["refilled_at"]).total_seconds(), rate)
        limit = min(capacity, max(1, int(tokens)))
        positions = low_water_marks.positions(state["lanes"], now)
        picked = await queue.pick(transaction, positions, now, limit)
        ready = await _look_into(transaction, picked, now)
        count = pace.affordable(tokens, rate, [row["segments"] for row in ready])
        taken, left = ready[:count], ready[count:]
        messages: list[ClaimedMessage] = []
        if taken:
            spent = sum(row["segments"] for row in taken)
            await queue.mark(
                transaction, [row["id"] for row in taken], lease.dispatcher_id, claim_id, lease.gateway_id, now
            )
            await gateway_states.spend(transaction, lease.gateway_id, tokens - spent, state["now"])
            tokens -= spent
            messages = await _messages(transaction, taken, lease.gateway_id, now)
    low_water_marks.note(positions, _reached(picked, left, limit), now)
    wait = None
    if left or (taken and tokens < 1):
        wait = pace.wait(tokens, rate, left[0]["segments"] if left else 1)
    elif len(picked) == limit:
        wait = 0.0
    return Claimed(messages=messages, since=now, wait=wait)


async def undo(database: Database, dispatcher_id: UUID, claim_id: UUID) -> None:
    """Gives back what a claim, or a lease of a range, took whose commit was never confirmed; none was submitted."""
    async with database.transaction() as transaction:
        # Whoever is declared dead meanwhile has nothing to give back.
        if await dispatchers.lock(transaction, dispatcher_id, silent_only=False):
            await queue.undo(transaction, dispatcher_id, claim_id)
            await put_back_range(transaction, claim_id)


async def anything_due(database: Database, lanes: Sequence[str], low_water_marks: LowWaterMarks) -> bool:
    """Whether it is worth claiming; asked by those who have found nothing the last time."""
    now = database.clock.now()
    return await queue.any_due(database, low_water_marks.positions(lanes, now), now)


async def _look_into(transaction: Transaction, picked: Sequence[Any], now: datetime) -> list[Any]:
    """Ends what must not go out any more, and returns the others with all that is needed to submit them."""
    if not picked:
        return []
    rows = await queue.messages(transaction, [row["delivery_id"] for row in picked], now)
    ending = {row["id"]: why for row in rows if (why := _why_not(row, now))}
    if ending:
        await queue.remove(transaction, list(ending))
        locked = await delivery_states.lock(transaction, list(ending))
        for id_, state in locked.items():
            changing.step(state, *ending[id_])
        await changing.store(transaction, locked.values())
    held = {row["id"] for row in rows if row["stopped"] == "held" and row["id"] not in ending}
    if held:
        await queue.set_aside(transaction, list(held))
    return [row for row in rows if row["id"] not in ending and row["id"] not in held]


def _reached(picked: Sequence[Any], left: Sequence[Any], limit: int) -> QueuePosition | None:
    """The position up to which nothing is left, None when there is nothing left anywhere."""
    if left:
        first = next(row for row in picked if row["delivery_id"] == left[0]["id"])
    elif len(picked) == limit:
        first = picked[-1]
    else:
        return None
    return first["lane"], first["urgency"], first["not_before"]


def _why_not(row: Any, now: datetime) -> tuple[Status, str | None] | None:
    if row["stopped"] == "cancelled":
        return "CANCELLED", None
    if row["expires_at"] <= now:
        return "EXPIRED", EXPIRED
    if row["suppressed"] is not None:
        return "SUPPRESSED", "suppressed"
    if row["refused"]:
        return "SUPPRESSED", "refused"
    if row["channel"] == "push" and row["endpoint"] is None:
        return "OPERATOR_ERROR", "subscription_gone"
    return None


async def _messages(
    transaction: Transaction, taken: Sequence[Any], gateway_id: UUID, now: datetime
) -> list[ClaimedMessage]:
    """What was taken, with what the gateway knows of its recipients where a channel asks for that."""
    messages = [_claimed_message(row) for row in taken]
    ids = [each.delivery_id for each in messages if each.channel == "whatsapp"]
    rows = await whatsapp.of_deliveries(transaction, ids, gateway_id, now - WINDOW) if ids else []
    found = {row["id"]: row for row in rows}
    return [_for_whatsapp(each, found[each.delivery_id]) if each.delivery_id in found else each for each in messages]


def _for_whatsapp(message: ClaimedMessage, row: Any) -> ClaimedMessage:
    template = None
    if row["language"] is not None:
        template = ClaimedTemplate(language=row["language"], places=tuple(row["places"]), header=row["header"])
    return structs.replace(message, window_open=row["window_open"], template=template)


def _claimed_message(row: Any) -> ClaimedMessage:
    subscription = None
    if row["endpoint"] is not None:
        subscription = Subscription(endpoint=row["endpoint"], p256dh=row["p256dh"], auth=row["auth"])
    return ClaimedMessage(
        delivery_id=row["id"],
        attempt=row["attempts"] + 1,
        channel=row["channel"],
        sender=row["sender"],
        recipient=row["recipient"],
        text=row["text"],
        subject=row["subject"],
        html=row["html"],
        media=showing.media(row["media"]),
        options=showing.options(row["options"]),
        subscription=subscription,
        urgency=row["urgency"],
        segments=row["segments"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
    )
