"""Statements about many people at once: who is known by an address, and may be made an employee."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from estafette.base.database import Queries


class Known(NamedTuple):
    """Somebody whose address it is."""

    id: UUID
    is_employee: bool
    is_service: bool
    is_disabled: bool
    is_confirmed: bool
    has_password: bool


async def known(queries: Queries, email_keys: Sequence[str]) -> dict[str, Known]:
    """The people with some addresses, by the compared form; locked, so that they stay what they are until the end."""
    rows = await queries.fetch(
        """
        SELECT email_key, id, disabled_at IS NOT NULL AS is_disabled, email_confirmed_at IS NOT NULL AS is_confirmed,
            password_hash IS NOT NULL AS has_password,
            EXISTS (SELECT FROM role_grants WHERE person_id = people.id AND role = 'employee') AS is_employee,
            EXISTS (SELECT FROM role_grants WHERE person_id = people.id AND role = 'service') AS is_service
        FROM people WHERE email_key = ANY ($1::text[]) ORDER BY id FOR NO KEY UPDATE
        """,
        list(email_keys),
    )
    return {row["email_key"]: Known(**{name: row[name] for name in Known._fields}) for row in rows}
