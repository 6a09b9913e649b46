"""Statuses only move forward; the few steps that a final one may still take are listed here."""

from typing import Final

from estafette.deliveries.models.deliveries import PublicStatus, Status
from estafette.deliveries.models.messages import Channel, Kind

RANK: Final[dict[Status, int]] = {
    "CREATED": 0,
    "UNCERTAIN": 1,
    "SENT": 2,
    "DELIVERED": 3,
    "SYSTEM_ERROR": 3,
    "RECEIVER_ERROR": 3,
    "OPERATOR_ERROR": 3,
    "CANCELLED": 3,
    "SUPPRESSED": 3,
    "EXPIRED": 3,
}
FINAL: Final = 3

NO_GATEWAY: Final = "no_gateway"
UNREACHABLE: Final = "gateway_unreachable"
EXPIRED: Final = "expired"
NO_RECEIPT: Final = "no_receipt"
AWAITING_RECEIPT: Final = "awaiting_receipt"
OUTCOME_UNKNOWN: Final = "outcome_unknown"

FAILURES: Final[dict[Kind, Status]] = {
    "system": "SYSTEM_ERROR",
    "gateway": "RECEIVER_ERROR",
    "operator": "OPERATOR_ERROR",
}
"""The final status of a failure by whose fault it is."""

_FROM_RECEIPTS: Final[frozenset[Status]] = frozenset(("DELIVERED", "RECEIVER_ERROR", "OPERATOR_ERROR"))


def may_become(channel: Channel, status: Status, reason: str | None, new: Status, new_reason: str | None) -> bool:
    """Whether a delivery may take this step."""
    if RANK[new] > RANK[status]:
        # Who was told of a failure may be told how it ended after all, but not that it is on its way.
        return reason != OUTCOME_UNKNOWN or RANK[new] == FINAL
    if status == new == "UNCERTAIN":
        # Only what it is called changes: nobody waits for a receipt any more.
        return reason == AWAITING_RECEIPT and new_reason == OUTCOME_UNKNOWN
    if RANK[new] < FINAL or new_reason == NO_RECEIPT:
        return False
    if reason == NO_RECEIPT:
        return new in _FROM_RECEIPTS
    # A mail server may take a message first and send it back later.
    return channel == "email" and status == "DELIVERED" and new == "OPERATOR_ERROR"


def public_status(status: Status, reason: str | None) -> PublicStatus:
    """The status in the six words of document D2."""
    match status:
        case "UNCERTAIN":
            return "SYSTEM_ERROR" if reason == OUTCOME_UNKNOWN else "CREATED"
        case "EXPIRED":
            return "RECEIVER_ERROR" if reason == UNREACHABLE else "SYSTEM_ERROR"
        case "CANCELLED" | "SUPPRESSED":
            return "SYSTEM_ERROR"
        case _:
            return status
