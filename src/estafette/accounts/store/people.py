"""Statements about people."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.accounts.models.lists import ListCursor
from estafette.accounts.models.people import Membership, Role
from estafette.accounts.models.rows import PersonRow
from estafette.base.database import Queries
from estafette.base.languages import Language


async def insert(queries: Queries, person: PersonRow, name_key: str, email_key: str) -> bool:
    """Stores a person; false when the e-mail address is taken."""
    return bool(
        await queries.fetchval(
            """
            INSERT INTO people
                (id, name, name_key, email, email_key, phone, language, time_zone, password_hash, created_at,
                 email_confirmed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (email_key) DO NOTHING RETURNING true
            """,
            person.id,
            person.name,
            name_key,
            person.email,
            email_key,
            person.phone,
            person.language,
            person.time_zone,
            person.password_hash,
            person.created_at,
            person.email_confirmed_at,
        )
    )


async def get(queries: Queries, id_: UUID) -> PersonRow | None:
    """A person by id."""
    row = await queries.fetchrow(
        """
        SELECT id, name, email, email_confirmed_at, phone, language, time_zone, picture, password_hash, created_at,
            last_seen_at, disabled_at,
            ARRAY(SELECT role FROM role_grants WHERE person_id = people.id ORDER BY granted_at, role) AS roles,
            (SELECT jsonb_agg(jsonb_build_object('id', partners.id, 'name', partners.name,
                'picture', partners.picture, 'role', partner_members.role) ORDER BY partners.name_key, partners.id)
             FROM partner_members JOIN partners ON partners.id = partner_members.partner_id
             WHERE partner_members.person_id = people.id) AS partners,
            (SELECT mailed_links.email FROM mailed_links WHERE mailed_links.person_id = people.id
                AND purpose = 'email_change' AND used_at IS NULL AND expires_at > now()
             ORDER BY created_at DESC LIMIT 1) AS pending_email
        FROM people WHERE id = $1
        """,
        id_,
    )
    return _person(row) if row else None


async def get_by_email(queries: Queries, email_key: str) -> PersonRow | None:
    """A person by the compared form of an e-mail address."""
    row = await queries.fetchrow(
        """
        SELECT id, name, email, email_confirmed_at, phone, language, time_zone, picture, password_hash, created_at,
            last_seen_at, disabled_at,
            ARRAY(SELECT role FROM role_grants WHERE person_id = people.id ORDER BY granted_at, role) AS roles,
            (SELECT jsonb_agg(jsonb_build_object('id', partners.id, 'name', partners.name,
                'picture', partners.picture, 'role', partner_members.role) ORDER BY partners.name_key, partners.id)
             FROM partner_members JOIN partners ON partners.id = partner_members.partner_id
             WHERE partner_members.person_id = people.id) AS partners,
            (SELECT mailed_links.email FROM mailed_links WHERE mailed_links.person_id = people.id
                AND purpose = 'email_change' AND used_at IS NULL AND expires_at > now()
             ORDER BY created_at DESC LIMIT 1) AS pending_email
        FROM people WHERE email_key = $1
        """,
        email_key,
    )
    return _person(row) if row else None


async def page(
    queries: Queries, patterns: list[str], role: Role | None, after: ListCursor | None, limit: int
) -> list[tuple[PersonRow, ListCursor]]:
    """People by name, with the place of each in the list; every pattern must match the name or the address."""
    rows = await queries.fetch(
        """
        SELECT id, name, email, email_confirmed_at, phone, language, time_zone, picture,
            NULL::text AS password_hash, NULL::text AS pending_email, created_at, last_seen_at, disabled_at, name_key,
            ARRAY(SELECT role FROM role_grants WHERE person_id = people.id ORDER BY granted_at, role) AS roles,
            (SELECT jsonb_agg(jsonb_build_object('id', partners.id, 'name', partners.name,
                'picture', partners.picture, 'role', partner_members.role) ORDER BY partners.name_key, partners.id)
             FROM partner_members JOIN partners ON partners.id = partner_members.partner_id
             WHERE partner_members.person_id = people.id) AS partners
        FROM people
        WHERE (name_key || ' ' || email_key) LIKE ALL ($1::text[])
            AND ($2::text IS NULL
                OR EXISTS (SELECT FROM role_grants WHERE person_id = people.id AND role_grants.role = $2))
            AND ($3::text IS NULL OR (name_key, id) > ($3, $4::uuid))
        ORDER BY name_key, id LIMIT $5
        """,
        patterns,
        role,
        after.key if after else None,
        after.id if after else None,
        limit,
    )
    return [(_person(row), ListCursor(row["name_key"], row["id"])) for row in rows]


async def lock(queries: Queries, id_: UUID) -> bool:
    """Makes others who change this person wait; false when there is none."""
    return bool(await queries.fetchval("SELECT true FROM people WHERE id = $1 FOR NO KEY UPDATE", id_))


async def update(queries: Queries, person: PersonRow, name_key: str, email_key: str) -> None:
    """Stores all of a person that changes, the password aside; raises asyncpg's UniqueViolationError."""
    await queries.execute(
        """
        UPDATE people SET name = $2, name_key = $3, email = $4, email_key = $5, phone = $6, language = $7,
            time_zone = $8, picture = $9, disabled_at = $10, email_confirmed_at = $11
        WHERE id = $1
        """,
        person.id,
        person.name,
        name_key,
        person.email,
        email_key,
        person.phone,
        person.language,
        person.time_zone,
        person.picture,
        person.disabled_at,
        person.email_confirmed_at,
    )


async def update_password(queries: Queries, id_: UUID, password_hash: str | None) -> None:
    """Stores another password, or none."""
    await queries.execute("UPDATE people SET password_hash = $2 WHERE id = $1", id_, password_hash)


async def touch(queries: Queries, id_: UUID, now: datetime) -> None:
    """Notes when a person was last seen."""
    await queries.execute("UPDATE people SET last_seen_at = $2 WHERE id = $1", id_, now)


async def language(queries: Queries, id_: UUID) -> Language | None:
    """The language of a person."""
    return await queries.fetchval("SELECT language FROM people WHERE id = $1", id_)


async def shows_picture(queries: Queries, file_id: UUID) -> bool:
    """Whether a file is somebody's picture."""
    return await queries.fetchval("SELECT EXISTS (SELECT FROM people WHERE picture = $1)", file_id)


def _person(row: Any) -> PersonRow:
    values = {name: row[name] for name in PersonRow.__struct_fields__ if name != "partners"}
    return PersonRow(**values, partners=msgspec.convert(row["partners"] or [], list[Membership]))
