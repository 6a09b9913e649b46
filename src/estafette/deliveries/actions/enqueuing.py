"""Deliveries of the server itself: stored in the transaction of what they tell of, neither is without the other."""

from collections.abc import Sequence

from estafette.base.database import Transaction
from estafette.base.errors import Invalid, Problem
from estafette.deliveries.actions.accepting import accept_all
from estafette.deliveries.models.deliveries import Delivery, NewDelivery
from estafette.deliveries.rules.checking import check


async def enqueue(transaction: Transaction, news: Sequence[NewDelivery]) -> list[Delivery | Problem]:
    """Stores deliveries in the caller's transaction; each gets itself, or the problem that concerns it alone.

    A key that is known gets the first delivery. Raises UniqueViolationError when one was taken meanwhile.
    """
    outcomes: dict[int, Delivery | Problem] = {}
    sound: dict[int, NewDelivery] = {}
    for index, new in enumerate(news):
        try:
            sound[index] = check(new, transaction.clock.now())
        except Invalid as error:
            outcomes[index] = error
    if sound:
        outcomes |= zip(sound, await accept_all(transaction, list(sound.values())), strict=True)
    return [outcomes[index] for index in range(len(news))]
