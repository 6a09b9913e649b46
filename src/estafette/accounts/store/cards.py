"""The little of people that others see."""

from collections.abc import Sequence
from uuid import UUID

from estafette.accounts.models.people import Card
from estafette.base.database import Queries


async def cards(queries: Queries, people: Sequence[UUID]) -> dict[UUID, Card]:
    """The cards of people, by id; unknown ones are missing."""
    rows = await queries.fetch("SELECT id, name, picture FROM person_cards WHERE id = ANY ($1::uuid[])", list(people))
    return {row["id"]: Card(id=row["id"], name=row["name"], picture=row["picture"]) for row in rows}
