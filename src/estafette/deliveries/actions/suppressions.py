"""Administrators say who must not be written to; gateways add to it when a recipient is gone for good."""

from typing import Final
from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.database import Database, Transaction
from estafette.base.errors import Invalid, NotFound
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.models.suppressions import NewSuppression, Suppression
from estafette.deliveries.rules.permissions import require_administrator
from estafette.deliveries.rules.suppressions import check_suppression, compared
from estafette.deliveries.store import suppressions as store

ASKED: Final = ("unsubscribed",)
"""Reasons of gateways for what a recipient has asked for, and may take back."""


async def list_suppressions(
    database: Database,
    who: SignedIn,
    *,
    channel: Channel | None,
    begins: str,
    after: tuple[str, str] | None,
    limit: int,
) -> list[Suppression]:
    """At most `limit` of them in the order of channel and recipient; raises Forbidden."""
    require_administrator(who)
    return [Suppression(**row) for row in await store.listed(database, channel, begins, after, limit)]


async def add_suppression(database: Database, who: SignedIn, given: NewSuppression) -> Suppression:
    """Keeps a recipient from being written to, what already waits included; raises Forbidden and Invalid."""
    require_administrator(who)
    return await suppress(database, given, who.person_id)


async def suppress(database: Database, given: NewSuppression, by_person: UUID) -> Suppression:
    """As `add_suppression`, without asking who asks; raises Invalid."""
    now = database.clock.now()
    recipient, reason = check_suppression(given, now)
    async with database.transaction() as transaction:
        row = await store.put(transaction, given.channel, recipient, reason, now, by_person)
    return Suppression(**row)


async def remove_suppression(database: Database, who: SignedIn, channel: str, recipient: str) -> None:
    """Lets a recipient be written to again; raises Forbidden and NotFound."""
    require_administrator(who)
    try:
        known = msgspec.convert(channel, Channel)
        key = compared(known, recipient, database.clock.now())
    except (Invalid, msgspec.ValidationError):
        raise NotFound from None
    async with database.transaction() as transaction:
        # What a gateway has put there may be written as the recipient of its message was.
        if not await store.delete(transaction, known, [key, recipient]):
            raise NotFound


async def lift(transaction: Transaction, channel: Channel, recipient: str) -> None:
    """Lets a recipient be written to again who was suppressed since they had asked their provider for it."""
    await store.lift(transaction, channel, recipient.lower(), ASKED)
