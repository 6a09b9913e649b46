"""Statements about how gateways are doing and how fast they may go; shared by all workers.

Times are the server's, since the clocks of workers may differ; `shift` is what a test adds to them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from estafette.base.database import Queries, Transaction
from estafette.deliveries.models.engine import ActiveGateway
from estafette.deliveries.models.link_faults import LinkFault

# A gateway that had no working link for so long is down, and the next one takes over.
GRACE: Final = timedelta(seconds=10)


async def active(queries: Queries) -> list[ActiveGateway]:
    """The gateways that are in use."""
    rows = await queries.fetch(
        """
        SELECT id, name, transport, channels, settings, credentials, links, version
        FROM gateways WHERE enabled AND removed_at IS NULL
        """
    )
    return [msgspec.convert(dict(row), ActiveGateway) for row in rows]


async def find(queries: Queries, id_: UUID) -> ActiveGateway | None:
    """A gateway, whether in use or not, unless it was removed."""
    row = await queries.fetchrow(
        """
        SELECT id, name, transport, channels, settings, credentials, links, version
        FROM gateways WHERE id = $1 AND removed_at IS NULL
        """,
        id_,
    )
    return msgspec.convert(dict(row), ActiveGateway) if row else None


async def lock(transaction: Transaction, id_: UUID, version: int, dispatcher_id: UUID, shift: timedelta) -> Any:
    """What a gateway may take `now`, locked: `tokens, refilled_at, per_second, paused_until` (or None), `lanes`.

    Of the channels it gets those that no better gateway serves. None when the gateway was changed or taken out of use,
    or when the dispatcher was declared dead; it cannot be while the transaction lasts.
    """
    return await transaction.fetchrow(
        """
        SELECT server.now, s.tokens, s.refilled_at, g.segments_per_second AS per_second,
            CASE WHEN s.paused_until > server.now THEN s.paused_until END AS paused_until,
            g.id::text || ARRAY(
                SELECT channel FROM unnest(g.channels) AS channel
                WHERE NOT EXISTS (
                    SELECT FROM gateways b JOIN gateway_states t ON t.gateway_id = b.id
                    WHERE b.enabled AND b.removed_at IS NULL AND b.priority < g.priority AND channel = ANY (b.channels)
                        AND t.paused_until <= server.now
                        AND (t.up_until > server.now OR coalesce(t.down_since > server.now - $5::interval, true))
                )
            ) AS lanes
        FROM gateway_states s
        JOIN gateways g ON g.id = s.gateway_id
        JOIN dispatchers d ON d.id = $3
        CROSS JOIN (SELECT clock_timestamp() + $4::interval AS now) AS server
        WHERE s.gateway_id = $1 AND g.version = $2 AND g.enabled AND g.removed_at IS NULL
        FOR UPDATE OF s FOR KEY SHARE OF d
        """,
        id_,
        version,
        dispatcher_id,
        shift,
        GRACE,
    )


async def spend(transaction: Transaction, id_: UUID, tokens: float, now: datetime) -> None:
    """Stores what is left in a gateway's bucket; what was refilled once is not refilled again."""
    await transaction.execute(
        "UPDATE gateway_states SET tokens = $2, refilled_at = greatest(refilled_at, $3) WHERE gateway_id = $1",
        id_,
        tokens,
        now,
    )


async def opening(queries: Queries, id_: UUID, shift: timedelta) -> None:
    """Notes that somebody tries to reach a gateway that nobody reaches now."""
    await queries.execute(
        """
        UPDATE gateway_states SET down_since = now() + $2::interval
        WHERE gateway_id = $1 AND up_until <= now() + $2::interval AND down_since IS NULL
        """,
        id_,
        shift,
    )


async def working(queries: Queries, ids: Sequence[UUID], shift: timedelta) -> None:
    """Notes that there are working links to gateways."""
    await queries.execute(
        """
        UPDATE gateway_states SET up_until = now() + $2::interval, down_since = NULL
        WHERE gateway_id = ANY ($1::uuid[])
        """,
        list(ids),
        shift + GRACE,
    )


async def failed(
    queries: Queries, id_: UUID, shift: timedelta, fault: LinkFault, error: str, next_attempt_in: float
) -> None:
    """Notes why a link broke or could not be opened, and in how many seconds it is tried again.

    A worker with another link says in a moment that the gateway works.
    """
    await queries.execute(
        """
        UPDATE gateway_states SET error = $3, error_at = now() + $2::interval,
            up_until = least(up_until, now() + $2::interval), down_since = coalesce(down_since, now() + $2::interval),
            fault = $4, next_attempt_at = now() + $2::interval + make_interval(secs => $5)
        WHERE gateway_id = $1
        """,
        id_,
        shift,
        error[:300],
        fault,
        next_attempt_in,
    )


async def accepted(queries: Queries, id_: UUID, at: datetime) -> None:
    """Notes when a gateway has last accepted something."""
    await queries.execute(
        "UPDATE gateway_states SET accepted_at = greatest(accepted_at, $2) WHERE gateway_id = $1", id_, at
    )


async def pause(queries: Queries, id_: UUID, length: timedelta) -> None:
    """Lets nothing go out through a gateway for a while."""
    await queries.execute(
        "UPDATE gateway_states SET paused_until = greatest(paused_until, now() + $2::interval) WHERE gateway_id = $1",
        id_,
        length,
    )


async def reachable_lanes(queries: Queries, shift: timedelta) -> set[str]:
    """Channels and single gateways with a working link."""
    rows = await queries.fetch(
        """
        SELECT unnest(g.channels || g.id::text) AS lane
        FROM gateways g JOIN gateway_states s ON s.gateway_id = g.id
        WHERE g.enabled AND g.removed_at IS NULL AND s.up_until > now() + $1::interval
        """,
        shift,
    )
    return {row["lane"] for row in rows}
