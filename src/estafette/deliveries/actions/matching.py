"""Matching: what gateways told meets the deliveries of which it speaks, in either order."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Transaction
from estafette.deliveries.actions import changing
from estafette.deliveries.models.engine import DeliveryState
from estafette.deliveries.rules.receipts import status_of
from estafette.deliveries.rules.suppressions import suppresses
from estafette.deliveries.store import outcomes, undeliverable

Name = tuple[UUID, str]
"""A gateway, and what it calls a message."""


class ReceiptOutcome(msgspec.Struct, frozen=True):
    """What a receipt says of a segment: its final word, or None."""

    name: Name
    delivery_id: int
    outcome: str | None
    code: str | None
    suppress: bool = False  # the recipient must not be written to again


class _Part(msgspec.Struct):
    number: int
    name: Name
    outcome: str | None
    code: str | None = None
    ended: bool = False


def first_known(names: Sequence[Name], located: Mapping[Name, int]) -> Name | None:
    """The first of the names of a message that a delivery has."""
    return next((name for name in names if name in located), None)


async def apply(
    transaction: Transaction, receipt_outcomes: Sequence[ReceiptOutcome], locked: Mapping[int, DeliveryState]
) -> None:
    """Lets locked deliveries take the steps that their receipts, in order, ask for; `changing.store` keeps them."""
    await _suppress(transaction, receipt_outcomes, locked)
    final = [each for each in receipt_outcomes if each.outcome is not None and each.delivery_id in locked]
    if not final:
        return
    parts: dict[int, list[_Part]] = {}
    for row in await outcomes.parts(transaction, list({each.delivery_id for each in final})):
        part = _Part(row["part"], (row["gateway_id"], row["provider_id"]), row["outcome"])
        parts.setdefault(row["delivery_id"], []).append(part)
    for each in final:
        _apply_one(each, parts.get(each.delivery_id, []), locked[each.delivery_id])
    ends: list[Any] = [
        (*part.name, id_, part.number, part.outcome, part.code)
        for id_, theirs in parts.items()
        for part in theirs
        if part.ended
    ]
    if ends:
        await outcomes.end_parts(transaction, ends)
    unwanted = {
        (locked[each.delivery_id].channel, locked[each.delivery_id].recipient): each.code or "undeliverable"
        for each in final
        if each.suppress
    }
    if unwanted:
        rows = [(channel, recipient, code) for (channel, recipient), code in unwanted.items()]
        await undeliverable.suppress(transaction, rows, transaction.clock.now())


async def _suppress(
    transaction: Transaction, receipt_outcomes: Sequence[ReceiptOutcome], locked: Mapping[int, DeliveryState]
) -> None:
    """Whoever cannot be reached, or does not wish to be, is not written to again."""
    found = [
        (state.channel, state.recipient, each.code or "")
        for each in receipt_outcomes
        if (state := locked.get(each.delivery_id)) is not None and suppresses(state.channel, each.code)
    ]
    if found:
        await undeliverable.suppress(transaction, found, transaction.clock.now())


def _apply_one(outcome: ReceiptOutcome, parts: Sequence[_Part], state: DeliveryState) -> None:
    named = [part for part in parts if part.name == outcome.name]
    # A gateway may call several segments the same: each receipt ends one of them.
    part = next((each for each in named if each.outcome is None), named[0] if named else None)
    if part is None:
        return
    bounced = state.channel == "email" and part.outcome == "delivered" and outcome.outcome != "delivered"
    if part.outcome is not None and not bounced:
        return
    part.outcome, part.code, part.ended = outcome.outcome, outcome.code, True
    status = status_of(_of_segments(parts))
    if status is not None:
        changing.step(state, status, None if status == "DELIVERED" else outcome.code or "undelivered")


def _of_segments(parts: Sequence[_Part]) -> list[str | None]:
    """What became of each segment: one may have two names, ours and the gateway's, and is told of by either."""
    found: dict[int, str | None] = {}
    for part in parts:
        found[part.number] = found.get(part.number) or part.outcome
    return list(found.values())
