"""Statements about contact profiles."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.people import ContactProfile
from estafette.base.database import Queries, tuples


async def insert(queries: Queries, person_id: UUID, profile: ContactProfile, at: datetime) -> None:
    """Adds a profile."""
    await queries.execute(
        """
        INSERT INTO contact_profiles (id, person_id, label, email, phone, is_default, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        profile.id,
        person_id,
        profile.label,
        profile.email,
        profile.phone,
        profile.is_default,
        at,
    )


async def of_person(queries: Queries, person_id: UUID) -> list[ContactProfile]:
    """A person's profiles, the default one first."""
    rows = await queries.fetch(
        """
        SELECT id, label, email, phone, is_default FROM contact_profiles WHERE person_id = $1
        ORDER BY is_default DESC, created_at, id
        """,
        person_id,
    )
    return [ContactProfile(**row) for row in rows]


async def some(queries: Queries, wanted: Sequence[tuple[UUID, UUID | None]]) -> list[ContactProfile | None]:
    """For each (person, profile) that profile of the person, the default one when none is named."""
    rows = await queries.fetch(
        """
        SELECT p.id, p.label, p.email, p.phone, p.is_default
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[])) WITH ORDINALITY AS given (person_id, id, position)
        LEFT JOIN contact_profiles p ON p.person_id = given.person_id
            AND CASE WHEN given.id IS NULL THEN p.is_default ELSE p.id = given.id END
        ORDER BY given.position
        """,
        *tuples(wanted),
    )
    return [ContactProfile(**row) if row["id"] else None for row in rows]


async def lock_one(queries: Queries, person_id: UUID, id_: UUID) -> ContactProfile | None:
    """One profile of a person, about to be changed."""
    row = await queries.fetchrow(
        """
        SELECT id, label, email, phone, is_default FROM contact_profiles
        WHERE id = $2 AND person_id = $1 FOR UPDATE
        """,
        person_id,
        id_,
    )
    return ContactProfile(**row) if row else None


async def update(queries: Queries, profile: ContactProfile) -> None:
    """Stores another label, address and number."""
    await queries.execute(
        "UPDATE contact_profiles SET label = $2, email = $3, phone = $4 WHERE id = $1",
        profile.id,
        profile.label,
        profile.email,
        profile.phone,
    )


async def withdraw_default(queries: Queries, person_id: UUID) -> None:
    """Leaves a person without a default profile, for as long as the transaction lasts."""
    await queries.execute(
        "UPDATE contact_profiles SET is_default = false WHERE person_id = $1 AND is_default", person_id
    )


async def make_default(queries: Queries, id_: UUID) -> None:
    """Makes a profile the default one."""
    await queries.execute("UPDATE contact_profiles SET is_default = true WHERE id = $1", id_)


async def follow(queries: Queries, person_id: UUID, old: tuple[str, str | None], new: tuple[str, str | None]) -> None:
    """Lets the default profile follow the person's new address and number where it had the old ones."""
    await queries.execute(
        """
        UPDATE contact_profiles SET
            email = CASE WHEN email = $2 THEN $3 ELSE email END,
            phone = CASE WHEN phone IS NOT DISTINCT FROM $4::text THEN $5::text ELSE phone END
        WHERE person_id = $1 AND is_default
        """,
        person_id,
        old[0],
        new[0],
        old[1],
        new[1],
    )


async def delete(queries: Queries, id_: UUID) -> None:
    """Removes a profile."""
    await queries.execute("DELETE FROM contact_profiles WHERE id = $1", id_)
