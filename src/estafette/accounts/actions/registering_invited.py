"""Coming in by the link of an invitation: whoever has no password yet says a name and one, and is in.

The account may be there, without a password: an administrator added it. A mailed link proves the address; one that was
handed over does not, so a mail to confirm it follows, and one of a partner opens no account that is there.
"""

from msgspec import structs

from estafette.accounts import passwords
from estafette.accounts.actions.accepting_invitations import begin_role, find_open, lock_around, use
from estafette.accounts.actions.announcing import announce_identity
from estafette.accounts.actions.email_confirmation import confirmed
from estafette.accounts.actions.keeping import keep, locked
from estafette.accounts.actions.links import request_link
from estafette.accounts.actions.registration import register
from estafette.accounts.actions.sessions import begin
from estafette.accounts.models.credentials import Device, NewSession
from estafette.accounts.models.inputs import InvitedRegistration
from estafette.accounts.models.invitations import OpenInvitation
from estafette.accounts.models.people import Role
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.store import people
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid
from estafette.base.ids import new_id
from estafette.base.languages import Language


async def register_invited(
    database: Database, given: InvitedRegistration, device: Device, language: Language = "en"
) -> NewSession:
    """The session of somebody who follows an invitation without having a password; raises Invalid and TooMany."""
    found = await find_open(database, given.secret, device)
    with Form() as form:
        name = form.read("name", rules.name, given.name)
        password = form.read("password", rules.password, given.password)
        if found.has_account:
            form.refuse("email", "email_taken")
    password_hash = await passwords.hashed(password)
    async with database.transaction() as transaction:
        await lock_around(transaction, found)
        person = await _person(transaction, found, structs.replace(given, name=name), password_hash, language)
        await use(transaction, found, given.secret)
        if found.was_mailed:
            await confirmed(transaction, person)
        elif person.email_confirmed_at is None:
            await request_link(transaction, person.id, "email_confirmation", person.email)
        await begin_role(transaction, found, person.id)
        present = await people.get(transaction, person.id)
        if present is None:
            raise NotFound
        return await begin(transaction, present, device)


async def _person(
    transaction: Transaction,
    found: OpenInvitation,
    given: InvitedRegistration,
    password_hash: str,
    language: Language,
) -> PersonRow:
    """The account that was waiting, or a new one."""
    waiting = await people.get_by_email(transaction, found.email_key)
    if waiting is None:
        return await register(transaction, _newcomer(transaction, found, given, password_hash, language))
    old = await locked(transaction, waiting.id)
    if found.partner_id is not None and not found.was_mailed:
        # Whoever owns a partner can copy such a link, and would come in as somebody who waits for a password.
        raise invalid("email", "email_taken")
    if old.password_hash is not None or old.disabled_at is not None or "service" in old.roles:
        raise invalid("email", "email_taken")
    new = structs.replace(
        old,
        name=given.name,
        language=given.language or language,
        time_zone=old.time_zone if given.time_zone is None else rules.known_time_zone(given.time_zone),
    )
    await keep(transaction, old, new)
    # No letter about another password: there was none.
    await people.update_password(transaction, old.id, password_hash)
    announce_identity(transaction, old.id)
    return structs.replace(new, password_hash=password_hash)


def _newcomer(
    transaction: Transaction,
    found: OpenInvitation,
    given: InvitedRegistration,
    password_hash: str,
    language: Language,
) -> PersonRow:
    role: Role = "employee" if found.role == "employee" else "customer"
    return PersonRow(
        id=new_id(),
        name=given.name,
        email=found.email,
        email_confirmed_at=None,
        phone=None,
        language=given.language or language,
        time_zone=rules.known_time_zone(given.time_zone),
        picture=None,
        password_hash=password_hash,
        created_at=transaction.clock.now(),
        last_seen_at=None,
        disabled_at=None,
        roles=[role],
        partners=[],
    )
