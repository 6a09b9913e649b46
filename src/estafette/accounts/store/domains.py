"""Statements about the domains of employees."""

from datetime import datetime
from uuid import UUID

from estafette.accounts.models.domains import EmployeeDomain
from estafette.base.database import Queries


async def all_(queries: Queries) -> list[EmployeeDomain]:
    """The domains by name, each with how many could join."""
    rows = await queries.fetch(
        """
        WITH outside AS (
            SELECT split_part(email_key, '@', 2) AS host, count(*) AS people FROM people
            WHERE email_confirmed_at IS NOT NULL AND disabled_at IS NULL AND NOT EXISTS (
                SELECT FROM role_grants WHERE person_id = people.id AND role IN ('employee', 'service')
            )
            GROUP BY 1
        )
        SELECT d.domain, d.name, d.added_at, coalesce(
            (SELECT sum(people) FROM outside WHERE host IN (d.domain, d.name)), 0
        )::integer AS could_join
        FROM employee_domains d ORDER BY d.name
        """
    )
    return [EmployeeDomain(**row) for row in rows]


async def lock(queries: Queries) -> int:
    """Until the transaction ends nobody else adds one; how many there are."""
    await queries.execute("SELECT pg_advisory_xact_lock(hashtext('employee_domains'))")
    return await queries.fetchval("SELECT count(*) FROM employee_domains")


async def add(queries: Queries, domain: str, name: str, at: datetime, by: UUID) -> bool:
    """Adds a domain; false when it is there."""
    return bool(
        await queries.fetchval(
            """
            INSERT INTO employee_domains (domain, name, added_at, added_by) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING RETURNING true
            """,
            domain,
            name,
            at,
            by,
        )
    )


async def remove(queries: Queries, domain: str) -> bool:
    """Removes a domain; whether there was one."""
    return bool(await queries.fetchval("DELETE FROM employee_domains WHERE domain = $1 RETURNING true", domain))


async def there(queries: Queries, domain: str) -> bool:
    """Whether addresses of a domain are those of employees."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM employee_domains WHERE domain = $1)", domain)


async def lock_outside(queries: Queries, domain: str, limit: int) -> list[UUID]:
    """Who has proved an address of a domain and is no employee, locked in one order; none of an unknown domain."""
    rows = await queries.fetch(
        """
        SELECT people.id FROM people JOIN employee_domains d ON d.domain = $1
            AND split_part(people.email_key, '@', 2) IN (d.domain, d.name)
        WHERE people.email_confirmed_at IS NOT NULL AND people.disabled_at IS NULL AND NOT EXISTS (
            SELECT FROM role_grants WHERE person_id = people.id AND role IN ('employee', 'service')
        )
        ORDER BY people.id LIMIT $2 FOR NO KEY UPDATE OF people
        """,
        domain,
        limit,
    )
    return [row["id"] for row in rows]
