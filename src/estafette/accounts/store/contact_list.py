"""Statements about the contact lists of employees."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.contact_list import ContactPlace, ListedContact
from estafette.accounts.store.directory import colleague_of
from estafette.base.database import Queries, tuples


async def contacts(queries: Queries, owner_id: UUID) -> list[ListedContact]:
    """The contacts of a person who are in the directory now: the favourites in their order, then the others."""
    rows = await queries.fetch(
        """
        SELECT shown.*, c.favourite_since IS NOT NULL AS is_favourite
        FROM contact_list_entries c
        JOIN directory_entries USING (person_id)
        JOIN colleagues shown ON shown.id = c.person_id
        WHERE c.owner_id = $1
        ORDER BY is_favourite DESC, c.position, c.person_id
        """,
        owner_id,
    )
    return [ListedContact(person=colleague_of(row), is_favourite=row["is_favourite"]) for row in rows]


async def places(queries: Queries, owner_id: UUID) -> list[ContactPlace]:
    """The same without what is shown of them."""
    rows = await queries.fetch(
        """
        SELECT c.person_id, c.favourite_since IS NOT NULL AS is_favourite
        FROM contact_list_entries c JOIN directory_entries USING (person_id)
        WHERE c.owner_id = $1
        ORDER BY is_favourite DESC, c.position, c.person_id
        """,
        owner_id,
    )
    return [ContactPlace(person_id=row["person_id"], is_favourite=row["is_favourite"]) for row in rows]


async def keep(queries: Queries, owner_id: UUID, contacts: Sequence[ContactPlace], now: datetime) -> None:
    """Stores a list in its order; who is not in the directory now stays where they were."""
    await queries.execute(
        """
        INSERT INTO contact_list_entries AS kept (owner_id, person_id, position, favourite_since, added_at)
        SELECT $1, person_id, position, CASE WHEN is_favourite THEN $4::timestamptz END, $4
        FROM unnest($2::uuid[], $3::boolean[]) WITH ORDINALITY AS given (person_id, is_favourite, position)
        ON CONFLICT (owner_id, person_id) DO UPDATE SET
            position = excluded.position,
            favourite_since = CASE WHEN excluded.favourite_since IS NOT NULL
                THEN coalesce(kept.favourite_since, excluded.favourite_since) END
        WHERE kept.position <> excluded.position
            OR (kept.favourite_since IS NULL) <> (excluded.favourite_since IS NULL)
        """,
        owner_id,
        *tuples([(each.person_id, each.is_favourite) for each in contacts]),
        now,
    )


async def remove(queries: Queries, owner_id: UUID, person_id: UUID) -> bool:
    """Takes a contact off a list; whether it was on it."""
    return bool(
        await queries.fetchval(
            "DELETE FROM contact_list_entries WHERE owner_id = $1 AND person_id = $2 RETURNING true",
            owner_id,
            person_id,
        )
    )
