"""When a communication pauses by itself: too many of those that have ended have failed."""

from typing import Final

from estafette.communications.models.communications import Status, Totals

LEAST: Final = 50
"""So many have to end before a rate says anything."""
_FAILED: Final[frozenset[Status]] = frozenset(("SYSTEM_ERROR", "RECEIVER_ERROR", "OPERATOR_ERROR"))
_SUBMITTED: Final[frozenset[Status]] = _FAILED | frozenset(("SENT", "DELIVERED", "UNCERTAIN"))


def ended_and_failed(totals: Totals) -> tuple[int, int]:
    """How many messages have left or failed, and how many of them failed."""
    return _count(totals, _SUBMITTED), _count(totals, _FAILED)


def too_many(ended: int, failed: int, limit: int | None) -> bool:
    """Whether that is more than so many per cent."""
    return limit is not None and ended >= LEAST and failed * 100 > limit * ended


def _count(totals: Totals, statuses: frozenset[Status]) -> int:
    # Browsers that are no more are found out by a broadcast; that is nothing to stop for.
    return sum(
        count
        for channel, of_channel in totals.items()
        for status, count in of_channel.items()
        if status in statuses and channel != "push"
    )
