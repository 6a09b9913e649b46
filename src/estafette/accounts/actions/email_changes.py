"""Another e-mail address: whoever holds the mailbox holds the account, so one stolen credential must not move it.

It wants the password and a session, the old address stays in force until the new one is confirmed by its mailed link,
and the old one is told twice: with a link to stop the change, and with one to take it back.
"""

from typing import Final

from msgspec import UNSET, structs

from estafette.accounts import passwords
from estafette.accounts.actions.announcing import announce_profile
from estafette.accounts.actions.changing_passwords import count_attempt, end_credentials
from estafette.accounts.actions.domains import join_by_domain
from estafette.accounts.actions.keeping import keep, locked
from estafette.accounts.actions.links import request_link
from estafette.accounts.credentials import digest
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import EmailReversal, ProfileChanges
from estafette.accounts.models.links import ConfirmedEmail, OpenLink, Purpose
from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import require_session
from estafette.accounts.store import links, people
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid

# For each person: a mail goes to each new address.
ADDRESSES: Final = 10
ADDRESS_SECONDS: Final = 3600
# For each neighbourhood.
REVERSALS: Final = 60
REVERSAL_SECONDS: Final = 600

OF_THE_OLD: Final[tuple[Purpose, ...]] = ("email_change_stop", "email_change_undo")


async def allow_change(database: Database, who: SignedIn, changes: ProfileChanges) -> str | None:
    """The new address of these changes once the password is proved, None when it stays.

    Raises SessionNeeded, Invalid and TooMany.
    """
    person = await people.get(database, who.person_id)
    if person is None:
        raise NotFound
    if changes.email is UNSET or rules.same_address(changes.email, person.email):
        return None
    require_session(who)
    await limits.take(database, f"address:{who.person_id}", limit=ADDRESSES, seconds=ADDRESS_SECONDS)
    # All that is wrong with the changes is told at once.
    with Form() as form:
        form.read_change("name", rules.name, changes.name, "")
        form.read_change("phone", rules.phone, changes.phone, None)
        form.read_change("time_zone", rules.time_zone, changes.time_zone, "")
        email = form.read("email", rules.email, changes.email)
        if changes.password is UNSET or not changes.password:
            form.refuse("password", "required")
    if changes.password is not UNSET:
        await count_attempt(database, who.person_id)
        if not await passwords.fits(rules.password_as_typed(changes.password), person.password_hash):
            raise invalid("password", "wrong_password")
    if await people.get_by_email(database, rules.email_key(email)) is not None:
        raise invalid("email", "email_taken")
    return email


async def begin_change(transaction: Transaction, person: PersonRow, email: str) -> None:
    """Has both mailboxes written to; of several new addresses the last one holds."""
    await links.end(transaction, person.id, ["email_change"])
    # An address that nobody ever proved may be a stranger's: a link would give him the account.
    if person.email_confirmed_at is not None:
        await request_link(transaction, person.id, "email_change_stop", person.email)
    await request_link(transaction, person.id, "email_change", email)


async def cancel_change(database: Database, who: SignedIn) -> None:
    """Forgets the new address that waits to be confirmed; raises NotFound when none does."""
    async with database.transaction() as transaction:
        person = await locked(transaction, who.person_id)
        if person.pending_email is None:
            raise NotFound
        await links.end(transaction, person.id, ["email_change"])
        await announce_profile(transaction, person.id)


async def finish_change(transaction: Transaction, person: PersonRow, link: OpenLink) -> None:
    """A locked person's new address is proved by its link; raises Invalid when it is somebody's by now."""
    if rules.same_address(person.email, link.email):
        return
    now = transaction.clock.now()
    if link.used_at is not None:
        raise invalid("secret", "link_ended")
    await links.use(transaction, link.id, now)
    new = structs.replace(person, email=link.email, email_confirmed_at=now)
    await keep(transaction, person, new, undo=True, field="secret")
    await join_by_domain(transaction, new)


async def take_back(database: Database, given: EmailReversal, device: Device) -> ConfirmedEmail:
    """Stops a change or takes it back, for who reads the mail of the old address; raises Invalid and TooMany.

    Whoever began it knew the password: nothing that let anybody in holds any more, and a link to choose another
    password is mailed.
    """
    await limits.take(database, f"take-back:{device.neighbourhood}", limit=REVERSALS, seconds=REVERSAL_SECONDS)
    link = await _find(database, given)
    async with database.transaction() as transaction:
        person = await locked(transaction, link.person_id)
        # Once more: it may have been used until now.
        await _find(transaction, given)
        now = transaction.clock.now()
        back = structs.replace(person, email=link.email, email_confirmed_at=now)
        if not rules.same_address(person.email, link.email):
            await keep(transaction, person, back, field="secret")
        await links.end(transaction, person.id, ["email_change", "password_reset", *OF_THE_OLD])
        await people.update_password(transaction, person.id, None)
        await end_credentials(transaction, person.id)
        await announce_profile(transaction, person.id)
        await request_link(transaction, person.id, "password_reset", link.email)
    return ConfirmedEmail(email=link.email)


async def _find(queries: Database | Transaction, given: EmailReversal) -> OpenLink:
    for purpose in OF_THE_OLD:
        link = await links.find(queries, purpose, digest(given.secret), queries.clock.now())
        if link is not None:
            return link
    raise invalid("secret", "link_ended")
