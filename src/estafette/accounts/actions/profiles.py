"""One's own profile."""

from msgspec import UNSET, structs

from estafette.accounts.actions.email_changes import allow_change, begin_change
from estafette.accounts.actions.keeping import keep, locked
from estafette.accounts.models.inputs import ProfileChanges
from estafette.accounts.models.people import Me, SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.store import people
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound
from estafette.files import exchange_picture


async def me(database: Database, who: SignedIn) -> Me:
    """The person who asks, as stored now."""
    person = await people.get(database, who.person_id)
    if person is None:
        raise NotFound
    return person.as_me()


async def change_profile(database: Database, who: SignedIn, changes: ProfileChanges) -> Me:
    """Changes what was mentioned; raises Invalid with every wrong field, SessionNeeded and TooMany.

    Another address waits to be confirmed, and wants the password.
    """
    email = await allow_change(database, who, changes)
    async with database.transaction() as transaction:
        person = await _change(transaction, who, changes if email is None else structs.replace(changes, email=UNSET))
        if email is not None:
            await begin_change(transaction, person, email)
            person = structs.replace(person, pending_email=email)
        return person.as_me()


async def _change(transaction: Transaction, who: SignedIn, changes: ProfileChanges) -> PersonRow:
    old = await locked(transaction, who.person_id)
    language = old.language if changes.language is UNSET else changes.language
    with Form() as form:
        email = form.read_change("email", rules.email, changes.email, old.email)
        time_zone = form.read_change("time_zone", rules.time_zone, changes.time_zone, old.time_zone)
        new = structs.replace(
            old,
            name=form.read_change("name", rules.name, changes.name, old.name),
            # Another spelling of the same one.
            email=email if rules.same_address(email, old.email) else old.email,
            phone=form.read_change("phone", rules.phone_in(language, time_zone), changes.phone, old.phone),
            language=language,
            time_zone=time_zone,
        )
    picture = await exchange_picture(transaction, who.person_id, "picture", old.picture, changes.picture)
    new = structs.replace(new, picture=picture)
    await keep(transaction, old, new)
    return new
