"""Whoever writes to a WhatsApp number may be written to in our own words for a day."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Database, Transaction
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.rules.whatsapp import WINDOW
from estafette.deliveries.store import whatsapp as store


async def open_windows(transaction: Transaction, given: Sequence[tuple[UUID, InboundMessage]]) -> None:
    """Notes who has written by WhatsApp, and when; a message that comes again changes nothing."""
    now = transaction.clock.now()
    rows = [
        (gateway_id, each.sender.removeprefix("+"), min(now, each.happened_at or now))
        for gateway_id, each in given
        if each.channel == "whatsapp"
    ]
    if rows:
        await store.open_windows(transaction, rows)


async def forget_closed_windows(database: Database) -> None:
    """Forgets who has not written for a day."""
    await store.close_windows(database, database.clock.now() - WINDOW)
