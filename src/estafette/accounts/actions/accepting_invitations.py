"""Following the link of an invitation: it begins what one was invited to, for who is signed in with the address.

A mailed link also proves the address. One that was handed over does not: that it is the right person is vouched for by
who invited and handed it over.
"""

from typing import Final
from uuid import UUID

from estafette.accounts.actions.announcing import announce_profile
from estafette.accounts.actions.email_confirmation import confirmed
from estafette.accounts.actions.keeping import locked, refresh_entries
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
from estafette.base.errors import NotFound, invalid

# For each neighbourhood: looking and accepting together.
STEPS: Final = 120
STEP_SECONDS: Final = 600


async def show_invitation(database: Database, given: InvitationSecret, device: Device) -> ShownInvitation:
    """What a link invites to, for whoever holds it; raises Invalid and TooMany."""
    found = await find_open(database, given.secret, device)
    return ShownInvitation(
        partner=found.partner, role=found.role, email=found.email, name=found.name, has_account=found.has_account
    )


async def accept_invitation(
    database: Database, who: SignedIn, given: InvitationSecret, device: Device
) -> AcceptedInvitation:
    """Begins the membership; raises Invalid, TooMany, and InvitationForAnotherAddress for everybody else."""
    found = await find_open(database, given.secret, device)
    async with database.transaction() as transaction:
        await lock_around(transaction, found)
        person = await locked(transaction, who.person_id)
        if email_key(person.email) != found.email_key:
            raise InvitationForAnotherAddress(email=found.email)
        await use(transaction, found, given.secret)
        if found.was_mailed:
            await confirmed(transaction, person)
        await begin_role(transaction, found, who.person_id)
    return AcceptedInvitation(partner=found.partner, role=found.role)


async def lock_around(transaction: Transaction, found: OpenInvitation) -> None:
    """In the one order in which rows are locked everywhere: administrators, the partner; the person comes next."""
    if found.role == "administrator":
        await role_grants.lock_administrators(transaction)
    elif found.partner_id is not None:
        await partners.lock(transaction, found.partner_id)


async def use(transaction: Transaction, found: OpenInvitation, secret: str) -> None:
    """Ends an invitation; raises Invalid when it was withdrawn or used until now."""
    if await store.find(transaction, digest(secret), transaction.clock.now()) is None:
        raise invalid("secret", "link_ended")
    await store.delete(transaction, found.partner_id, found.id)


async def begin_role(transaction: Transaction, found: OpenInvitation, person_id: UUID) -> None:
    """Makes a person what the invitation says."""
    match found.role, found.partner_id:
        case ("administrator" | "employee") as role, _:
            await role_grants.grant(transaction, person_id, [role], transaction.clock.now(), None)
            await announce_profile(transaction, person_id)
            await refresh_entries(transaction, person_id)
        case ("owner" | "member") as role, UUID() as partner_id:
            # Somebody who became an owner meanwhile stays one.
            if await members.role_of(transaction, partner_id, person_id) != "owner":
                await join(transaction, partner_id, person_id, role, None)
        case _:
            raise NotFound


async def find_open(database: Database, secret: str, device: Device) -> OpenInvitation:
    """The invitation that a link names, guesses counted; raises Invalid and TooMany."""
    await limits.take(database, f"invitation:{device.neighbourhood}", limit=STEPS, seconds=STEP_SECONDS)
    found = await store.find(database, digest(secret), database.clock.now())
    if found is None:
        raise invalid("secret", "link_ended")
    return found
