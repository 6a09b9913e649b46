"""Contact profiles: the ways in which a person wishes to be reached, one of them by default."""

from typing import Final
from uuid import UUID

from msgspec import UNSET, structs

from estafette.accounts.actions.announcing import announce_profile
from estafette.accounts.actions.keeping import locked
from estafette.accounts.errors import DefaultProfileStays
from estafette.accounts.models.inputs import ContactProfileChanges, NewContactProfile
from estafette.accounts.models.people import ContactProfile, SignedIn
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.store import contact_profiles as store
from estafette.base.database import Database
from estafette.base.errors import NotFound, invalid
from estafette.base.ids import new_id

PROFILES: Final = 20


async def list_contact_profiles(database: Database, who: SignedIn) -> list[ContactProfile]:
    """One's own profiles, the default one first."""
    return await store.of_person(database, who.person_id)


async def add_contact_profile(database: Database, who: SignedIn, given: NewContactProfile) -> ContactProfile:
    """Adds a profile, as the new default one when that is wished; raises Invalid."""
    with Form() as form:
        profile = ContactProfile(
            id=new_id(),
            label=form.read("label", rules.label, given.label),
            email=form.read("email", rules.optional_email, given.email),
            phone=form.read("phone", rules.phone_in(who.language, who.time_zone), given.phone),
            is_default=given.is_default,
        )
    async with database.transaction() as transaction:
        await locked(transaction, who.person_id)
        if len(await store.of_person(transaction, who.person_id)) >= PROFILES:
            raise invalid("label", "too_many", max=PROFILES)
        if profile.is_default:
            await store.withdraw_default(transaction, who.person_id)
        await store.insert(transaction, who.person_id, profile, transaction.clock.now())
        await announce_profile(transaction, who.person_id)
    return profile


async def change_contact_profile(
    database: Database, who: SignedIn, profile_id: UUID, changes: ContactProfileChanges
) -> ContactProfile:
    """Changes what was mentioned; raises NotFound and Invalid."""
    async with database.transaction() as transaction:
        # The person first: two profiles that become the default at the same time take turns.
        await locked(transaction, who.person_id)
        old = await store.lock_one(transaction, who.person_id, profile_id)
        if old is None:
            raise NotFound
        with Form() as form:
            new = structs.replace(
                old,
                label=form.read_change("label", rules.label, changes.label, old.label),
                email=form.read_change("email", rules.optional_email, changes.email, old.email),
                phone=form.read_change("phone", rules.phone_in(who.language, who.time_zone), changes.phone, old.phone),
                is_default=old.is_default if changes.is_default is UNSET else changes.is_default,
            )
            if old.is_default and not new.is_default:
                form.refuse("is_default", "one_default_stays")
        if new.is_default and not old.is_default:
            await store.withdraw_default(transaction, who.person_id)
            await store.make_default(transaction, profile_id)
        await store.update(transaction, new)
        await announce_profile(transaction, who.person_id)
    return new


async def delete_contact_profile(database: Database, who: SignedIn, profile_id: UUID) -> None:
    """Removes a profile; raises NotFound, and DefaultProfileStays for the default one."""
    async with database.transaction() as transaction:
        await locked(transaction, who.person_id)
        profile = await store.lock_one(transaction, who.person_id, profile_id)
        if profile is None:
            raise NotFound
        if profile.is_default:
            raise DefaultProfileStays
        await store.delete(transaction, profile_id)
        await announce_profile(transaction, who.person_id)
