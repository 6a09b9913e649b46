"""Statements about who of a partner is told of what."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.notifications.models.audiences import Audience


async def of_partner(queries: Queries, partner_id: UUID) -> list[Audience]:
    """What a partner has chosen; a kind that is missing is for everyone."""
    rows = await queries.fetch(
        "SELECT kind, mode, people FROM partner_audiences WHERE partner_id = $1 ORDER BY kind", partner_id
    )
    return [Audience(**row) for row in rows]


async def put(transaction: Transaction, partner_id: UUID, audience: Audience, people: Sequence[UUID]) -> None:
    """Stores an audience that is not everyone."""
    await transaction.execute(
        """
        INSERT INTO partner_audiences (partner_id, kind, mode, people) VALUES ($1, $2, $3, $4)
        ON CONFLICT (partner_id, kind) DO UPDATE SET mode = excluded.mode, people = excluded.people
        """,
        partner_id,
        audience.kind,
        audience.mode,
        people,
    )


async def remove(transaction: Transaction, partner_id: UUID, kind: str) -> None:
    """Lets everyone of a partner be told of a kind."""
    await transaction.execute("DELETE FROM partner_audiences WHERE partner_id = $1 AND kind = $2", partner_id, kind)
