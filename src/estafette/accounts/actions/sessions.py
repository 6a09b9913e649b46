"""Sessions: one begins with e-mail address and password, and ends by itself, by sign-out or by its owner's wish."""

from hashlib import sha256
from typing import Final
from uuid import UUID

from msgspec import structs

from estafette.accounts import passwords
from estafette.accounts.actions.announcing import announce_identity
from estafette.accounts.actions.identity import SESSION
from estafette.accounts.actions.known_devices import bucket_of_device, remember_device
from estafette.accounts.credentials import digest, new_session_token
from estafette.accounts.errors import WrongCredentials
from estafette.accounts.models.credentials import Device, NewSession, Session
from estafette.accounts.models.inputs import SignIn
from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.permissions import require_session
from estafette.accounts.store import people
from estafette.accounts.store import sessions as store
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound
from estafette.base.ids import new_id

# For each neighbourhood. Attempts that succeed count too: each costs a hash.
SIGN_INS_BY_ADDRESS: Final = 120
# Wrong ones, for each account and neighbourhood, and for each device from which the person signed in before.
WRONG_ONES: Final = 30
SIGN_IN_SECONDS: Final = 300


async def sign_in(database: Database, given: SignIn, device: Device) -> NewSession:
    """A new session; raises WrongCredentials, the same and as late for an unknown address, and TooMany.

    However many wrong passwords come from elsewhere, the right one lets its owner in.
    """
    person = await recognise(database, given, device)
    async with database.transaction() as transaction:
        return await begin(transaction, person, device)


async def recognise(database: Database, given: SignIn, device: Device) -> PersonRow:
    """Whose address and password these are, each attempt counted; raises WrongCredentials and TooMany."""
    key = rules.email_key(given.email[: rules.EMAIL_CHARACTERS + 1])
    by_email = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    wrong_ones = f"sign-in:{by_email}:{await _counted(database, device, key)}"
    await limits.take(database, wrong_ones, limit=WRONG_ONES, seconds=SIGN_IN_SECONDS)
    person = None if "\0" in key else await people.get_by_email(database, key)
    fits = await passwords.fits(rules.password_as_typed(given.password), person.password_hash if person else None)
    if person is None or not fits or person.disabled_at is not None:
        raise WrongCredentials
    await limits.give_back(database, wrong_ones)
    return person


async def _counted(database: Database, device: Device, email_key: str) -> str:
    known = await bucket_of_device(database, device, email_key)
    if known is not None:
        return known
    bucket = f"sign-in:address:{device.neighbourhood}"
    await limits.take(database, bucket, limit=SIGN_INS_BY_ADDRESS, seconds=SIGN_IN_SECONDS)
    return device.neighbourhood


async def begin(transaction: Transaction, person: PersonRow, device: Device) -> NewSession:
    """Begins a session of a person whose password has been checked; raises WrongCredentials when it changed since."""
    token = new_session_token()
    now = transaction.clock.now()
    agent = device.user_agent[: rules.USER_AGENT_CHARACTERS].replace("\0", "") if device.user_agent else None
    known = structs.replace(device, user_agent=agent)
    if not await store.insert(transaction, new_id(), person, digest(token), now, now + SESSION, known):
        raise WrongCredentials
    return NewSession(token=token, device=await remember_device(transaction, person.id, device), me=person.as_me())


async def list_sessions(database: Database, who: SignedIn) -> list[Session]:
    """One's own sessions that have not ended, the one last seen first."""
    return await store.of_person(database, who.person_id, who.session_id, database.clock.now())


async def sign_out(database: Database, who: SignedIn) -> None:
    """Ends the session of this request; whoever came with a token has none, which raises NotFound."""
    if who.session_id is None:
        raise NotFound
    await end_session(database, who, who.session_id)


async def end_session(database: Database, who: SignedIn, session_id: UUID) -> None:
    """Ends one of one's own sessions; raises NotFound and SessionNeeded."""
    require_session(who)
    async with database.transaction() as transaction:
        if not await store.delete(transaction, who.person_id, session_id):
            raise NotFound
        announce_identity(transaction, who.person_id, session_id)


async def end_other_sessions(database: Database, who: SignedIn) -> None:
    """Ends all of one's own sessions but the one of this request; raises SessionNeeded."""
    require_session(who)
    async with database.transaction() as transaction:
        # Two sessions that end each other take turns.
        await people.lock(transaction, who.person_id)
        for ended in await store.delete_others(transaction, who.person_id, who.session_id):
            announce_identity(transaction, who.person_id, ended)


async def forget_ended_sessions(database: Database) -> None:
    """Removes what is left of sessions whose time is over."""
    await store.delete_ended(database, database.clock.now())
