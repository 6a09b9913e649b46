"""Inviting many to work here: who has an account with a proved address joins at once, all others are mailed a link."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final
from uuid import UUID

from estafette.accounts.actions.announcing import announce_profiles
from estafette.accounts.actions.invitations import MAIL_SECONDS, MAILS, CarriesMail, invite_all
from estafette.accounts.actions.keeping import refresh_entries
from estafette.accounts.models.inputs import EmployeeInvitations
from estafette.accounts.models.invitations import InvitationReport, InvitedAddress, Reached, ReachedAddress
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.addresses import read_addresses
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.permissions import require_administrator
from estafette.accounts.store import employees, invitations, role_grants
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.languages import Language

_JOINING: Final = "joined"
_MAILED: Final = "invited"


async def invite_employees(
    database: Database, who: SignedIn, given: EmployeeInvitations, carries_mail: CarriesMail
) -> InvitationReport:
    """Reaches everybody of a pasted list, or nobody: raises Forbidden, and Invalid with every wrong line."""
    require_administrator(who)
    with Form() as form:
        addresses = read_addresses(form, "addresses", given.addresses)
    async with database.transaction() as transaction:
        items = await reach(transaction, addresses, who.person_id, given.language)
    return InvitationReport(items=items, carries_mail=await carries_mail())


async def reach(
    transaction: Transaction, addresses: Sequence[InvitedAddress], by: UUID, language: Language | None
) -> list[ReachedAddress]:
    """What became of each address, and was done for it: different ones only; raises Invalid for too many."""
    keys = [rules.email_key(each.email) for each in addresses]
    known = await employees.known(transaction, keys)
    outcomes: dict[str, Reached] = {key: _outcome(known.get(key)) for key in keys}
    mailed = [key for key in keys if outcomes[key] == _MAILED]
    for key in set(mailed) - await within_limits(transaction, mailed):
        outcomes[key] = "mailed_often"
    pairs = list(zip(keys, addresses, strict=True))
    invited = [each for key, each in pairs if outcomes[key] == _MAILED]
    await invite_all(transaction, None, invited, "employee", by, field="addresses", language=language)
    await _join(transaction, {known[key].id: key for key in keys if outcomes[key] == _JOINING}, by)
    return [ReachedAddress(email=each.email, name=each.name, outcome=outcomes[key]) for key, each in pairs]


async def within_limits(transaction: Transaction, keys: Sequence[str]) -> set[str]:
    """Those of some addresses that may be mailed another invitation now: no mailbox is filled."""
    taken = await limits.take_together(transaction, _allowances(keys))
    return {key for key, refused in zip(keys, taken, strict=True) if refused is None}


def _outcome(known: employees.Known | None) -> Reached:
    if known is None:
        return _MAILED
    if known.is_service:
        return "service"
    if known.is_disabled:
        return "deactivated"
    if not (known.has_password and known.is_confirmed):
        # The account is nobody's yet, or a stranger's who signed up with the address: the mail finds out.
        return _MAILED
    return "present" if known.is_employee else _JOINING


def _allowances(keys: Sequence[str]) -> list[list[limits.Allowance]]:
    return [
        [limits.Allowance(f"invitation:email:{sha256(key.encode()).hexdigest()}", MAILS, MAIL_SECONDS)] for key in keys
    ]


async def _join(transaction: Transaction, people: dict[UUID, str], by: UUID) -> None:
    if not people:
        return
    await role_grants.grant_to_all(transaction, sorted(people), "employee", transaction.clock.now(), by)
    await invitations.delete_of(transaction, None, "employee", list(people.values()))
    await announce_profiles(transaction, people)
    await refresh_entries(transaction, *people)
