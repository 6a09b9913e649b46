"""The directory of the organisation over HTTP."""

from typing import Annotated
from uuid import UUID

from estafette.accounts.actions import directory
from estafette.accounts.models.colleagues import Colleague, Colleagues, Departments, EmployeeProfileChanges
from estafette.accounts.models.people import SignedIn
from estafette.base.database import Database
from estafette.http import Cursor, Limit, Query, get, patch

TAGS = ["Directory"]

Typed = Annotated[str | None, Query("Beginnings of words, in any order: of a name, address, title, department, phone")]
OfDepartment = Annotated[str | None, Query("A department, however it is written; empty: who is in none")]


@get("/directory", tags=TAGS, summary="Find colleagues", operation_id="searchDirectory")
async def search_directory(
    database: Database,
    signed_in: SignedIn,
    q: Typed = None,
    department: OfDepartment = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Colleagues:
    """For employees: those first whose name begins with `q`, then the others by name. Accents and case do not count."""
    return await directory.search_directory(database, signed_in, q, department, cursor, limit)


@get("/directory/departments", tags=TAGS, summary="Departments", operation_id="listDepartments")
async def list_departments(database: Database, signed_in: SignedIn) -> Departments:
    """For employees: all departments by name, with the numbers of their people."""
    return await directory.list_departments(database, signed_in)


@get("/directory/{person_id}", tags=TAGS, summary="A colleague", operation_id="getColleague")
async def get_colleague(database: Database, signed_in: SignedIn, person_id: UUID) -> Colleague:
    """For employees."""
    return await directory.colleague(database, signed_in, person_id)


@patch("/directory/{person_id}", tags=TAGS, summary="Change a colleague", operation_id="changeColleague")
async def change_colleague(
    database: Database, signed_in: SignedIn, person_id: UUID, data: EmployeeProfileChanges
) -> Colleague:
    """Employees change their own title, phone and working hours; administrators also department, manager and others."""
    return await directory.change_employee_profile(database, signed_in, person_id, data)
