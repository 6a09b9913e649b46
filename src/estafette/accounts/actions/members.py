"""The members of a partner. At least one owner stays."""

from typing import Final
from uuid import UUID

from msgspec import structs

from estafette.accounts.actions.announcing import announce_joining, announce_members
from estafette.accounts.actions.invitations import allow_mail, invite
from estafette.accounts.errors import LastOwner
from estafette.accounts.models.inputs import MemberPut
from estafette.accounts.models.invitations import Invitation
from estafette.accounts.models.partners import Member
from estafette.accounts.models.people import MemberRole, SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import may_change, require_insider, require_owner, require_session
from estafette.accounts.store import invitations, partners, people
from estafette.accounts.store import members as store
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound

# For each person: naming an address tells whether somebody here uses it.
PUTS: Final = 60
PUT_SECONDS: Final = 600


async def list_members(database: Database, who: SignedIn, partner_id: UUID) -> list[Member]:
    """The members, owners first, with their addresses only for owners and administrators; raises NotFound."""
    require_insider(who, partner_id)
    if await partners.get(database, partner_id) is None:
        raise NotFound
    members = await store.of_partner(database, partner_id)
    if may_change(who, partner_id):
        return members
    return [each if each.person.id == who.person_id else structs.replace(each, email=None) for each in members]


async def put_member(database: Database, who: SignedIn, partner_id: UUID, given: MemberPut) -> Member | Invitation:
    """Adds somebody or changes his role; raises NotFound, Forbidden, LastOwner, TooMany and Invalid.

    An address that is nobody's, or that nobody has confirmed, gets an invitation instead. Ownership wants a session:
    raises SessionNeeded.
    """
    require_owner(who, partner_id)
    if given.role == "owner":
        require_session(who)
    await limits.take(database, f"members:{who.person_id}", limit=PUTS, seconds=PUT_SECONDS)
    with Form() as form:
        email = form.read("email", rules.email, given.email)
    key = rules.email_key(email)
    if not _joins_at_once(await people.get_by_email(database, key), partner_id, given.role):
        await allow_mail(database, email)
    async with database.transaction() as transaction:
        await _lock(transaction, partner_id)
        person = await people.get_by_email(transaction, key)
        if person is None or not _joins_at_once(person, partner_id, given.role):
            return await invite(transaction, partner_id, email, given.role, who.person_id, language=given.language)
        await invitations.delete_of(transaction, partner_id, given.role, [key])
        await join(transaction, partner_id, person.id, given.role, who.person_id)
        members = await store.of_partner(transaction, partner_id)
        return next(each for each in members if each.person.id == person.id)


def _joins_at_once(person: PersonRow | None, partner_id: UUID, role: MemberRole) -> bool:
    """Whether the address is proved; a member from before that was asked may be made less than he is."""
    if person is None:
        return False
    present = next((each.role for each in person.partners if each.id == partner_id), None)
    return person.email_confirmed_at is not None or present in (role, "owner")


async def add_member(
    database: Database, partner_id: UUID, person_id: UUID, role: MemberRole = "member", by: UUID | None = None
) -> None:
    """Adds somebody or changes his role without asking who asks; raises NotFound and LastOwner."""
    async with database.transaction() as transaction:
        await _lock(transaction, partner_id)
        if await people.get(transaction, person_id) is None:
            raise NotFound
        await join(transaction, partner_id, person_id, role, by)


async def remove_member(database: Database, who: SignedIn, partner_id: UUID, person_id: UUID) -> None:
    """Takes somebody away; members may leave by themselves. Raises NotFound, Forbidden, SessionNeeded and LastOwner."""
    require_insider(who, partner_id)
    if person_id != who.person_id:
        require_owner(who, partner_id)
    async with database.transaction() as transaction:
        await _lock(transaction, partner_id)
        role = await store.role_of(transaction, partner_id, person_id)
        person = await people.get(transaction, person_id)
        if role is None or person is None:
            raise NotFound
        if role == "owner" and person_id != who.person_id:
            require_session(who)
        if role == "owner" and not await store.has_other_owner(transaction, partner_id, person_id):
            raise LastOwner
        await store.delete(transaction, partner_id, person_id)
        await invitations.delete_of(transaction, partner_id, role, [rules.email_key(person.email)])
        await announce_members(transaction, partner_id, person_id)


async def join(transaction: Transaction, partner_id: UUID, person_id: UUID, role: MemberRole, by: UUID | None) -> None:
    """Gives a person a role with a partner whose row is locked or new; raises LastOwner."""
    before = await store.role_of(transaction, partner_id, person_id)
    if before == role:
        return
    if before == "owner" and not await store.has_other_owner(transaction, partner_id, person_id):
        raise LastOwner
    await store.put(transaction, partner_id, person_id, role, transaction.clock.now(), by)
    await announce_members(transaction, partner_id, person_id)
    if before is None:
        await announce_joining(transaction, partner_id, person_id)


async def _lock(transaction: Transaction, partner_id: UUID) -> None:
    # Two owners who remove each other at the same time take turns here, and the second one must stay.
    if await partners.lock(transaction, partner_id) is None:
        raise NotFound
