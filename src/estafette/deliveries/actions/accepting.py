"""Accepting: what is handed over at the same time in one process is stored in one statement and one commit."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from estafette.base.database import Database, Transaction
from estafette.base.errors import Problem
from estafette.base.group_commit import GroupCommit, HeldUp, in_a_transaction
from estafette.base.quotas import Quotas
from estafette.deliveries.actions.storing import store
from estafette.deliveries.models.deliveries import Delivery, NewDelivery
from estafette.deliveries.rules.checking import check

IN_FLIGHT: Final = 2
"""Batches of different owners that are stored at a time: while one commits PostgreSQL works at the other."""


class Acceptor:
    """Accepts the deliveries of one process, many in one commit; those of one owner are in one batch at a time."""

    def __init__(self, database: Database, limits: Quotas | None = None) -> None:
        self._database = database
        self._quotas = limits or Quotas()
        self._group: GroupCommit[NewDelivery, Delivery] = GroupCommit(
            self._store,
            store_held_up=in_a_transaction(database, partial(accept_all, limits=self._quotas)),
            # Two batches neither meet at a key nor wait for each other's count of what somebody has used.
            lane=lambda new: new.owner_id,
            in_flight=IN_FLIGHT,
        )

    async def accept(self, new: NewDelivery) -> Delivery:
        """Stores a delivery and returns it; a retry with the same key returns the first one.

        Raises Invalid, DeliveryKeyReused, QuotaExceeded, DiskFull, Unavailable; when the database is lost, the outcome
        is not known: retry with the key then.
        """
        self._quotas.check_disk()
        return await self._group.put(check(new, self._database.clock.now()))

    async def _store(self, news: Sequence[NewDelivery]) -> Sequence[Delivery | Problem | HeldUp]:
        """Stores a batch in one round trip: the statement is its transaction."""
        stored = await store(self._database.apart, news, self._database.clock.now(), self._quotas)
        # Nothing may come between the commit and its event.
        self._database.bus.publish(*stored.events)
        return stored.outcomes


async def accept_all(
    transaction: Transaction, news: Sequence[NewDelivery], limits: Quotas | None = None
) -> list[Delivery | Problem]:
    """Stores checked deliveries in the caller's transaction; each gets itself, its first one, or its problem.

    Without `limits` they are not counted and none is refused: what the server itself has to say is never too much.
    """
    return [
        # Whoever comes near the end of their day is judged one by one: what is too long takes nothing short along.
        await _accept_alone(transaction, new, limits) if isinstance(outcome, HeldUp) else outcome
        for new, outcome in zip(news, await _accept_together(transaction, news, limits), strict=True)
    ]


async def _accept_alone(transaction: Transaction, new: NewDelivery, limits: Quotas | None) -> Delivery | Problem:
    [outcome] = await _accept_together(transaction, [new], limits)
    if isinstance(outcome, HeldUp):
        raise LookupError("there is nobody that it could come after")
    return outcome


async def _accept_together(
    transaction: Transaction, news: Sequence[NewDelivery], limits: Quotas | None
) -> Sequence[Delivery | Problem | HeldUp]:
    stored = await store(transaction, news, transaction.clock.now(), limits)
    transaction.announce(*stored.events)
    return stored.outcomes
