"""Statements about the members of partners. The partner's row is locked before any of them changes something."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.partners import Member
from estafette.accounts.models.people import Card, MemberRole
from estafette.base.database import Queries


async def of_partner(queries: Queries, partner_id: UUID) -> list[Member]:
    """The members of a partner, owners first, then by name."""
    rows = await queries.fetch(
        """
        SELECT people.id, people.name, people.picture, people.email, partner_members.role, partner_members.since
        FROM partner_members JOIN people ON people.id = partner_members.person_id
        WHERE partner_members.partner_id = $1
        ORDER BY partner_members.role = 'owner' DESC, people.name_key, people.id
        """,
        partner_id,
    )
    return [
        Member(
            person=Card(id=row["id"], name=row["name"], picture=row["picture"]),
            email=row["email"],
            role=row["role"],
            since=row["since"],
        )
        for row in rows
    ]


async def of_partners(queries: Queries, partner_ids: Sequence[UUID]) -> list[tuple[UUID, UUID, MemberRole]]:
    """Partner, member and role of all members who are not disabled, in the order in which they came."""
    rows = await queries.fetch(
        """
        SELECT partner_members.partner_id, partner_members.person_id, partner_members.role
        FROM partner_members JOIN people ON people.id = partner_members.person_id
        WHERE partner_members.partner_id = ANY ($1::uuid[]) AND people.disabled_at IS NULL
        ORDER BY partner_members.partner_id, partner_members.since, partner_members.person_id
        """,
        list(partner_ids),
    )
    return [(row["partner_id"], row["person_id"], row["role"]) for row in rows]


async def role_of(queries: Queries, partner_id: UUID, person_id: UUID) -> MemberRole | None:
    """As what a person acts for a partner."""
    return await queries.fetchval(
        "SELECT role FROM partner_members WHERE partner_id = $1 AND person_id = $2", partner_id, person_id
    )


async def put(
    queries: Queries, partner_id: UUID, person_id: UUID, role: MemberRole, at: datetime, by: UUID | None
) -> None:
    """Adds a member, or gives one another role."""
    await queries.execute(
        """
        INSERT INTO partner_members (partner_id, person_id, role, since, added_by) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (partner_id, person_id) DO UPDATE SET role = excluded.role
        """,
        partner_id,
        person_id,
        role,
        at,
        by,
    )


async def delete(queries: Queries, partner_id: UUID, person_id: UUID) -> None:
    """Takes a member away."""
    await queries.execute("DELETE FROM partner_members WHERE partner_id = $1 AND person_id = $2", partner_id, person_id)


async def has_other_owner(queries: Queries, partner_id: UUID, person_id: UUID) -> bool:
    """Whether somebody else, who is not disabled, owns the partner."""
    return await queries.fetchval(
        """
        SELECT EXISTS (
            SELECT FROM partner_members JOIN people ON people.id = partner_members.person_id
            WHERE partner_members.partner_id = $1 AND partner_members.role = 'owner'
                AND partner_members.person_id <> $2 AND people.disabled_at IS NULL
        )
        """,
        partner_id,
        person_id,
    )
