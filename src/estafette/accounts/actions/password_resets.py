"""A forgotten password: a link mailed to the person's address lets them choose another one."""

from hashlib import sha256
from typing import Final

from msgspec import structs

from estafette.accounts import passwords
from estafette.accounts.actions.changing_passwords import end_credentials, set_password
from estafette.accounts.actions.email_confirmation import confirmed
from estafette.accounts.actions.keeping import keep, locked
from estafette.accounts.actions.known_devices import bucket_of_device
from estafette.accounts.actions.links import request_link
from estafette.accounts.actions.sessions import begin
from estafette.accounts.credentials import digest
from estafette.accounts.models.credentials import Device, NewSession
from estafette.accounts.models.inputs import PasswordReset, PasswordResetRequest
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.store import links, people
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid

REQUESTS_BY_ADDRESS: Final = 30
# For each account and neighbourhood, so that nobody keeps its owner from a link; and for each account alone, a mailbox
# is not to be filled.
REQUESTS_BY_EMAIL: Final = 5
MAILS_BY_EMAIL: Final = 30
REQUEST_SECONDS: Final = 3600
# For each neighbourhood: a secret cannot be guessed, but each attempt may cost a hash.
RESETS: Final = 60
RESET_SECONDS: Final = 600
# Longer than it takes to find somebody and to commit the wish: the time of the answer must not tell who is here.
ANSWER_SECONDS: Final = 0.3


async def request_reset(database: Database, given: PasswordResetRequest, device: Device) -> None:
    """Has a link mailed if the address is somebody's, and tells nobody whether it is; raises Invalid and TooMany.

    The edge answers after ANSWER_SECONDS in either case: to wait here would keep the transaction of a key open.
    """
    with Form() as form:
        email = form.read("email", rules.email, given.email)
    key = rules.email_key(email)
    by_email = sha256(key.encode()).hexdigest()
    await limits.take(
        database, f"reset:address:{device.neighbourhood}", limit=REQUESTS_BY_ADDRESS, seconds=REQUEST_SECONDS
    )
    known = await bucket_of_device(database, device, key)
    bucket = f"reset:email:{by_email}:{known or device.neighbourhood}"
    await limits.take(database, bucket, limit=REQUESTS_BY_EMAIL, seconds=REQUEST_SECONDS)
    if known is None:
        await limits.take(database, f"reset:email:{by_email}", limit=MAILS_BY_EMAIL, seconds=REQUEST_SECONDS)
    person = await people.get_by_email(database, key)
    if person is not None and _may_have_a_password(person):
        await _request(database, person)


async def reset_password(database: Database, given: PasswordReset, device: Device) -> NewSession:
    """Sets the password, ends all that let the person in and begins a session; raises Invalid and TooMany.

    Reading the mail has also proved whose the address is.
    """
    await limits.take(database, f"reset:{device.neighbourhood}", limit=RESETS, seconds=RESET_SECONDS)
    secret_hash = digest(given.secret)
    link = await links.find(database, "password_reset", secret_hash, database.clock.now())
    with Form() as form:
        password = form.read("password", rules.password, given.password)
        if link is None:
            form.refuse("secret", "link_ended")
    if link is None:
        raise LookupError("the form refuses what has no link")
    password_hash = await passwords.hashed(password)
    async with database.transaction() as transaction:
        person = await locked(transaction, link.person_id)
        # Once more: it may have been used, or a newer one been asked for, until now.
        if await links.find(transaction, "password_reset", secret_hash, transaction.clock.now()) is None:
            raise invalid("secret", "link_ended")
        person = await _proved(transaction, person)
        await set_password(transaction, person.id, password_hash)
        await end_credentials(transaction, person.id)
        return await begin(
            transaction, structs.replace(person, password_hash=password_hash, pending_email=None), device
        )


async def _proved(transaction: Transaction, person: PersonRow) -> PersonRow:
    """A locked person whose mail was read.

    Until the first time a stranger may have had the account: what is told by SMS must not go on to his phone.
    """
    known = await confirmed(transaction, person)
    if person.email_confirmed_at is None:
        alone = structs.replace(known, phone=None)
        await keep(transaction, known, alone)
        return alone
    return known


async def _request(database: Database, person: PersonRow) -> None:
    async with database.transaction() as transaction:
        person = await locked(transaction, person.id)
        # Only the newest link holds.
        await links.end(transaction, person.id, ["password_reset"])
        await request_link(transaction, person.id, "password_reset", person.email)


def _may_have_a_password(person: PersonRow) -> bool:
    return person.disabled_at is None and "service" not in person.roles
