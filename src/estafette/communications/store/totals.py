"""How many recipients of communications stand where."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Queries
from estafette.communications.models.communications import Status, Totals
from estafette.deliveries import broadcast_counts


async def totals(queries: Queries, ids: Sequence[UUID]) -> dict[UUID, Totals]:
    """The totals of communications by their ids; a status that nobody has is not named."""
    rows = await queries.fetch(
        """
        SELECT id, channel, status, sum(count)::bigint AS count FROM (
            SELECT communication_id AS id, channel, status, count FROM communication_counts
            WHERE communication_id = ANY ($1::uuid[])
            UNION ALL
            SELECT batch_id, channel, status, count FROM delivery_batch_totals WHERE batch_id = ANY ($1::uuid[])
        ) counted
        GROUP BY id, channel, status HAVING sum(count) <> 0
        ORDER BY id, channel, status
        """,
        list(ids),
    )
    found: dict[UUID, Totals] = {each: {} for each in ids}
    for row in rows:
        found[row["id"]].setdefault(row["channel"], {})[row["status"]] = row["count"]
    for id_, of_push in (await broadcast_counts(queries, ids)).items():
        counted: dict[Status, int] = {status: count for status, count in of_push.items() if count}
        if counted:
            found[id_]["push"] = counted
    return found
