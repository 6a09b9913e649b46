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

Former = Annotated[bool, Query("Also somebody who was deactivated")]


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
async def get_colleague(database: Database, signed_in: SignedIn, person_id: UUID, former: Former = False) -> Colleague:
    """For employees; 404 for who works here no more, unless they were deactivated and `former` is asked for."""
    return await directory.colleague(database, signed_in, person_id, former=former)


@get("/directory/{person_id}/reports", tags=TAGS, summary="Whose manager somebody is", operation_id="listReports")
async def list_reports(
    database: Database, signed_in: SignedIn, person_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Colleagues:
    """For employees: by name."""
    return await directory.list_reports(database, signed_in, person_id, cursor, limit)


@patch("/directory/{person_id}", tags=TAGS, summary="Change a colleague", operation_id="changeColleague")
async def change_colleague(
    database: Database, signed_in: SignedIn, person_id: UUID, data: EmployeeProfileChanges
) -> Colleague:
    """Employees change their own title, phone, working hours and time zone.

    Administrators also change department and manager, and what concerns others.
    """
    return await directory.change_employee_profile(database, signed_in, person_id, data)
