"""How people come in: by signing up, by the setup code, or because somebody adds them."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from estafette.accounts import passwords
from estafette.accounts.actions.keeping import refresh_entries
from estafette.accounts.models.inputs import NewPerson
from estafette.accounts.models.people import ContactProfile, Person, Role, SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import require_administrator, require_session
from estafette.accounts.rules.words import folded
from estafette.accounts.store import contact_profiles, people, role_grants
from estafette.accounts.texts import DEFAULT_PROFILE
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.base.languages import Language


async def add_person(
    database: Database,
    email: str,
    name: str,
    roles: Sequence[str] = ("customer",),
    password: str | None = None,
    *,
    language: Language = "en",
    time_zone: str = "UTC",
    phone: str | None = None,
    by: UUID | None = None,
) -> Person:
    """Adds somebody without asking who asks; raises Invalid. Without a password only tokens let him in."""
    with Form() as form:
        name = form.read("name", rules.name, name)
        email = form.read("email", rules.email, email)
        time_zone = form.read("time_zone", rules.time_zone, time_zone)
        phone = form.read("phone", rules.phone_in(language, time_zone), phone)
        if password is not None:
            password = form.read("password", rules.password, password)
            if "service" in roles:
                form.refuse("password", "service_has_no_password")
    password_hash = None if password is None else await passwords.hashed(password)
    async with database.transaction() as transaction:
        row = PersonRow(
            id=new_id(),
            name=name,
            email=email,
            # Whoever adds somebody answers for the address.
            email_confirmed_at=transaction.clock.now(),
            phone=phone,
            language=language,
            time_zone=time_zone,
            picture=None,
            password_hash=password_hash,
            created_at=transaction.clock.now(),
            last_seen_at=None,
            disabled_at=None,
            roles=list(cast("Sequence[Role]", dict.fromkeys(roles))),
            partners=[],
        )
        return (await register(transaction, row, by)).as_person()


async def create_person(database: Database, who: SignedIn, given: NewPerson) -> Person:
    """An administrator adds somebody; raises Forbidden, SessionNeeded and Invalid."""
    require_administrator(who)
    if "administrator" in given.roles:
        require_session(who)
    return await add_person(
        database,
        given.email,
        given.name,
        given.roles,
        given.password,
        language=given.language,
        time_zone=who.time_zone,
        phone=given.phone,
        by=who.person_id,
    )


async def register(transaction: Transaction, person: PersonRow, by: UUID | None = None) -> PersonRow:
    """Stores a person with roles and the default contact profile; raises Invalid for an address that is taken."""
    if not await people.insert(transaction, person, folded(person.name), rules.email_key(person.email)):
        raise invalid("email", "email_taken")
    await role_grants.grant(transaction, person.id, person.roles, person.created_at, by)
    profile = ContactProfile(
        id=new_id(),
        label=DEFAULT_PROFILE.say(person.language),
        email=person.email,
        phone=person.phone,
        is_default=True,
    )
    await contact_profiles.insert(transaction, person.id, profile, person.created_at)
    await refresh_entries(transaction, person.id)
    return person
