"""Statements by which employees are found as colleagues."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from estafette.accounts.models.colleagues import Colleague, Department
from estafette.accounts.models.lists import ListCursor
from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.models.people import Card
from estafette.base.database import Queries

Found = tuple[Colleague, ListCursor]
"""Somebody who is listed, and their place in the list."""


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


async def former_named(queries: Queries, names: Sequence[str], limit: int) -> list[UUID]:
    """Who was an employee until they were deactivated, and has a name with words that begin with all `names`."""
    rows = await queries.fetch(
        """
        SELECT p.id FROM people p
        WHERE p.disabled_at IS NOT NULL
            AND EXISTS (SELECT FROM role_grants WHERE person_id = p.id AND role = 'employee')
            AND NOT EXISTS (
                SELECT FROM unnest($1::text[]) AS word WHERE position(' ' || word IN ' ' || p.name_key) = 0
            )
        ORDER BY p.name_key, p.id LIMIT $2
        """,
        names,
        limit,
    )
    return [row["id"] for row in rows]


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
