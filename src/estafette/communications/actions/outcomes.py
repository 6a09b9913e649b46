"""What a pause, a resumption or a cancellation did, exact at its commit."""

from typing import Final

from estafette import deliveries
from estafette.base.database import Transaction
from estafette.communications.actions import broadcasting
from estafette.communications.models.communications import Outcome, State, Status, Totals
from estafette.communications.models.work import Work
from estafette.communications.store.totals import totals

_GONE_OUT: Final[frozenset[Status]] = frozenset(("SENT", "DELIVERED", "UNCERTAIN"))


async def outcome(transaction: Transaction, of: Work, state: State, revision: int) -> Outcome:
    """Where the messages of a locked communication are now."""
    found = (await totals(transaction, [of.id]))[of.id]
    queued, submitting = await deliveries.batch_queue_sizes(transaction, of.id)
    broadcast = await broadcasting.standing(transaction, of)
    waiting = _count(found, frozenset(("WAITING",))) + queued + broadcast.waiting
    cancelled = _count(found, frozenset(("CANCELLED",)))
    if state in ("cancelling", "cancelled"):
        # Who waits in batches yet gets nothing for certain.
        waiting, cancelled = 0, cancelled + waiting
    return Outcome(
        state=state,
        revision=revision,
        waiting=waiting,
        cancelled=cancelled,
        gone_out=_count(found, _GONE_OUT),
        in_flight=submitting + broadcast.in_flight,
    )


def _count(found: Totals, statuses: frozenset[Status]) -> int:
    return sum(count for of_channel in found.values() for status, count in of_channel.items() if status in statuses)
