"""Whom a message is for and how they are reached: for other capabilities, which ask nobody for permission."""

from collections.abc import Collection, Sequence
from uuid import UUID

from estafette.accounts.models.contacts import Contact
from estafette.accounts.models.people import ContactProfile, MemberRole
from estafette.accounts.store import contact_profiles as store_of_profiles
from estafette.accounts.store import contacts as store
from estafette.accounts.store import members, partners
from estafette.base.database import Queries


async def contacts(queries: Queries, ids: Collection[UUID]) -> dict[UUID, Contact]:
    """People by id, in one statement; whoever is disabled or unknown is missing."""
    return {each.id: each for each in await store.of_people(queries, [*ids])}


async def member_ids(queries: Queries, partner_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, MemberRole]]]:
    """Who acts for each of the partners and as what, in one statement; disabled people are missing."""
    found: dict[UUID, list[tuple[UUID, MemberRole]]] = {each: [] for each in partner_ids}
    for partner_id, person_id, role in await members.of_partners(queries, [*partner_ids]):
        found[partner_id].append((person_id, role))
    return found


async def contact_profiles(queries: Queries, wanted: Sequence[tuple[UUID, UUID | None]]) -> list[ContactProfile | None]:
    """For each (person, profile) that profile, the default one when none is named; None for somebody else's."""
    return await store_of_profiles.some(queries, wanted) if wanted else []


async def partner_zones(queries: Queries, ids: Collection[UUID]) -> dict[UUID, str]:
    """The time zones of partners, in one statement; unknown ones are missing."""
    return await partners.zones(queries, [*ids])
