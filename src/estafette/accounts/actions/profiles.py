"""One's own profile."""

from typing import Final
from uuid import UUID

from asyncpg import UniqueViolationError
from msgspec import UNSET, structs

from estafette.accounts.actions.announcing import announce_profile
from estafette.accounts.actions.links import request_link
from estafette.accounts.models.inputs import ProfileChanges
from estafette.accounts.models.people import Me, SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.words import folded
from estafette.accounts.store import contact_profiles, links, people
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid
from estafette.files import exchange_picture

# For each person: a mail goes to each new address.
ADDRESSES: Final = 10
ADDRESS_SECONDS: Final = 3600


async def me(database: Database, who: SignedIn) -> Me:
    """The person who asks, as stored now."""
    person = await people.get(database, who.person_id)
    if person is None:
        raise NotFound
    return person.as_me()


async def change_profile(database: Database, who: SignedIn, changes: ProfileChanges) -> Me:
    """Changes what was mentioned; raises Invalid with every wrong field, and TooMany.

    Another address has to be confirmed anew.
    """
    if changes.email is not UNSET and not rules.same_address(changes.email, who.email):
        await limits.take(database, f"address:{who.person_id}", limit=ADDRESSES, seconds=ADDRESS_SECONDS)
    async with database.transaction() as transaction:
        old = await locked(transaction, who.person_id)
        with Form() as form:
            new = structs.replace(
                old,
                name=form.read_change("name", rules.name, changes.name, old.name),
                email=(email := form.read_change("email", rules.email, changes.email, old.email)),
                email_confirmed_at=old.email_confirmed_at if rules.same_address(email, old.email) else None,
                phone=form.read_change("phone", rules.phone, changes.phone, old.phone),
                language=old.language if changes.language is UNSET else changes.language,
                time_zone=form.read_change("time_zone", rules.time_zone, changes.time_zone, old.time_zone),
            )
        picture = await exchange_picture(transaction, who.person_id, "picture", old.picture, changes.picture)
        new = structs.replace(new, picture=picture)
        await keep(transaction, old, new)
        return new.as_me()


async def locked(transaction: Transaction, person_id: UUID) -> PersonRow:
    """A person about to be changed; raises NotFound."""
    # Two statements: the second one sees what was committed while the first one waited.
    person = await people.get(transaction, person_id) if await people.lock(transaction, person_id) else None
    if person is None:
        raise NotFound
    return person


async def keep(transaction: Transaction, old: PersonRow, new: PersonRow) -> None:
    """Stores a person who changed, and lets the default contact profile follow; raises Invalid for a taken address."""
    if new == old:
        return
    try:
        await people.update(transaction, new, folded(new.name), rules.email_key(new.email))
    except UniqueViolationError as error:
        raise invalid("email", "email_taken") from error
    if not rules.same_address(new.email, old.email):
        await _move(transaction, old, new)
    await contact_profiles.follow(transaction, new.id, (old.email, old.phone), (new.email, new.phone))
    await announce_profile(transaction, new.id)


async def _move(transaction: Transaction, old: PersonRow, new: PersonRow) -> None:
    """What links to the old address proved is over; who reads its mail is told, unless nobody ever proved to."""
    await links.end(transaction, new.id, ["password_reset", "email_confirmation"])
    if old.email_confirmed_at is not None:
        await request_link(transaction, new.id, "email_changed", old.email)
    if new.email_confirmed_at is None:
        await request_link(transaction, new.id, "email_confirmation", new.email)
