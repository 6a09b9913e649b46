"""Changing statuses: forward only, each step with its event, its count, its webhook call and its live frame.

Deliveries of a batch are counted in it, and neither called out nor shown one by one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from estafette import webhooks
from estafette.base.database import Transaction
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.models.engine import DeliveryState
from estafette.deliveries.rules.statuses import may_become, public_status
from estafette.deliveries.store import batches, counts, delivery_states
from estafette.realtime import frame_to

STATUS_CHANGED: Final = "delivery.status_changed"
# So many changes fit into one hint of the bus.
IN_A_FRAME: Final = 40
_NO_GATEWAY: Final = UUID(int=0)


def step(state: DeliveryState, status: Status, reason: str | None = None) -> bool:
    """Lets a locked delivery take a step if the rules allow it; `store` keeps it. Whether it did."""
    if not may_become(state.channel, state.status, state.reason, status, reason):
        return False
    state.status, state.reason = status, reason
    state.events += 1
    state.steps.append((status, reason))
    return True


async def store(transaction: Transaction, locked: Iterable[DeliveryState]) -> None:
    """Stores where locked deliveries stand, with all that follows from their steps."""
    all_ = list(locked)
    if not all_:
        return
    now = transaction.clock.now()
    moved = [each for each in all_ if each.steps]
    await delivery_states.update(transaction, all_, [entry for each in moved for entry in _events(each)], now)
    if not moved:
        return
    for owner_id, theirs in _by_owner([each for each in moved if each.batch_id is None]).items():
        changes = [(each, *entry) for each in theirs for entry in _events(each)]
        await webhooks.call(transaction, owner_id, STATUS_CHANGED, [_payload(*each, now) for each in changes])
        _announce(transaction, owner_id, theirs, now)
    # Last: everybody counts in the same few rows.
    hour = now.replace(minute=0, second=0, microsecond=0)
    counted = Counter(
        (each.owner_id, each.gateway_id or _NO_GATEWAY, hour, status) for each in moved for status, _ in each.steps
    )
    await counts.add(transaction, [(*key, number) for key, number in counted.items()])
    await _count_in_batches(transaction, moved)


async def _count_in_batches(transaction: Transaction, moved: Sequence[DeliveryState]) -> None:
    counted = Counter[tuple[UUID, str, str]]()
    for each in moved:
        if each.batch_id is not None:
            counted[each.batch_id, each.channel, each.began_as] -= 1
            counted[each.batch_id, each.channel, each.status] += 1
    changed = [(*key, number) for key, number in counted.items() if number]
    if changed:
        await batches.count(transaction, changed)


def _events(state: DeliveryState) -> list[delivery_states.Event]:
    first = state.events - len(state.steps) + 1
    return [
        (state.id, first + index, state.owner_id, status, reason) for index, (status, reason) in enumerate(state.steps)
    ]


def _by_owner(moved: Sequence[DeliveryState]) -> dict[UUID, list[DeliveryState]]:
    owners: dict[UUID, list[DeliveryState]] = {}
    for each in moved:
        owners.setdefault(each.owner_id, []).append(each)
    return owners


def _payload(
    state: DeliveryState, id_: int, ordinal: int, _owner: UUID, status: Status, reason: str | None, now: datetime
) -> dict[str, Any]:
    return {
        "delivery": id_,
        "sequence": ordinal,
        "channel": state.channel,
        "status": status,
        "public_status": public_status(status, reason),
        "reason": reason,
        "at": now,
    }


def _announce(transaction: Transaction, owner_id: UUID, moved: Sequence[DeliveryState], now: datetime) -> None:
    for start in range(0, len(moved), IN_A_FRAME):
        changed = [
            {
                "id": each.id,
                "status": each.status,
                "public_status": public_status(each.status, each.reason),
                "reason": each.reason,
                "sequence": each.events,
                "changed_at": now,
            }
            for each in moved[start : start + IN_A_FRAME]
        ]
        frame = {"type": "deliveries", "owner": owner_id, "changed": changed}
        transaction.announce(*frame_to((owner_id,), frame))
