"""Administration of people, and finding them for others."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from msgspec import UNSET, structs

from estafette.accounts import passwords
from estafette.accounts.actions.announcing import announce_departure, announce_identity
from estafette.accounts.actions.changing_passwords import end_credentials, set_password
from estafette.accounts.actions.invitations import allow_mail, invite
from estafette.accounts.actions.keeping import keep, locked, refresh_entries
from estafette.accounts.errors import LastAdministrator
from estafette.accounts.models.inputs import PersonChanges
from estafette.accounts.models.invitations import OrganisationRole
from estafette.accounts.models.lists import People
from estafette.accounts.models.people import Person, Role, SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import lists
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import require_administrator, require_session
from estafette.accounts.store import invitations, people, role_grants
from estafette.base.database import Database, Queries, Transaction
from estafette.base.errors import NotFound
from estafette.base.languages import Language

ORGANISATION_ROLES: Final[tuple[OrganisationRole, ...]] = ("administrator", "employee")


async def list_people(
    database: Database, who: SignedIn, q: str | None, role: Role | None, cursor: str | None, limit: int
) -> People:
    """People by name; every word of `q` is part of the name or e-mail address. Raises Forbidden and Invalid."""
    require_administrator(who)
    with Form() as form:
        patterns = form.read("q", lists.patterns, q)
        after = form.read("cursor", lists.position, cursor)
    rows = await people.page(database, patterns, role, after, limit + 1)
    following = rows[limit - 1][1].cursor() if len(rows) > limit else None
    return People(items=[row.as_person() for row, _ in rows[:limit]], next=following)


async def person(database: Database, who: SignedIn, person_id: UUID) -> Person:
    """One person; raises Forbidden and NotFound."""
    require_administrator(who)
    found = await people.get(database, person_id)
    if found is None:
        raise NotFound
    return found.as_person()


async def change_person(database: Database, who: SignedIn, person_id: UUID, changes: PersonChanges) -> Person:
    """Changes what was mentioned; raises Forbidden, SessionNeeded, NotFound, Invalid and LastAdministrator.

    Another password, or disabling, ends all sessions (but the administrator's own) and tokens. Whose address nobody
    has confirmed is invited to work here or to administrate instead: a stranger may have signed up with it.
    """
    require_administrator(who)
    if any(each is not UNSET for each in (changes.email, changes.password, changes.roles)):
        require_session(who)
    present = await people.get(database, person_id)
    # Hashing takes its time, so it comes before the locks, and what is wrong is found before that.
    with Form() as form:
        form.read_change("name", rules.name, changes.name, "")
        form.read_change("email", rules.email, changes.email, "")
        form.read_change("phone", _phone_rule(present, changes), changes.phone, None)
        password = form.read_change("password", rules.password, changes.password, "")
    password_hash = await passwords.hashed(password) if password else None
    if present is not None and _to_prove(present, changes):
        await allow_mail(database, present.email)
    async with database.transaction() as transaction:
        # Before any other lock: two administrators who withdraw each other's role take turns.
        administrators = await role_grants.lock_administrators(transaction)
        old = await locked(transaction, person_id)
        new = _changed(old, changes, transaction)
        for role in ORGANISATION_ROLES if changes.roles is not UNSET else ():
            if role == "administrator" or role not in new.roles:
                await invitations.delete_of(transaction, None, role, [rules.email_key(old.email)])
        for role in _to_prove(old, changes):
            new = structs.replace(new, roles=[each for each in new.roles if each != role])
            await invite(transaction, None, old.email, role, who.person_id)
        administrates = "administrator" in new.roles and new.disabled_at is None
        if not administrates and administrators == [person_id]:
            raise LastAdministrator
        await keep(transaction, old, new)
        if set(new.roles) != set(old.roles):
            await role_grants.withdraw_all_but(transaction, person_id, new.roles)
            await role_grants.grant(transaction, person_id, new.roles, transaction.clock.now(), who.person_id)
            await refresh_entries(transaction, person_id)
        if _works_here(old) and not _works_here(new):
            await announce_departure(transaction, person_id)
        if password_hash is not None:
            await set_password(transaction, person_id, password_hash)
        if password_hash is not None or new.disabled_at is not None:
            await end_credentials(transaction, person_id, who.session_id)
        announce_identity(transaction, person_id)
        return new.as_person()


async def find_by_email(queries: Queries, email: str) -> Person | None:
    """The person with an e-mail address, however it is written."""
    key = rules.email_key(email)
    found = None if "\0" in key else await people.get_by_email(queries, key)
    return found.as_person() if found else None


async def person_language(queries: Queries, person_id: UUID) -> Language:
    """The language of a person; English for nobody."""
    return await people.language(queries, person_id) or "en"


def _works_here(person: PersonRow) -> bool:
    return "employee" in person.roles and person.disabled_at is None


def _to_prove(old: PersonRow, changes: PersonChanges) -> list[OrganisationRole]:
    """What somebody is to become whose address is neither confirmed nor now given by who asks."""
    given = changes.email is not UNSET and not rules.same_address(changes.email, old.email)
    if changes.roles is UNSET or given or old.email_confirmed_at is not None:
        return []
    return [role for role in ORGANISATION_ROLES if role in changes.roles and role not in old.roles]


def _phone_rule(old: PersonRow | None, changes: PersonChanges) -> Callable[[str | None], str | None]:
    if old is None:
        return rules.phone
    return rules.phone_in(old.language if changes.language is UNSET else changes.language, old.time_zone)


def _changed(old: PersonRow, changes: PersonChanges, transaction: Transaction) -> PersonRow:
    now = transaction.clock.now()
    roles = old.roles if changes.roles is UNSET else list(dict.fromkeys(changes.roles))
    disabled_at = old.disabled_at
    if changes.disabled is not UNSET and changes.disabled != (disabled_at is not None):
        disabled_at = now if changes.disabled else None
    with Form() as form:
        new = structs.replace(
            old,
            name=form.read_change("name", rules.name, changes.name, old.name),
            email=(email := form.read_change("email", rules.email, changes.email, old.email)),
            # Whoever gives somebody another address answers for it.
            email_confirmed_at=old.email_confirmed_at if rules.same_address(email, old.email) else now,
            phone=form.read_change("phone", _phone_rule(old, changes), changes.phone, old.phone),
            language=old.language if changes.language is UNSET else changes.language,
            roles=roles,
            disabled_at=disabled_at,
        )
        if ("service" in roles) != ("service" in old.roles):
            form.refuse("roles", "service_is_for_good")
        elif "service" in roles and changes.password is not UNSET:
            form.refuse("password", "service_has_no_password")
    return new
