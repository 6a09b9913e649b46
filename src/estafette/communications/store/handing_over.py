"""Statements that hand recipients over, lane by lane."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction, one, tuples
from estafette.communications.models.content import Channel
from estafette.communications.models.work import Addressee, Lane, Pace, WaitingRecipient

Place = tuple[datetime, UUID]
"""A time and a client: in this order recipients have their turn."""


class Handled(NamedTuple):
    """What became of a recipient; without a delivery it has a reason, or waits until a later time."""

    client_id: UUID
    state: str
    reason: str | None
    not_before: datetime
    next_step_at: datetime | None = None
    delivery_id: int | None = None


async def lanes(queries: Queries) -> list[Lane]:
    """Lanes in which recipients wait: those of single clients first, then the one that was served longest ago."""
    rows = await queries.fetch(
        """
        SELECT c.id AS communication_id, l.channel, c.kind, (
            SELECT sum(n.count)::bigint FROM communication_counts n
            WHERE n.communication_id = c.id AND n.channel = l.channel AND n.status = 'WAITING'
        ) AS waiting
        FROM communications c JOIN communication_lanes l ON l.communication_id = c.id
        WHERE c.state = 'running' AND (
            SELECT sum(n.count) FROM communication_counts n
            WHERE n.communication_id = c.id AND n.channel = l.channel AND n.status = 'WAITING'
        ) > 0
        ORDER BY c.kind = 'transactional' DESC, l.served_at, c.id, l.channel
        """
    )
    return [msgspec.convert(dict(row), Lane) for row in rows]


async def pace(transaction: Transaction, id_: UUID, channel: Channel) -> Pace:
    """What a lane may hand over, locked."""
    row = one(
        await transaction.fetchrow(
            """
            SELECT tokens, refilled_at FROM communication_lanes
            WHERE communication_id = $1 AND channel = $2 FOR NO KEY UPDATE
            """,
            id_,
            channel,
        )
    )
    return Pace(tokens=row["tokens"], refilled_at=row["refilled_at"])


async def serve(transaction: Transaction, id_: UUID, channel: Channel, left: Pace, now: datetime) -> None:
    """Notes that a lane had its turn, and what it may hand over now."""
    await transaction.execute(
        """
        UPDATE communication_lanes SET tokens = $3, refilled_at = $4, served_at = $5
        WHERE communication_id = $1 AND channel = $2
        """,
        id_,
        channel,
        left.tokens,
        left.refilled_at,
        now,
    )


async def pick(
    transaction: Transaction, id_: UUID, channel: Channel, after: Place, now: datetime, limit: int
) -> list[WaitingRecipient]:
    """Locks those behind a place whose time has come, in their order."""
    rows = await transaction.fetch(
        """
        SELECT client_id, not_before FROM communication_recipients
        WHERE communication_id = $1 AND channel = $2 AND state = 'waiting' AND (not_before, client_id) > ($3, $4)
            AND not_before <= $5
        ORDER BY not_before, client_id LIMIT $6 FOR UPDATE
        """,
        id_,
        channel,
        *after,
        now,
        limit,
    )
    return [msgspec.convert(dict(row), WaitingRecipient) for row in rows]


async def addressees(queries: Queries, ids: Sequence[UUID]) -> dict[UUID, Addressee]:
    """Clients as they are now; who was erased is missing."""
    rows = await queries.fetch(
        "SELECT * FROM registered_clients WHERE id = ANY ((SELECT $1::uuid[])::uuid[])", list(ids)
    )
    return {row["id"]: msgspec.convert(dict(row), Addressee) for row in rows}


async def store(transaction: Transaction, id_: UUID, channel: Channel, handled: Sequence[Handled]) -> None:
    """Stores what became of locked recipients."""
    await transaction.execute(
        """
        UPDATE communication_recipients r SET state = g.state, reason = g.reason, not_before = g.not_before,
            next_step_at = g.next_step_at, delivery_id = g.delivery_id
        FROM unnest((SELECT $3::uuid[]), $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::bigint[])
            AS g (client_id, state, reason, not_before, next_step_at, delivery_id)
        WHERE r.communication_id = $1 AND r.channel = $2 AND r.client_id = g.client_id
        """,
        id_,
        channel,
        *tuples(handled),
    )
