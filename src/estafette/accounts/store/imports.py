"""Statements about people of a file: many rows at a time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.imports import EmployeeRow
from estafette.accounts.models.people import ContactProfile
from estafette.accounts.models.rows import PersonRow
from estafette.base.database import Queries, tuples
from estafette.base.languages import Language


async def lock(queries: Queries, email_keys: Sequence[str]) -> None:
    """Makes others who change these people wait, in one order."""
    await queries.execute(
        "SELECT id FROM people WHERE email_key = ANY ($1::text[]) ORDER BY id FOR NO KEY UPDATE", list(email_keys)
    )


async def by_emails(queries: Queries, email_keys: Sequence[str]) -> dict[str, EmployeeRow]:
    """The people with some addresses, by the compared form."""
    rows = await queries.fetch(
        """
        SELECT p.id, p.email, p.email_key, p.name, p.language, p.time_zone, coalesce(e.title, '') AS title,
            coalesce(e.department, '') AS department, e.manager_id, e.phone,
            EXISTS (SELECT FROM role_grants WHERE person_id = p.id AND role = 'employee') AS is_employee,
            EXISTS (SELECT FROM role_grants WHERE person_id = p.id AND role = 'service') AS is_service,
            p.disabled_at IS NOT NULL AS is_disabled, p.email_confirmed_at IS NOT NULL AS is_confirmed,
            p.password_hash IS NOT NULL AS has_password
        FROM people p LEFT JOIN employee_profiles e ON e.person_id = p.id
        WHERE p.email_key = ANY ($1::text[])
        """,
        list(email_keys),
    )
    return {row["email_key"]: EmployeeRow(**row) for row in rows}


async def managers(queries: Queries) -> dict[UUID, UUID]:
    """Who has which manager."""
    rows = await queries.fetch("SELECT person_id, manager_id FROM employee_profiles WHERE manager_id IS NOT NULL")
    return {row["person_id"]: row["manager_id"] for row in rows}


async def add_people(queries: Queries, given: Sequence[tuple[PersonRow, str, str]]) -> int:
    """Stores new people with their folded names and compared addresses; how many, fewer when one is taken."""
    rows = await queries.fetch(
        """
        INSERT INTO people (id, name, name_key, email, email_key, language, time_zone, created_at, email_confirmed_at)
        SELECT * FROM unnest(
            $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
            $9::timestamptz[]
        )
        ON CONFLICT (email_key) DO NOTHING RETURNING id
        """,
        *tuples(
            [
                (
                    person.id,
                    person.name,
                    name_key,
                    person.email,
                    email_key,
                    person.language,
                    person.time_zone,
                    person.created_at,
                    person.email_confirmed_at,
                )
                for person, name_key, email_key in given
            ]
        ),
    )
    return len(rows)


async def add_contact_profiles(queries: Queries, given: Sequence[tuple[UUID, ContactProfile]], at: datetime) -> None:
    """Stores the default contact profiles of new people."""
    await queries.execute(
        """
        INSERT INTO contact_profiles (id, person_id, label, email, is_default, created_at)
        SELECT id, person_id, label, email, true, $5
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS given (id, person_id, label, email)
        """,
        *tuples([(profile.id, person_id, profile.label, profile.email) for person_id, profile in given]),
        at,
    )


async def change_people(queries: Queries, given: Sequence[tuple[UUID, str, str, Language, str]]) -> None:
    """Stores other names (and how they are folded), languages and time zones of locked people."""
    await queries.execute(
        """
        UPDATE people SET name = given.name, name_key = given.name_key, language = given.language,
            time_zone = given.time_zone
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])
            AS given (id, name, name_key, language, time_zone)
        WHERE people.id = given.id
        """,
        *tuples(given),
    )
