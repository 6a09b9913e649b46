"""Statements about how gateways are doing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries


async def described(queries: Queries, id_: UUID | None, now: datetime, most: int) -> list[Any]:
    """All gateways or one, with how they are doing; in the order in which they are asked."""
    return await queries.fetch(
        """
        SELECT gateways.id, name, name_key, transport, channels, priority, enabled, managed, settings, credentials,
            segments_per_second, links, receipts_expected, created_at, changed_at,
            coalesce(state.up_until > $2, false) AS up,
            CASE WHEN state.paused_until > $2 THEN state.paused_until END AS paused_until,
            state.down_since, state.fault,
            CASE WHEN state.next_attempt_at > $2 THEN state.next_attempt_at END AS next_attempt_at,
            state.error, state.error_at, state.accepted_at,
            (
                SELECT count(*) FROM gateway_links AS link WHERE link.gateway_id = gateways.id AND link.until > $2
            ) AS links_open,
            (
                SELECT count(*) FROM (
                    SELECT FROM delivery_queue AS queue
                    WHERE queue.lane = ANY (gateways.channels || gateways.id::text)
                        AND queue.dispatcher_id IS NULL AND queue.not_before <= $2
                    LIMIT $3
                ) AS found
            ) AS waiting,
            (
                SELECT count(*) FROM (
                    SELECT FROM receipts
                    WHERE receipts.gateway_id = gateways.id AND fault IS NOT NULL
                        AND fault NOT IN ('callback_refused', 'message') AND received_at > $2 - interval '24 hours'
                    LIMIT $3
                ) AS found
            ) AS not_understood,
            (
                SELECT fault FROM receipts
                WHERE receipts.gateway_id = gateways.id AND fault IS NOT NULL
                    AND fault NOT IN ('callback_refused', 'message') AND received_at > $2 - interval '24 hours'
                ORDER BY received_at DESC LIMIT 1
            ) AS not_understood_why,
            mailboxes.read_at AS mailbox_read_at, mailboxes.error AS mailbox_error
        FROM gateways LEFT JOIN gateway_states AS state ON state.gateway_id = gateways.id
            LEFT JOIN mailboxes ON mailboxes.gateway_id = gateways.id
        WHERE removed_at IS NULL AND ($1::uuid IS NULL OR gateways.id = $1)
        ORDER BY priority, name_key
        """,
        id_,
        now,
        most,
    )


async def counts_since(queries: Queries, ids: Sequence[UUID], hour: datetime) -> dict[UUID, dict[str, int]]:
    """How many deliveries of each gateway came to each status since an hour; all accounts together."""
    # The index begins with the owner: one owner after another is found by it, however many rows there are.
    rows = await queries.fetch(
        """
        WITH RECURSIVE owners AS (
            (SELECT owner_id FROM delivery_counts ORDER BY owner_id LIMIT 1)
            UNION ALL
            SELECT (
                SELECT later.owner_id FROM delivery_counts AS later
                WHERE later.owner_id > owners.owner_id ORDER BY later.owner_id LIMIT 1
            )
            FROM owners WHERE owners.owner_id IS NOT NULL
        )
        SELECT counted.gateway_id, counted.status, sum(counted.count)::bigint AS count
        FROM owners, unnest($1::uuid[]) AS wanted (gateway_id), delivery_counts AS counted
        WHERE counted.owner_id = owners.owner_id AND counted.gateway_id = wanted.gateway_id AND counted.hour >= $2
        GROUP BY 1, 2
        """,
        list(ids),
        hour,
    )
    found: dict[UUID, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["gateway_id"], {})[row["status"]] = row["count"]
    return found


async def lost_for_want_of_one(queries: Queries) -> dict[str, int]:
    """By channel, how many messages wait, or failed in the last 24 hours, while no gateway carries their channel."""
    rows = await queries.fetch(
        """
        SELECT channel, count(*) AS count
        FROM deliveries
        WHERE id IN (
                SELECT delivery_id FROM delivery_queue
                UNION ALL
                SELECT delivery_id FROM delivery_events
                WHERE status = 'SYSTEM_ERROR' AND reason = 'no_gateway' AND at > now() - interval '24 hours'
            )
            AND NOT EXISTS (
                SELECT FROM gateways WHERE enabled AND removed_at IS NULL AND deliveries.channel = ANY (channels)
            )
        GROUP BY channel ORDER BY channel
        """
    )
    return {row["channel"]: row["count"] for row in rows}


async def not_understood(queries: Queries, since: datetime) -> dict[str, tuple[int, str]]:
    """By the name of a gateway, how much it told since a time that was no receipt, and why the newest is none.

    Not counted is what others told in its name, and was not believed, and what people have written to its numbers.
    """
    rows = await queries.fetch(
        """
        SELECT g.name, found.count, found.why FROM gateways g
        CROSS JOIN LATERAL (
            SELECT count(*) AS count, (array_agg(fault ORDER BY received_at DESC))[1] AS why FROM (
                SELECT fault, received_at FROM receipts r
                WHERE r.gateway_id = g.id AND r.fault IS NOT NULL AND r.fault NOT IN ('callback_refused', 'message')
                    AND r.received_at > $1
                ORDER BY r.received_at DESC LIMIT 10000
            ) AS newest
        ) AS found
        WHERE g.removed_at IS NULL AND found.count > 0 ORDER BY g.name
        """,
        since,
    )
    return {row["name"]: (row["count"], row["why"]) for row in rows}
