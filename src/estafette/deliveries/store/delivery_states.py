"""Statements about where deliveries stand: lock, move on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Transaction, tuples
from estafette.deliveries.models.deliveries import Status
from estafette.deliveries.models.engine import DeliveryState

Event = tuple[int, int, UUID, Status, str | None]
"""Delivery, ordinal, owner, status, reason."""


async def lock(transaction: Transaction, ids: Sequence[int]) -> dict[int, DeliveryState]:
    """Locks deliveries in the order of their ids."""
    # The length of an array that comes through a sub-select is not known to the planner: one plan serves all.
    rows = await transaction.fetch(
        """
        SELECT id, owner_id, channel, recipient, status, reason, events, attempts, gateway_id, expires_at,
            batch_id, status AS began_as
        FROM deliveries WHERE id = ANY ((SELECT $1::bigint[])::bigint[])
        ORDER BY id FOR NO KEY UPDATE
        """,
        list(ids),
    )
    return {row["id"]: _state(row) for row in rows}


async def update(
    transaction: Transaction, delivery_states: Sequence[DeliveryState], events: Sequence[Event], now: datetime
) -> None:
    """Stores where locked deliveries stand now, whether or not their status changed, and the steps they took."""
    await transaction.execute(
        """
        WITH stepped AS (
            INSERT INTO delivery_events (delivery_id, ordinal, owner_id, status, reason, at)
            SELECT delivery_id, ordinal, owner_id, status, reason, $12::timestamptz
            FROM unnest((SELECT $7::bigint[]), $8::integer[], $9::uuid[], $10::text[], $11::text[])
                AS given (delivery_id, ordinal, owner_id, status, reason)
        )
        UPDATE deliveries d SET status = s.status, reason = s.reason, events = s.events, attempts = s.attempts,
            gateway_id = s.gateway_id, changed_at = CASE WHEN s.events > d.events THEN $12 ELSE d.changed_at END
        FROM unnest((SELECT $1::bigint[]), $2::text[], $3::text[], $4::integer[], $5::integer[], $6::uuid[])
            AS s (id, status, reason, events, attempts, gateway_id)
        WHERE d.id = s.id
        """,
        *tuples(
            [
                (each.id, each.status, each.reason, each.events, each.attempts, each.gateway_id)
                for each in delivery_states
            ]
        ),
        *(tuples(events) if events else ([], [], [], [], [])),
        now,
    )


def _state(row: Any) -> DeliveryState:
    return msgspec.convert(dict(row), DeliveryState)
