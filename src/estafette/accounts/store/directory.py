"""Statements about employees as colleagues, and the directory in which they are found."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from estafette.accounts.models.colleagues import Colleague, Department, EmployeeProfile
from estafette.accounts.models.lists import ListCursor
from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.models.people import Card
from estafette.base.database import Queries, tuples

Found = tuple[Colleague, ListCursor]
"""Somebody who is listed, and their place in the list."""


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


async def by_beginning(
    queries: Queries, beginning: str, department: str | None, after: ListCursor | None, limit: int
) -> list[Found]:
    """Whose folded name has a beginning, by name; an empty one: everybody."""
    rows = await queries.fetch(
        """
        SELECT entry.*, shown.* FROM (
            SELECT person_id, name_key FROM directory_entries
            WHERE name_key >= $1 AND name_key < $1 || U&'\\+10FFFF'
                AND ($2::text IS NULL OR department_key = $2)
                AND ($3::text IS NULL OR (name_key, person_id) > ($3, $4::uuid))
            ORDER BY name_key, person_id LIMIT $5
        ) entry JOIN colleagues shown ON shown.id = entry.person_id
        ORDER BY entry.name_key, entry.person_id
        """,
        beginning,
        department,
        *_position(after),
        limit,
    )
    return [_found(row) for row in rows]


async def by_words(
    queries: Queries, words: str, but: str, department: str | None, after: ListCursor | None, limit: int
) -> list[Found]:
    """Who has all words of a tsquery, by name, without those whose name has the beginning `but`.

    By the index of words always: left to itself PostgreSQL reads all names in their order as soon as it does not know
    the words, which took 130 ms among 100,000 for a rare surname, and 2 this way (`bench/directory.py`).
    """
    rows = await queries.fetch(
        """
        WITH found AS MATERIALIZED (
            SELECT person_id, name_key, department_key FROM directory_entries WHERE words @@ $1::tsquery
        )
        SELECT entry.*, shown.* FROM (
            SELECT person_id, name_key FROM found
            WHERE NOT starts_with(name_key, $2)
                AND ($3::text IS NULL OR department_key = $3)
                AND ($4::text IS NULL OR (name_key, person_id) > ($4, $5::uuid))
            ORDER BY name_key, person_id LIMIT $6
        ) entry JOIN colleagues shown ON shown.id = entry.person_id
        ORDER BY entry.name_key, entry.person_id
        """,
        words,
        but,
        department,
        *_position(after),
        limit,
    )
    return [_found(row) for row in rows]


async def get(queries: Queries, person_id: UUID) -> Colleague | None:
    """Somebody of the directory."""
    row = await queries.fetchrow(
        "SELECT * FROM colleagues WHERE id = $1 AND EXISTS (SELECT FROM directory_entries WHERE person_id = $1)",
        person_id,
    )
    return colleague_of(row) if row else None


async def former(queries: Queries, person_id: UUID) -> Colleague | None:
    """Somebody who was an employee until they were deactivated."""
    row = await queries.fetchrow(
        """
        SELECT * FROM colleagues
        WHERE id = $1 AND deactivated_at IS NOT NULL
            AND EXISTS (SELECT FROM role_grants WHERE person_id = $1 AND role = 'employee')
        """,
        person_id,
    )
    return colleague_of(row) if row else None


async def reports(queries: Queries, manager_id: UUID, after: ListCursor | None, limit: int) -> list[Found]:
    """Whose manager somebody is, by name."""
    rows = await queries.fetch(
        """
        SELECT entry.name_key, shown.*
        FROM employee_profiles e JOIN directory_entries entry ON entry.person_id = e.person_id
            JOIN colleagues shown ON shown.id = e.person_id
        WHERE e.manager_id = $1 AND ($2::text IS NULL OR (entry.name_key, entry.person_id) > ($2, $3::uuid))
        ORDER BY entry.name_key, entry.person_id LIMIT $4
        """,
        manager_id,
        *_position(after),
        limit,
    )
    return [_found(row) for row in rows]


async def departments(queries: Queries) -> list[Department]:
    """All departments by name, each in the spelling that most of its people have."""
    rows = await queries.fetch(
        """
        SELECT mode() WITHIN GROUP (ORDER BY coalesce(e.department, '')) AS name, count(*) AS people
        FROM directory_entries entry LEFT JOIN employee_profiles e ON e.person_id = entry.person_id
        GROUP BY entry.department_key ORDER BY entry.department_key
        """
    )
    return [Department(name=row["name"], people=row["people"]) for row in rows]


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


def _position(after: ListCursor | None) -> tuple[str | None, UUID | None]:
    return (after.key, after.id) if after else (None, None)


def _found(row: Any) -> Found:
    return colleague_of(row), ListCursor(row["name_key"], row["id"])


def colleague_of(row: Any) -> Colleague:
    """A row of the view `colleagues`."""
    manager = row["manager_id"] and Card(id=row["manager_id"], name=row["manager_name"], picture=row["manager_picture"])
    return Colleague(
        id=row["id"],
        name=row["name"],
        picture=row["picture"],
        email=row["email"],
        title=row["title"],
        department=row["department"],
        manager=manager or None,
        phone=row["phone"],
        working_hours=msgspec.convert(row["working_hours"], list[OpeningSpan]),
        time_zone=row["time_zone"],
        deactivated_at=row["deactivated_at"],
    )
