"""Another password: whoever has it ends all other sessions with the change."""

from typing import Final
from uuid import UUID

from estafette.accounts import passwords
from estafette.accounts.actions.announcing import announce_identity, announce_password
from estafette.accounts.models.inputs import PasswordChange
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.store import links, people, sessions
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid

# For each person: whoever found a session open must not find the password out with it.
ATTEMPTS: Final = 10
SECONDS: Final = 600


async def change_password(database: Database, who: SignedIn, given: PasswordChange) -> None:
    """Sets one's own password and ends the other sessions; raises Invalid and TooMany."""
    await limits.take(database, f"password:{who.person_id}", limit=ATTEMPTS, seconds=SECONDS)
    with Form() as form:
        new = form.read("new", rules.password, given.new)
    person = await people.get(database, who.person_id)
    if person is None:
        raise NotFound
    if not await passwords.fits(rules.password_as_typed(given.current), person.password_hash):
        raise invalid("current", "wrong_password")
    password_hash = await passwords.hashed(new)
    async with database.transaction() as transaction:
        await set_password(transaction, who.person_id, password_hash, who.session_id)


async def set_password(transaction: Transaction, person_id: UUID, password_hash: str, kept: UUID | None) -> None:
    """Stores another password and ends what the old one had given: all sessions but one, and links to reset it."""
    await people.update_password(transaction, person_id, password_hash)
    await links.end(transaction, person_id, ["password_reset"])
    for ended in await sessions.delete_others(transaction, person_id, kept):
        announce_identity(transaction, person_id, ended)
    await announce_password(transaction, person_id)
