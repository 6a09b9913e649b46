"""An address is confirmed by a link that was mailed to it; until then it may be anybody's.

Whoever signs up, or wants another address, types the one that he likes. If the link alone confirmed it, somebody who
reads his mail and presses once would give his address to a stranger's account. So it wants a session of that account,
too; who reads the mail and has none gets one with a new password (`password_resets`), which puts the stranger out.
"""

from typing import Final

from msgspec import structs

from estafette.accounts.actions.announcing import announce_profile
from estafette.accounts.actions.domains import join_by_domain
from estafette.accounts.actions.email_changes import finish_change
from estafette.accounts.actions.keeping import locked
from estafette.accounts.actions.links import request_link
from estafette.accounts.credentials import digest
from estafette.accounts.errors import LinkForAnotherAccount
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import EmailConfirmation
from estafette.accounts.models.links import ConfirmedEmail, OpenLink
from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules.permissions import require_session
from estafette.accounts.store import contacts, links
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid

# For each person.
REQUESTS: Final = 5
REQUEST_SECONDS: Final = 3600
# For each neighbourhood.
CONFIRMATIONS: Final = 120
CONFIRMATION_SECONDS: Final = 600


async def request_confirmation(database: Database, who: SignedIn) -> None:
    """Has the link mailed once more, unless nothing waits to be confirmed; raises TooMany."""
    await limits.take(database, f"confirmation:{who.person_id}", limit=REQUESTS, seconds=REQUEST_SECONDS)
    async with database.transaction() as transaction:
        person = await locked(transaction, who.person_id)
        if person.pending_email is not None:
            await links.end(transaction, person.id, ["email_change"])
            await request_link(transaction, person.id, "email_change", person.pending_email)
        elif person.email_confirmed_at is None:
            await request_link(transaction, person.id, "email_confirmation", person.email)


async def confirm_email(database: Database, who: SignedIn, given: EmailConfirmation, device: Device) -> ConfirmedEmail:
    """Confirms the address of who is signed in, to which a link was mailed, and begins to use a new one.

    The same link again changes nothing. Raises SessionNeeded, Invalid, LinkForAnotherAccount, TooMany.
    """
    require_session(who)
    await limits.take(database, f"confirm:{device.neighbourhood}", limit=CONFIRMATIONS, seconds=CONFIRMATION_SECONDS)
    link = await _find(database, given)
    if link.person_id != who.person_id:
        raise LinkForAnotherAccount
    async with database.transaction() as transaction:
        person = await locked(transaction, link.person_id)
        # Once more: the address may have changed until now, which ended the link.
        link = await _find(transaction, given)
        if link.purpose == "email_change":
            await finish_change(transaction, person, link)
        else:
            await links.use(transaction, link.id, transaction.clock.now())
            await confirmed(transaction, person)
    return ConfirmedEmail(email=link.email)


async def _find(queries: Database | Transaction, given: EmailConfirmation) -> OpenLink:
    for purpose in ("email_confirmation", "email_change"):
        link = await links.find(queries, purpose, digest(given.secret), queries.clock.now())
        if link is not None:
            return link
    raise invalid("secret", "link_ended")


async def confirmed(transaction: Transaction, person: PersonRow) -> PersonRow:
    """A locked person whose address has just been proved."""
    if person.email_confirmed_at is not None:
        return person
    now = transaction.clock.now()
    await contacts.confirm_email(transaction, person.id, now)
    await announce_profile(transaction, person.id)
    await join_by_domain(transaction, person)
    return structs.replace(person, email_confirmed_at=now)
