"""Inviting an address that nobody has proved to be theirs: the mailed link proves it, and makes the membership.

Whoever signs up types the address that he likes. If a membership began with such an address, a stranger could sign up
as the newcomer whom a partner is about to add, and would read the inbox. The change `invitation_requested` (its subject
is the invitation) is what a capability that can send mail reacts to, with `issue_invitation`.

Whoever invites may also hand over a link: it has a secret of its own, is shown once, and proves no address.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from estafette.accounts.actions.announcing import announce_invitation, announce_invitations
from estafette.accounts.credentials import digest, new_link_secret
from estafette.accounts.models.inputs import AdministratorInvitation
from estafette.accounts.models.invitations import (
    HandedInvitation,
    Invitation,
    Invitations,
    InvitedRole,
    IssuedInvitation,
)
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import require_administrator, require_owner, require_session
from estafette.accounts.store import invitations as store
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid
from estafette.base.ids import new_id
from estafette.base.languages import Language

LASTS: Final = timedelta(days=7)
# For each partner, and for the administration.
WAITING: Final = 100
# For each address: nobody's mailbox is to be filled with invitations.
MAILS: Final = 5
MAIL_SECONDS: Final = 3600
# For each person: links that are handed over.
LINKS: Final = 100
LINK_SECONDS: Final = 86_400

CarriesMail = Callable[[], Awaitable[bool]]


async def list_invitations(
    database: Database, who: SignedIn, partner_id: UUID, carries_mail: CarriesMail
) -> Invitations:
    """Who is invited to a partner, for owners and administrators; raises NotFound and Forbidden."""
    require_owner(who, partner_id)
    items = await store.waiting(database, partner_id, database.clock.now())
    return Invitations(items=items, carries_mail=await carries_mail())


async def list_administrator_invitations(database: Database, who: SignedIn, carries_mail: CarriesMail) -> Invitations:
    """Who is invited to administrate; raises Forbidden."""
    require_administrator(who)
    items = await store.waiting(database, None, database.clock.now())
    return Invitations(items=items, carries_mail=await carries_mail())


async def invite_administrator(database: Database, who: SignedIn, given: AdministratorInvitation) -> Invitation:
    """Invites an address to administrate; raises Forbidden, SessionNeeded, Invalid and TooMany."""
    require_administrator(who)
    require_session(who)
    with Form() as form:
        email = form.read("email", rules.email, given.email)
    await allow_mail(database, email)
    async with database.transaction() as transaction:
        return await invite(transaction, None, email, "administrator", who.person_id)


async def withdraw_invitation(database: Database, who: SignedIn, partner_id: UUID | None, invitation_id: UUID) -> None:
    """Makes a mailed link worthless; without a partner one to administrate. Raises NotFound and Forbidden."""
    if partner_id is None:
        require_administrator(who)
    else:
        require_owner(who, partner_id)
    async with database.transaction() as transaction:
        if not await store.delete(transaction, partner_id, invitation_id):
            raise NotFound
        await announce_invitations(transaction, partner_id or who.person_id, invitation_id)


async def hand_over_invitation(
    database: Database, who: SignedIn, partner_id: UUID, invitation_id: UUID, origin: str
) -> HandedInvitation:
    """The link of an invitation, to be sent by hand; one that was shown before ends, one that was mailed does not.

    Raises NotFound, Forbidden, SessionNeeded and TooMany.
    """
    require_owner(who, partner_id)
    require_session(who)
    await limits.take(database, f"invitation:links:{who.person_id}", limit=LINKS, seconds=LINK_SECONDS)
    secret = new_link_secret()
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        if not await store.hand_over(transaction, partner_id, invitation_id, digest(secret), now):
            raise NotFound
    return HandedInvitation(link=f"{origin}/invitation/{secret}")


async def allow_mail(database: Database, email: str) -> None:
    """Counts a mail to an address, outside of any transaction; raises TooMany."""
    key = sha256(rules.email_key(email).encode()).hexdigest()
    await limits.take(database, f"invitation:email:{key}", limit=MAILS, seconds=MAIL_SECONDS)


async def invite(
    transaction: Transaction,
    partner_id: UUID | None,
    email: str,
    role: InvitedRole,
    by: UUID,
    field: str = "email",
    language: Language | None = None,
) -> Invitation:
    """Has an invitation mailed; an earlier one of the same address ends. Raises Invalid for a wrong `field`.

    The mail is in the language of the invited person, else in the one given, else in that of who invites.
    """
    now = transaction.clock.now()
    await store.delete_of(transaction, partner_id, rules.email_key(email))
    if await store.count(transaction, partner_id, now) >= WAITING:
        raise invalid(field, "too_many", max=WAITING)
    invitation = Invitation(id=new_id(), email=email, role=role, created_at=now, expires_at=now + LASTS, mailed_at=None)
    await store.put(transaction, invitation.id, partner_id, invitation, rules.email_key(email), by, language)
    await announce_invitation(transaction, partner_id or by, invitation.id)
    return invitation


async def issue_invitation(transaction: Transaction, invitation_id: UUID) -> IssuedInvitation | None:
    """The invitation for the mail that is being written; None when it was withdrawn or renewed meanwhile."""
    secret = new_link_secret()
    return await store.issue(transaction, invitation_id, secret, digest(secret), transaction.clock.now())


async def forget_ended_invitations(database: Database) -> None:
    """Removes what is left of invitations whose time is over."""
    await store.delete_ended(database, database.clock.now())
