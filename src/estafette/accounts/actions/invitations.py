"""Inviting an address that nobody has proved to be theirs: the mailed link proves it, and makes the membership.

Whoever signs up types the address that he likes. If a membership began with such an address, a stranger could sign up
as the newcomer whom a partner is about to add, and would read the inbox. The change `invitation_requested` (its subject
is the invitation) is what a capability that can send mail reacts to, with `issue_invitation`.

Whoever invites may also hand over a link: it has a secret of its own, is shown once, and proves no address.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from estafette.accounts.actions.announcing import announce_invitations, announce_withdrawal
from estafette.accounts.credentials import digest, new_link_secret
from estafette.accounts.models.inputs import AdministratorInvitation
from estafette.accounts.models.invitations import (
    HandedInvitation,
    Invitation,
    Invitations,
    InvitedAddress,
    InvitedRole,
    IssuedInvitation,
)
from estafette.accounts.models.lists import ListCursor
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules import lists
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
EMPLOYEES_WAITING: Final = 20_000
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


async def list_organisation_invitations(
    database: Database, who: SignedIn, q: str | None, cursor: str | None, limit: int, carries_mail: CarriesMail
) -> Invitations:
    """Who is invited to work here or to administrate, newest first; raises Forbidden and Invalid."""
    require_administrator(who)
    with Form() as form:
        patterns = form.read("q", lists.patterns, q)
        after = form.read("cursor", lists.moment, cursor)
    items = await store.waiting(database, None, database.clock.now(), patterns, after, limit + 1)
    last = items[limit - 1] if len(items) > limit else None
    following = ListCursor(last.created_at.isoformat(), last.id).cursor() if last else None
    return Invitations(items=items[:limit], carries_mail=await carries_mail(), next=following)


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
    """Makes a mailed link worthless; without a partner one of the organisation. Raises NotFound and Forbidden."""
    if partner_id is None:
        require_administrator(who)
    else:
        require_owner(who, partner_id)
    async with database.transaction() as transaction:
        if not await store.delete(transaction, partner_id, invitation_id):
            raise NotFound
        await announce_withdrawal(transaction, partner_id or who.person_id, invitation_id)


async def hand_over_invitation(
    database: Database, who: SignedIn, partner_id: UUID | None, invitation_id: UUID, origin: str
) -> HandedInvitation:
    """The link of an invitation, to be sent by hand; one that was shown before ends, one that was mailed does not.

    Without a partner it is one of the organisation. Raises NotFound, Forbidden, SessionNeeded and TooMany.
    """
    if partner_id is None:
        require_administrator(who)
    else:
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
    (invitation,) = await invite_all(
        transaction, partner_id, [InvitedAddress(email=email)], role, by, field=field, language=language
    )
    return invitation


async def invite_all(
    transaction: Transaction,
    partner_id: UUID | None,
    given: Sequence[InvitedAddress],
    role: InvitedRole,
    by: UUID,
    *,
    field: str = "email",
    language: Language | None = None,
) -> list[Invitation]:
    """As `invite`, for different addresses at once; raises Invalid when more would wait than may."""
    if not given:
        return []
    now = transaction.clock.now()
    keys = [rules.email_key(each.email) for each in given]
    most = EMPLOYEES_WAITING if role == "employee" else WAITING
    if await store.count(transaction, partner_id, role, now, keys) + len(given) > most:
        raise invalid(field, "too_many", max=most)
    made = [
        Invitation(
            id=new_id(),
            email=each.email,
            name=each.name,
            role=role,
            created_at=now,
            expires_at=now + LASTS,
            mailed_at=None,
        )
        for each in given
    ]
    await store.put_all(transaction, partner_id, made, keys, by, language)
    await announce_invitations(transaction, partner_id or by, [each.id for each in made])
    return made


async def issue_invitation(transaction: Transaction, invitation_id: UUID) -> IssuedInvitation | None:
    """The invitation for the mail that is being written; None when it was withdrawn or renewed meanwhile."""
    secret = new_link_secret()
    return await store.issue(transaction, invitation_id, secret, digest(secret), transaction.clock.now())


async def forget_ended_invitations(database: Database) -> None:
    """Removes what is left of invitations whose time is over."""
    await store.delete_ended(database, database.clock.now())
