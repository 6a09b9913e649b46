"""Another password, and what the old one had given: sessions and tokens end with it unless their owner keeps them."""

from typing import Final
from uuid import UUID

from estafette.accounts import passwords
from estafette.accounts.actions.announcing import announce_identity, announce_password
from estafette.accounts.models.inputs import PasswordChange
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import require_session
from estafette.accounts.store import known_devices, links, people, sessions, tokens
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid

# For each person: whoever found a session open must not find the password out with it.
ATTEMPTS: Final = 10
SECONDS: Final = 600


async def change_password(database: Database, who: SignedIn, given: PasswordChange) -> None:
    """Sets one's own password, and ends the other sessions and the tokens if so wished; raises Invalid and TooMany."""
    require_session(who)
    await count_attempt(database, who.person_id)
    with Form() as form:
        new = form.read("new", rules.password, given.new)
    person = await people.get(database, who.person_id)
    if person is None:
        raise NotFound
    if not await passwords.fits(rules.password_as_typed(given.current), person.password_hash):
        raise invalid("current", "wrong_password")
    password_hash = await passwords.hashed(new)
    async with database.transaction() as transaction:
        await people.lock(transaction, who.person_id)
        await set_password(transaction, who.person_id, password_hash)
        if given.end_sessions:
            await end_sessions(transaction, who.person_id, who.session_id)
        if given.end_tokens:
            await tokens.delete_all(transaction, who.person_id)


async def count_attempt(database: Database, person_id: UUID) -> None:
    """Counts one time that somebody who is signed in names his password; raises TooMany."""
    await limits.take(database, f"password:{person_id}", limit=ATTEMPTS, seconds=SECONDS)


async def set_password(transaction: Transaction, person_id: UUID, password_hash: str) -> None:
    """Stores another password, and ends the links to reset it and the change of address that the old one began."""
    await people.update_password(transaction, person_id, password_hash)
    await links.end(transaction, person_id, ["password_reset", "email_change"])
    await announce_password(transaction, person_id)


async def end_credentials(transaction: Transaction, person_id: UUID, kept: UUID | None = None) -> None:
    """Ends all that lets a person in, but for one session: whoever holds a stolen credential is out at once."""
    await end_sessions(transaction, person_id, kept)
    await tokens.delete_all(transaction, person_id)
    await known_devices.forget(transaction, person_id)
    announce_identity(transaction, person_id)


async def end_sessions(transaction: Transaction, person_id: UUID, kept: UUID | None) -> None:
    """Ends all sessions of a person but one."""
    for ended in await sessions.delete_others(transaction, person_id, kept):
        announce_identity(transaction, person_id, ended)
