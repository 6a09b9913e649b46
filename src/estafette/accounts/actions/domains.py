"""Domains of the organisation: whoever proves an address there becomes an employee, from then on and for good.

Removing a domain takes nobody out: who works here is not for a list of domains to say.
"""

from typing import Final

from estafette.accounts.actions.announcing import announce_profiles
from estafette.accounts.actions.keeping import refresh_entries
from estafette.accounts.models.domains import EmployeeDomain, EmployeeDomains, Joined, NewEmployeeDomain
from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import domains as rules
from estafette.accounts.rules.forms import Form, Wrong
from estafette.accounts.rules.people import email_key
from estafette.accounts.rules.permissions import require_administrator, require_session
from estafette.accounts.store import domains, invitations, role_grants
from estafette.base.database import Database, Transaction
from estafette.base.errors import NotFound, invalid

MOST: Final = 100
MOST_AT_ONCE: Final = 20_000


async def list_domains(database: Database, who: SignedIn) -> EmployeeDomains:
    """The domains, each with how many could join; raises Forbidden."""
    require_administrator(who)
    return EmployeeDomains(items=await domains.all_(database))


async def add_domain(database: Database, who: SignedIn, given: NewEmployeeDomain) -> EmployeeDomain:
    """From now on whoever proves an address there joins; raises Forbidden, SessionNeeded and Invalid.

    Where anybody gets a mailbox, everybody could join: that wants `public`.
    """
    require_administrator(who)
    require_session(who)
    with Form() as form:
        found = form.read("domain", lambda typed: _checked(typed, public=given.public), given.domain)
    domain, name = found
    async with database.transaction() as transaction:
        if await domains.lock(transaction) >= MOST:
            raise invalid("domain", "too_many", max=MOST)
        if not await domains.add(transaction, domain, name, transaction.clock.now(), who.person_id):
            raise invalid("domain", "domain_there")
        return next(each for each in await domains.all_(transaction) if each.domain == domain)


async def remove_domain(database: Database, who: SignedIn, domain: str) -> None:
    """Nobody else joins by it; whoever did stays. Raises Forbidden and NotFound."""
    require_administrator(who)
    async with database.transaction() as transaction:
        if not await domains.remove(transaction, domain):
            raise NotFound


async def take_in(database: Database, who: SignedIn, domain: str) -> Joined:
    """Makes employees of whoever has proved an address there before, of 20,000 at a time.

    Raises Forbidden, SessionNeeded and NotFound.
    """
    require_administrator(who)
    require_session(who)
    async with database.transaction() as transaction:
        # In the one order in which they are locked everywhere, each once, and the organisation's stream last: taken in
        # by several steps, whoever holds one of the next people waits for the stream and is waited for.
        await role_grants.lock_administrators(transaction)
        if not await domains.there(transaction, domain):
            raise NotFound
        people = await domains.lock_outside(transaction, domain, MOST_AT_ONCE)
        if people:
            await role_grants.grant_to_all(transaction, people, "employee", transaction.clock.now(), who.person_id)
            await announce_profiles(transaction, people)
            await refresh_entries(transaction, *people)
    return Joined(joined=len(people))


async def join_by_domain(transaction: Transaction, person: PersonRow) -> None:
    """Makes an employee of a locked person whose address has just been proved, if it is of one of the domains."""
    found = rules.domain_of(person.email)
    if found is None or {"employee", "service"} & set(person.roles) or person.disabled_at is not None:
        return
    if await domains.there(transaction, found.domain):
        await role_grants.grant(transaction, person.id, ["employee"], transaction.clock.now(), None)
        await invitations.delete_of(transaction, None, "employee", [email_key(person.email)])
        await announce_profiles(transaction, [person.id])
        await refresh_entries(transaction, person.id)


def _checked(typed: str, *, public: bool) -> rules.Domain:
    found = rules.domain(typed)
    if found.domain in rules.PUBLIC and not public:
        raise Wrong("domain_public", name=found.name)
    return found
