"""Statements about what did not arrive: found by the changes that led there, not by looking at all that is well."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def counts(queries: Queries, owner_id: UUID, communication_id: UUID, statuses: Sequence[str]) -> list[Any]:
    """How many recipients failed or were left out, by channel, status and reason, the most first."""
    return await queries.fetch(
        """
        SELECT channel, status, reason, count FROM (
            SELECT d.channel, d.status, d.reason, count(*) AS count
            FROM (SELECT min(id) AS first, max(id) AS last FROM deliveries WHERE batch_id = $2) span
            JOIN delivery_events e ON e.owner_id = $1 AND e.status = ANY ($3::text[])
                AND e.status NOT IN ('SENT', 'DELIVERED') AND e.delivery_id BETWEEN span.first AND span.last
            JOIN deliveries d ON d.id = e.delivery_id AND d.events = e.ordinal AND d.batch_id = $2
            GROUP BY d.channel, d.status, d.reason
            UNION ALL
            SELECT channel, upper(state), reason, count(*) FROM communication_recipients
            WHERE communication_id = $2 AND state IN ('skipped', 'expired', 'suppressed')
            GROUP BY channel, state, reason
        ) counted
        ORDER BY count DESC, channel, status, reason
        """,
        owner_id,
        communication_id,
        list(statuses),
    )


async def channels(queries: Queries, owner_id: UUID, communication_id: UUID, statuses: Sequence[str]) -> list[str]:
    """The channels on which something failed, or expired before it was handed over, and was not sent again yet."""
    rows = await queries.fetch(
        """
        WITH failed AS (
            SELECT d.channel, d.batch_member AS client_id
            FROM (SELECT min(id) AS first, max(id) AS last FROM deliveries WHERE batch_id = $2) span
            JOIN delivery_events e ON e.owner_id = $1 AND e.status = ANY ($3::text[])
                AND e.status NOT IN ('SENT', 'DELIVERED') AND e.delivery_id BETWEEN span.first AND span.last
            JOIN deliveries d ON d.id = e.delivery_id AND d.events = e.ordinal AND d.batch_id = $2
            UNION ALL
            SELECT channel, client_id FROM communication_recipients
            WHERE communication_id = $2 AND state = 'expired' AND state IN ('skipped', 'expired', 'suppressed')
        )
        SELECT DISTINCT channel FROM failed
        WHERE NOT EXISTS (
            SELECT FROM communications again JOIN client_list_members m ON m.list_id = again.list_id
            WHERE again.resend_of = $2 AND failed.channel = ANY (again.channels) AND m.client_id = failed.client_id
        )
        ORDER BY channel
        """,
        owner_id,
        communication_id,
        list(statuses),
    )
    return [row["channel"] for row in rows]


async def add_failed(
    transaction: Transaction,
    list_id: UUID,
    owner_id: UUID,
    communication_id: UUID,
    channels: Sequence[str],
    statuses: Sequence[str],
) -> int:
    """Puts on a list those for whom something failed, nothing else is on its way, and that got it by none of these.

    Whoever is on the list of an earlier resend for one of the channels is left out; returns how many they are.
    """
    return await transaction.fetchval(
        """
        WITH failed AS (
            SELECT d.channel, d.batch_member AS client_id
            FROM (SELECT min(id) AS first, max(id) AS last FROM deliveries WHERE batch_id = $3) span
            JOIN delivery_events e ON e.owner_id = $2 AND e.status = ANY ($5::text[])
                AND e.status NOT IN ('SENT', 'DELIVERED') AND e.delivery_id BETWEEN span.first AND span.last
            JOIN deliveries d ON d.id = e.delivery_id AND d.events = e.ordinal AND d.batch_id = $3
            UNION ALL
            SELECT channel, client_id FROM communication_recipients
            WHERE communication_id = $3 AND state = 'expired' AND state IN ('skipped', 'expired', 'suppressed')
        ), added AS (
            INSERT INTO client_list_members (list_id, client_id)
            SELECT DISTINCT $1::uuid, failed.client_id
            FROM failed JOIN registered_clients c ON c.id = failed.client_id
            WHERE failed.channel = ANY ($4::text[])
                AND NOT EXISTS (
                    SELECT FROM communication_recipients r LEFT JOIN deliveries other ON other.id = r.delivery_id
                    WHERE r.communication_id = $3 AND r.client_id = failed.client_id AND r.channel = ANY ($4::text[])
                        AND (other.status IN ('CREATED', 'SENT', 'DELIVERED', 'UNCERTAIN') OR r.state = 'waiting')
                )
                AND NOT EXISTS (
                    SELECT FROM communications again JOIN client_list_members m ON m.list_id = again.list_id
                    WHERE again.resend_of = $3 AND again.channels && $4::text[] AND m.client_id = failed.client_id
                )
            ORDER BY failed.client_id
            RETURNING 1
        )
        SELECT count(*) FROM added
        """,
        list_id,
        owner_id,
        communication_id,
        list(channels),
        list(statuses),
    )
