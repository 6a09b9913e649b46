"""What a receipt says about a delivery, and what the receipts of all its segments say together."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.rules.statuses import FAILURES

WAITING: Final = timedelta(hours=72)
"""How long a receipt looks for its delivery, and a delivery waits for its receipt."""

KEPT: Final = timedelta(days=30)
_LONGEST_LOOK: Final = timedelta(minutes=10)


def outcome_of(receipt: Receipt) -> str | None:
    """The final word of a receipt on its segment, None when it is not final."""
    match receipt.status:
        case "delivered" | "read":
            return "delivered"
        case "failed":
            return FAILURES[receipt.kind]
        case _:
            return None


def status_of(outcomes: Sequence[str | None]) -> Status | None:
    """What the segments of a delivery come to: delivered when all are, failed with the first that failed."""
    for status in FAILURES.values():
        if status in outcomes:
            return status
    return "DELIVERED" if outcomes and all(each == "delivered" for each in outcomes) else None


def look_again_in(age: timedelta) -> timedelta | None:
    """When to look again for the delivery of a receipt of an age: soon at first; None after 72 hours."""
    if age >= WAITING:
        return None
    return min(_LONGEST_LOOK, max(timedelta(seconds=1), age))
