"""Statements about the person whose account a client has."""

from uuid import UUID

from estafette.accounts import Card
from estafette.base.database import Queries


async def card(queries: Queries, person_id: UUID) -> Card | None:
    """What others see of a person."""
    row = await queries.fetchrow("SELECT id, name, picture FROM person_cards WHERE id = $1", person_id)
    return Card(id=row["id"], name=row["name"], picture=row["picture"]) if row else None


async def is_linked(queries: Queries, person_id: UUID, but: UUID) -> bool:
    """Whether another client has the account of a person."""
    return await queries.fetchval(
        "SELECT EXISTS (SELECT FROM clients WHERE person_id = $1 AND id <> $2)", person_id, but
    )
