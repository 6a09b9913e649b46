"""Statements about who may hold which link. Times are the server's: the clocks of workers may differ."""

from uuid import UUID

from estafette.base.database import Queries

Slot = tuple[UUID, int]
"""A gateway and the number of one of its links."""


async def lease(queries: Queries, gateway_id: UUID, links: int, dispatcher_id: UUID, wanted: int) -> list[int]:
    """Takes at most `wanted` free slots of a gateway that allows so many links, for 15 seconds."""
    rows = await queries.fetch(
        """
        INSERT INTO gateway_links AS known (gateway_id, slot, dispatcher_id, until)
        SELECT $1, slot, $3, now() + interval '15 seconds'
        FROM generate_series(1, $2::integer) AS slot
        WHERE NOT EXISTS (
            SELECT FROM gateway_links l WHERE l.gateway_id = $1 AND l.slot = slot.slot AND l.until >= now()
        )
        ORDER BY slot LIMIT $4
        ON CONFLICT (gateway_id, slot) DO UPDATE SET dispatcher_id = excluded.dispatcher_id, until = excluded.until
            WHERE known.until < now()
        RETURNING slot
        """,
        gateway_id,
        links,
        dispatcher_id,
        wanted,
    )
    return [row["slot"] for row in rows]


async def renew(queries: Queries, dispatcher_id: UUID) -> set[Slot]:
    """Keeps all slots of a dispatcher for 15 seconds more, and says which these are."""
    rows = await queries.fetch(
        """
        UPDATE gateway_links SET until = now() + interval '15 seconds' WHERE dispatcher_id = $1
        RETURNING gateway_id, slot
        """,
        dispatcher_id,
    )
    return {(row["gateway_id"], row["slot"]) for row in rows}


async def release(queries: Queries, gateway_id: UUID, slot: int, dispatcher_id: UUID) -> None:
    """Gives a slot back."""
    await queries.execute(
        "DELETE FROM gateway_links WHERE gateway_id = $1 AND slot = $2 AND dispatcher_id = $3",
        gateway_id,
        slot,
        dispatcher_id,
    )
