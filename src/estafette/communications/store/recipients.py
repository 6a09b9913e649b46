"""Statements about the recipients of communications; what was handed over stands where its delivery does."""

from typing import Any, Final
from uuid import UUID

from estafette.base.database import Queries

STRETCH: Final = 50_000
"""Recipients that are looked at for those with a status; the next look goes on from there."""
Place = tuple[str, UUID]
"""A channel and a client."""

_BEGINNING: Final[Place] = ("", UUID(int=0))
_LAST_CHANNEL: Final = "~"


async def page(
    queries: Queries, communication_id: UUID, channel: str | None, status: str | None, after: Place | None, limit: int
) -> tuple[list[Any], Place | None]:
    """Recipients by channel and client, and where to look on; None when all were looked at."""
    rows = await queries.fetch(
        """
        WITH stretch AS MATERIALIZED (
            SELECT * FROM communication_recipients
            WHERE communication_id = $1 AND channel >= $2 AND channel <= $3 AND (channel, client_id) > ($4, $5::uuid)
            ORDER BY channel, client_id LIMIT $6
        )
        SELECT found.*, floor.channel AS floor_channel, floor.client_id AS floor_client,
            (SELECT count(*) FROM stretch) AS looked_at
        FROM (SELECT channel, client_id FROM stretch ORDER BY channel DESC, client_id DESC LIMIT 1) floor
        LEFT JOIN LATERAL (
            SELECT r.client_id, r.channel, c.name, c.external_id,
                coalesce(c.name, c.external_id, c.email, c.phone) AS client, c.id AS registered,
                CASE WHEN c.id IS NULL THEN NULL WHEN d.id IS NOT NULL THEN d.recipient WHEN r.channel = 'email'
                    THEN c.email WHEN r.channel = 'sms' THEN c.phone ELSE c.whatsapp END AS address,
                coalesce(d.status, upper(r.state)) AS status, coalesce(d.reason, r.reason) AS reason,
                r.delivery_id, r.not_before, d.changed_at
            FROM stretch r
            LEFT JOIN batch_deliveries d ON d.id = r.delivery_id
            LEFT JOIN registered_clients c ON c.id = r.client_id
            WHERE $7::text IS NULL OR coalesce(d.status, upper(r.state)) = $7
            ORDER BY r.channel, r.client_id LIMIT $8
        ) found ON true
        ORDER BY found.channel, found.client_id
        """,
        communication_id,
        channel or "",
        channel or _LAST_CHANNEL,
        *(after or _BEGINNING),
        STRETCH if status else limit + 1,
        status,
        limit + 1,
    )
    items = [row for row in rows if row["client_id"] is not None]
    if len(items) > limit:
        last = items[limit - 1]
        return items[:limit], (last["channel"], last["client_id"])
    more = status is not None and rows and rows[0]["looked_at"] == STRETCH
    return items, (rows[0]["floor_channel"], rows[0]["floor_client"]) if more else None


async def page_of_trouble(
    queries: Queries,
    owner_id: UUID,
    communication_id: UUID,
    channel: str | None,
    status: str,
    after: Place | None,
    limit: int,
) -> tuple[list[Any], Place | None]:
    """The same of a status that few deliveries have: found by the changes that led to it."""
    rows = await queries.fetch(
        """
        SELECT d.batch_member AS client_id, d.channel, c.name, c.external_id,
            coalesce(c.name, c.external_id, c.email, c.phone) AS client, c.id AS registered,
            CASE WHEN c.id IS NOT NULL THEN d.recipient END AS address, d.status, d.reason, d.id AS delivery_id,
            r.not_before, d.changed_at
        FROM (SELECT min(id) AS first, max(id) AS last FROM deliveries WHERE batch_id = $2) span
        JOIN delivery_events e ON e.owner_id = $1 AND e.status = $5 AND e.status NOT IN ('SENT', 'DELIVERED')
            AND e.delivery_id BETWEEN span.first AND span.last
        JOIN deliveries d ON d.id = e.delivery_id AND d.events = e.ordinal AND d.batch_id = $2
        JOIN communication_recipients r
            ON r.communication_id = $2 AND r.channel = d.channel AND r.client_id = d.batch_member
        LEFT JOIN registered_clients c ON c.id = d.batch_member
        WHERE d.channel >= $3 AND d.channel <= $4 AND (d.channel, d.batch_member) > ($6, $7::uuid)
        ORDER BY d.channel, d.batch_member LIMIT $8
        """,
        owner_id,
        communication_id,
        channel or "",
        channel or _LAST_CHANNEL,
        status,
        *(after or _BEGINNING),
        limit + 1,
    )
    if len(rows) > limit:
        last = rows[limit - 1]
        return rows[:limit], (last["channel"], last["client_id"])
    return rows, None


async def get(queries: Queries, communication_id: UUID, channel: str, client_id: UUID) -> Any:
    """One recipient with the words that were made for it."""
    return await queries.fetchrow(
        """
        SELECT r.client_id, r.channel, coalesce(c.name, c.external_id, c.email, c.phone) AS client,
            c.id AS registered,
            CASE WHEN c.id IS NULL THEN NULL WHEN d.id IS NOT NULL THEN d.recipient WHEN r.channel = 'email'
                THEN c.email WHEN r.channel = 'sms' THEN c.phone ELSE c.whatsapp END AS address,
            coalesce(d.status, upper(r.state)) AS status, coalesce(d.reason, r.reason) AS reason,
            r.delivery_id, r.not_before, d.changed_at, d.created_at, d.subject, d.text
        FROM communication_recipients r
        LEFT JOIN deliveries d ON d.id = r.delivery_id
        LEFT JOIN registered_clients c ON c.id = r.client_id
        WHERE r.communication_id = $1 AND r.channel = $2 AND r.client_id = $3
        """,
        communication_id,
        channel,
        client_id,
    )


async def steps(queries: Queries, delivery_id: int) -> list[Any]:
    """What became of a message, step by step."""
    return await queries.fetch(
        "SELECT status, reason, at FROM delivery_events WHERE delivery_id = $1 ORDER BY ordinal", delivery_id
    )


async def of_client(queries: Queries, client_id: UUID, after: Place | None, limit: int) -> list[Any]:
    """What a client is or was sent, the newest communications first; a place is a channel and a communication."""
    channel, communication_id = after or (_LAST_CHANNEL, UUID(int=2**128 - 1))
    return await queries.fetch(
        """
        SELECT r.communication_id, m.name, m.kind, m.state, r.channel, coalesce(d.status, upper(r.state)) AS status,
            coalesce(d.reason, r.reason) AS reason, r.delivery_id, d.subject, d.text, r.not_before, d.changed_at
        FROM communication_recipients r
        JOIN communications m ON m.id = r.communication_id
        LEFT JOIN deliveries d ON d.id = r.delivery_id
        WHERE r.client_id = $1 AND r.communication_id <= $3 AND (r.communication_id, r.channel) < ($3, $2)
        ORDER BY r.communication_id DESC, r.channel DESC LIMIT $4
        """,
        client_id,
        channel,
        communication_id,
        limit,
    )
