"""Inbound messages for those who react to them and show them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.deliveries.models.inbound import Inbound
from estafette.deliveries.store import inbound as store


async def inbound(queries: Queries, ids: Sequence[UUID]) -> dict[UUID, Inbound]:
    """Messages by their ids; one that was removed is missing."""
    return await store.get(queries, ids) if ids else {}


async def created_since(queries: Queries, delivery_ids: Sequence[int], since: datetime) -> set[int]:
    """Those deliveries that were made since a time."""
    return await store.created_since(queries, delivery_ids, since) if delivery_ids else set()


async def forget_inbound(transaction: Transaction, ids: Sequence[UUID]) -> None:
    """Removes messages for good, with how they came."""
    if ids:
        await store.forget(transaction, ids)
