"""Following the link of an invitation: it begins the membership of who is signed in with the address.

A mailed link also proves the address. One that was handed over does not: that it is the right person is vouched for by
who invited and handed it over.
"""

from typing import Final

from estafette.accounts.actions.announcing import announce_profile
from estafette.accounts.actions.email_confirmation import confirmed
from estafette.accounts.actions.keeping import locked
from estafette.accounts.actions.members import join
from estafette.accounts.credentials import digest
from estafette.accounts.errors import InvitationForAnotherAddress
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import InvitationSecret
from estafette.accounts.models.invitations import AcceptedInvitation, OpenInvitation, ShownInvitation
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules.people import email_key
from estafette.accounts.store import invitations as store
from estafette.accounts.store import members, partners, role_grants
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid

# For each neighbourhood: looking and accepting together.
STEPS: Final = 120
STEP_SECONDS: Final = 600


async def show_invitation(database: Database, given: InvitationSecret, device: Device) -> ShownInvitation:
    """What a link invites to, for whoever holds it; raises Invalid and TooMany."""
    found = await _open(database, given, device)
    return ShownInvitation(partner=found.partner, role=found.role, email=found.email, has_account=found.has_account)


async def accept_invitation(
    database: Database, who: SignedIn, given: InvitationSecret, device: Device
) -> AcceptedInvitation:
    """Begins the membership; raises Invalid, TooMany, and InvitationForAnotherAddress for everybody else."""
    found = await _open(database, given, device)
    async with database.transaction() as transaction:
        # In the one order in which rows are locked everywhere: administrators, the partner, the person.
        if found.partner_id is None:
            await role_grants.lock_administrators(transaction)
        else:
            await partners.lock(transaction, found.partner_id)
        person = await locked(transaction, who.person_id)
        if email_key(person.email) != found.email_key:
            raise InvitationForAnotherAddress(email=found.email)
        # Once more: it may have been withdrawn or used until now.
        if await store.find(transaction, digest(given.secret), transaction.clock.now()) is None:
            raise invalid("secret", "link_ended")
        await store.delete(transaction, found.partner_id, found.id)
        if found.was_mailed:
            await confirmed(transaction, person)
        await _begin(transaction, found, who)
    return AcceptedInvitation(partner=found.partner, role=found.role)


async def _begin(transaction: Transaction, found: OpenInvitation, who: SignedIn) -> None:
    if found.partner_id is None:
        await role_grants.grant(transaction, who.person_id, ["administrator"], transaction.clock.now(), None)
        await announce_profile(transaction, who.person_id)
        return
    present = await members.role_of(transaction, found.partner_id, who.person_id)
    # Somebody who became an owner meanwhile stays one.
    if found.role != "administrator" and present != "owner":
        await join(transaction, found.partner_id, who.person_id, found.role, None)


async def _open(database: Database, given: InvitationSecret, device: Device) -> OpenInvitation:
    await limits.take(database, f"invitation:{device.neighbourhood}", limit=STEPS, seconds=STEP_SECONDS)
    found = await store.find(database, digest(given.secret), database.clock.now())
    if found is None:
        raise invalid("secret", "link_ended")
    return found
