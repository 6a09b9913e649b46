"""Statements about the people whom messages mention."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from estafette.base.database import Queries


async def names(queries: Queries, rows: Iterable[Any]) -> dict[UUID, str]:
    """What the people in the `mentions` of rows are called now; of whom is gone there is none."""
    people = {each for row in rows for each in row["mentions"] or ()}
    if not people:
        return {}
    found = await queries.fetch("SELECT id, name FROM person_cards WHERE id = ANY ($1::uuid[])", list(people))
    return {row["id"]: row["name"] for row in found}
