"""What follows in communications from changes elsewhere."""

from collections.abc import Sequence

from estafette.base.changes import Change
from estafette.base.database import Transaction
from estafette.communications.actions.erasing import forget_client
from estafette.communications.actions.taking_answers import forget_answers, take_answers


async def forget_erased(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Erased clients get nothing any more, and what went out to them loses its addresses and words."""
    for change in sorted(changes, key=lambda each: each.subject):
        await forget_client(transaction, change.subject)
    await forget_answers(transaction, [each.subject for each in changes])


async def take_inbound(transaction: Transaction, changes: Sequence[Change]) -> None:
    """What somebody wrote to us is matched with who it was, and heeded."""
    await take_answers(transaction, [each.subject for each in changes])
