"""What follows from changes elsewhere for messages that leave the house."""

from collections.abc import Sequence

from estafette.base.changes import Change
from estafette.base.database import Transaction
from estafette.deliveries.store import push_subscriptions


async def forget_browsers(transaction: Transaction, changes: Sequence[Change]) -> None:
    """All that let people in has ended, and what was pushed to their browsers with it.

    Who came back meanwhile and let a browser be told anew keeps that one.
    """
    for change in changes:
        await push_subscriptions.delete_all(transaction, change.subject, change.at)
