"""Statements about roles, each a grant that somebody gave at some time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.people import Role
from estafette.base.database import Queries


async def grant(queries: Queries, person_id: UUID, roles: Sequence[Role], at: datetime, by: UUID | None) -> None:
    """Gives roles that the person does not have yet."""
    await queries.execute(
        """
        INSERT INTO role_grants (person_id, role, granted_at, granted_by)
        SELECT $1, role, $3, $4 FROM unnest($2::text[]) AS role
        ON CONFLICT DO NOTHING
        """,
        person_id,
        list(roles),
        at,
        by,
    )


async def grant_to_all(queries: Queries, people: Sequence[UUID], role: Role, at: datetime, by: UUID | None) -> None:
    """Gives a role to all of some people who do not have it yet."""
    await queries.execute(
        """
        INSERT INTO role_grants (person_id, role, granted_at, granted_by)
        SELECT id, $2, $3, $4 FROM unnest($1::uuid[]) AS id
        ON CONFLICT DO NOTHING
        """,
        list(people),
        role,
        at,
        by,
    )


async def withdraw_all_but(queries: Queries, person_id: UUID, roles: Sequence[Role]) -> None:
    """Takes away every role that is not named."""
    await queries.execute(
        "DELETE FROM role_grants WHERE person_id = $1 AND role <> ALL ($2::text[])", person_id, list(roles)
    )


async def lock_administrators(queries: Queries) -> list[UUID]:
    """Everybody who administrates, locked so that two withdrawals at the same time see each other."""
    rows = await queries.fetch(
        """
        SELECT people.id FROM people JOIN role_grants ON role_grants.person_id = people.id
        WHERE role_grants.role = 'administrator' AND people.disabled_at IS NULL
        ORDER BY people.id FOR NO KEY UPDATE
        """
    )
    return [row["id"] for row in rows]


async def somebody_administrates(queries: Queries) -> bool:
    """Whether there is an administrator."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM role_grants WHERE role = 'administrator')")
