"""Statements that keep what the directory knows of employees."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from estafette.accounts.models.colleagues import EmployeeProfile
from estafette.accounts.models.partners import OpeningSpan
from estafette.base.database import Queries, tuples

Place = tuple[UUID, str, str, str, str, UUID | None, str | None, str]
"""A person, their title and department, each followed by its folded form, their manager and phone.

Last come the words of the phone with spaces between.
"""


async def refresh(queries: Queries, people: Sequence[UUID]) -> set[UUID]:
    """Makes the entries of people anew, or takes them away; of whom there is or was one."""
    gone = await queries.fetch(
        """
        DELETE FROM directory_entries USING unnest($1::uuid[]) AS given (id)
        WHERE person_id = given.id
            AND NOT EXISTS (SELECT FROM employees WHERE employees.person_id = directory_entries.person_id)
        RETURNING person_id
        """,
        sorted(set(people)),
    )
    there = await queries.fetch(
        """
        INSERT INTO directory_entries AS entry (person_id, name_key, department_key, words)
        SELECT p.id, p.name_key, coalesce(e.department_key, ''), coalesce(
            directory_words(VARIADIC ARRAY[p.name_key, p.email_key, e.title_key, e.department_key] || e.phone_words), ''
        )
        -- Joined with the ids: for each index scan of "= ANY" they would be sorted anew.
        FROM unnest($1::uuid[]) AS given (id)
            JOIN people p ON p.id = given.id AND p.disabled_at IS NULL
            JOIN role_grants r ON r.person_id = given.id AND r.role = 'employee'
            LEFT JOIN employee_profiles e ON e.person_id = given.id
        ON CONFLICT (person_id) DO UPDATE SET
            name_key = excluded.name_key, department_key = excluded.department_key, words = excluded.words
        RETURNING person_id
        """,
        sorted(set(people)),
    )
    return {row["person_id"] for row in (*gone, *there)}


async def profile(queries: Queries, person_id: UUID) -> EmployeeProfile:
    """What is kept of an employee beside the person; an empty one if nothing is."""
    row = await queries.fetchrow(
        "SELECT title, department, manager_id, phone, working_hours FROM employee_profiles WHERE person_id = $1",
        person_id,
    )
    if row is None:
        return EmployeeProfile()
    return EmployeeProfile(
        title=row["title"],
        department=row["department"],
        manager_id=row["manager_id"],
        phone=row["phone"],
        working_hours=tuple(msgspec.convert(row["working_hours"], list[OpeningSpan])),
    )


async def keep_profile(
    queries: Queries,
    person_id: UUID,
    kept: EmployeeProfile,
    title_key: str,
    department_key: str,
    phone_words: list[str],
) -> None:
    """Stores it."""
    await queries.execute(
        """
        INSERT INTO employee_profiles
            (person_id, title, title_key, department, department_key, manager_id, phone, phone_words, working_hours)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (person_id) DO UPDATE SET title = excluded.title, title_key = excluded.title_key,
            department = excluded.department, department_key = excluded.department_key,
            manager_id = excluded.manager_id, phone = excluded.phone, phone_words = excluded.phone_words,
            working_hours = excluded.working_hours
        """,
        person_id,
        kept.title,
        title_key,
        kept.department,
        department_key,
        kept.manager_id,
        kept.phone,
        phone_words,
        msgspec.to_builtins(kept.working_hours),
    )


async def keep_places(queries: Queries, given: Sequence[Place]) -> None:
    """Stores titles, departments, managers and phones of many; working hours stay."""
    await queries.execute(
        """
        INSERT INTO employee_profiles
            (person_id, title, title_key, department, department_key, manager_id, phone, phone_words, working_hours)
        SELECT person_id, title, title_key, department, department_key, manager_id, phone,
            string_to_array(phone_words, ' '), '[]'
        FROM unnest(
            $1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[]
        ) AS given (person_id, title, title_key, department, department_key, manager_id, phone, phone_words)
        ORDER BY person_id
        ON CONFLICT (person_id) DO UPDATE SET title = excluded.title, title_key = excluded.title_key,
            department = excluded.department, department_key = excluded.department_key,
            manager_id = excluded.manager_id, phone = excluded.phone, phone_words = excluded.phone_words
        """,
        *tuples(given),
    )


async def lock_managers(queries: Queries) -> None:
    """Until the transaction ends nobody else gets another manager."""
    await queries.execute("SELECT pg_advisory_xact_lock(hashtext('employee_profiles.manager_id'))")


async def managers_above(queries: Queries, person_id: UUID, most: int) -> list[UUID]:
    """A person, their manager, that one's manager …, at most so many."""
    rows = await queries.fetch(
        """
        WITH RECURSIVE above (id, depth) AS (
            SELECT $1::uuid, 1
            UNION ALL
            SELECT e.manager_id, depth + 1 FROM above JOIN employee_profiles e ON e.person_id = above.id
            WHERE e.manager_id IS NOT NULL AND depth < $2
        )
        SELECT id FROM above ORDER BY depth
        """,
        person_id,
        most,
    )
    return [row["id"] for row in rows]
