"""Statements about how people are reached."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.contacts import Contact
from estafette.base.database import Queries


async def of_people(queries: Queries, ids: Sequence[UUID]) -> list[Contact]:
    """Those of the people who are not disabled."""
    rows = await queries.fetch(
        """
        SELECT id, name, email, email_confirmed_at IS NOT NULL AS email_confirmed, phone, language, time_zone, picture
        FROM people WHERE id = ANY ($1::uuid[]) AND disabled_at IS NULL
        """,
        list(ids),
    )
    return [Contact(**row) for row in rows]


async def confirm_email(queries: Queries, id_: UUID, at: datetime) -> None:
    """Notes that the address was proved to be this person's."""
    await queries.execute("UPDATE people SET email_confirmed_at = $2 WHERE id = $1", id_, at)
