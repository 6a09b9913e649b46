"""Notifying people of something, and ending what was seen; all in the caller's transaction."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from estafette.base.bus import event
from estafette.base.database import Transaction
from estafette.notifications.models.notices import Kind, Notice
from estafette.notifications.rules.usual import usual
from estafette.notifications.store import notices as store
from estafette.realtime import frame_to

DUE: Final = "notifications_due"
"""The event that tells workers that a step of a ladder is due; it has no data."""


async def notify(
    transaction: Transaction,
    kind: Kind,
    notices: Sequence[Notice],
    *,
    not_to: Sequence[tuple[UUID, UUID]] = (),
) -> None:
    """Notifies everyone of the parties who wants to be, however many; not those of `not_to`, which are (person, topic).

    Who has an unread notification of a topic keeps it: its bell shows one entry, its ladder goes on.
    """
    if not notices:
        return
    row = await store.put(transaction, kind, notices, not_to, usual(kind), transaction.clock.now())
    announce_change(transaction, row["people"])
    if row["due"]:
        transaction.announce(event(DUE, None))


async def lock_topics(transaction: Transaction, topics: Sequence[UUID], *, alone: bool) -> None:
    """Keeps who notifies of topics and who reads them apart, until the transaction ends.

    Who notifies is `alone` with them before asking who knows already; who reads takes it before reading. So what is
    said while somebody reads is either read or notified.
    """
    if topics:
        await store.lock_topics(transaction, topics, alone=alone)


async def mark_read(
    transaction: Transaction, kinds: Sequence[Kind], topic_id: UUID, person_id: UUID | None = None
) -> None:
    """A topic was seen by a person, or (without one) needs nobody any more: it is read, and its ladders end."""
    announce_change(
        transaction, await store.mark_read(transaction, kinds, topic_id, person_id, transaction.clock.now())
    )


async def mark_read_by_parties(transaction: Transaction, kind: Kind, settled: Sequence[tuple[UUID, UUID]]) -> None:
    """For everyone who is notified of it as that party each (party, topic) is done: somebody of them has answered."""
    if settled:
        announce_change(
            transaction, await store.mark_read_by_parties(transaction, kind, settled, transaction.clock.now())
        )


async def unread_of(
    transaction: Transaction, kind: Kind, topics: Sequence[UUID], after: UUID | None = None, limit: int | None = None
) -> list[tuple[UUID, UUID, UUID, int]]:
    """Who has something unread of topics: (person, party, topic, where in the topic it begins), in their order.

    At most `limit` with an id beyond `after`.
    """
    return await store.unread_of(transaction, kind, topics, after, limit)


async def mark_read_by_people(transaction: Transaction, kind: Kind, settled: Sequence[tuple[UUID, UUID]]) -> None:
    """For each (person, topic) there is nothing left to be notified of: what was said is gone."""
    if settled:
        announce_change(
            transaction, await store.mark_read_by_people(transaction, kind, settled, transaction.clock.now())
        )


def announce_change(transaction: Transaction, people: Sequence[UUID]) -> None:
    """Tells the open pages of people that their bell shows something else now."""
    transaction.announce(*frame_to(people, {"type": "notifications"}))
