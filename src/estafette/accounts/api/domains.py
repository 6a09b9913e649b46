"""Domains of the organisation over HTTP."""

from estafette.accounts.actions import domains
from estafette.accounts.models.domains import EmployeeDomain, EmployeeDomains, Joined, NewEmployeeDomain
from estafette.accounts.models.people import SignedIn
from estafette.base.database import Database
from estafette.http import delete, get, post

TAGS = ["People"]


@get("/employee-domains", tags=TAGS, summary="Domains of employees", operation_id="listEmployeeDomains")
async def list_domains(database: Database, signed_in: SignedIn) -> EmployeeDomains:
    """For administrators: whoever confirms an address of one of these becomes an employee."""
    return await domains.list_domains(database, signed_in)


@post("/employee-domains", tags=TAGS, summary="Add a domain of employees", operation_id="addEmployeeDomain")
async def add_domain(database: Database, signed_in: SignedIn, data: NewEmployeeDomain) -> EmployeeDomain:
    """For administrators, with a session: 100 at most. One where anybody gets a mailbox is refused without `public`."""
    return await domains.add_domain(database, signed_in, data)


@delete(
    "/employee-domains/{domain}",
    tags=TAGS,
    summary="Remove a domain of employees",
    operation_id="removeEmployeeDomain",
)
async def remove_domain(database: Database, signed_in: SignedIn, domain: str) -> None:
    """For administrators: nobody else joins by it, and whoever did stays."""
    await domains.remove_domain(database, signed_in, domain)


@post(
    "/employee-domains/{domain}/people",
    status=200,
    tags=TAGS,
    summary="Take in who has an address there",
    operation_id="takeInEmployees",
)
async def take_in(database: Database, signed_in: SignedIn, domain: str) -> Joined:
    """For administrators, with a session: whoever has confirmed an address of the domain before becomes an employee.

    So do 20,000 at a time; the list of domains says how many are left.
    """
    return await domains.take_in(database, signed_in, domain)
