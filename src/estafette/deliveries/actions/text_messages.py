"""Text messages alone, for those who know of no other channel (document D2)."""

from uuid import UUID

from estafette.base.database import Database
from estafette.deliveries.actions import showing
from estafette.deliveries.actions.finding import MAX_ID
from estafette.deliveries.models.deliveries import Delivery
from estafette.deliveries.store import text_messages as store


async def list_texts(database: Database, owner_id: UUID, *, before: int | None = None, limit: int) -> list[Delivery]:
    """At most `limit` SMS and MMS of an owner with ids smaller than `before`, newest first."""
    rows = await store.page(database, owner_id, min(before or MAX_ID, MAX_ID), limit)
    return [showing.delivery(row) for row in rows]


async def count_texts(database: Database, owner_id: UUID) -> int:
    """How many SMS and MMS an owner has."""
    return await store.count(database, owner_id)
