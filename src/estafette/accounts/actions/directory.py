"""The directory of the organisation: colleagues find each other, and see at once who changes, comes or goes."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import UNSET, structs

from estafette.accounts.actions.keeping import keep, locked, refresh_entries
from estafette.accounts.models.colleagues import (
    Colleague,
    Colleagues,
    Departments,
    EmployeeProfile,
    EmployeeProfileChanges,
)
from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules import directory as rules
from estafette.accounts.rules import lists
from estafette.accounts.rules import people as people_rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.opening_hours import read_opening_hours
from estafette.accounts.rules.permissions import require_employee
from estafette.accounts.rules.words import folded
from estafette.accounts.store import directory, employee_profiles
from estafette.base.database import Database, Transaction
from estafette.base.errors import Forbidden, NotFound, invalid

_DEEPEST: Final = 100
"""Managers above each other: more than any organisation has, and an end to a walk in a circle."""


async def former_colleagues(database: Database, who: SignedIn, names: Sequence[str], limit: int) -> list[UUID]:
    """Who left the organisation and has a name with words that begin with all `names`, folded ones.

    What they said stays, and is looked for by their names. Raises Forbidden for strangers to the organisation.
    """
    _require_insight(who)
    return await directory.former_named(database, names, limit)


async def search_directory(
    database: Database, who: SignedIn, q: str | None, department: str | None, cursor: str | None, limit: int
) -> Colleagues:
    """Employees by name; every word of `q` begins a word of the name, address, title, department or phone number.

    Those whose name begins with what was typed come first: they fill the first page, or are followed by the others.
    Raises Forbidden for strangers to the organisation, and Invalid.
    """
    _require_insight(who)
    with Form() as form:
        typed = form.read("q", rules.query, q)
        of_department = form.read("department", rules.text, department or "")
        after = form.read("cursor", lists.position, cursor)
    beginning, words = typed
    key = None if department is None else folded(of_department)
    if beginning and not words:
        return Colleagues(items=[])  # signs without a word
    found: list[directory.Found] = []
    # The place of a name with the beginning leads on among these; after them come the others, from their first on.
    among_beginnings = after is None or after.key.startswith(beginning)
    if among_beginnings:
        found = await directory.by_beginning(database, beginning, key, after, limit + 1)
    if words and len(found) <= limit:
        rest = limit + 1 - len(found)
        found += await directory.by_words(database, words, beginning, key, None if among_beginnings else after, rest)
    following = found[limit - 1][1].cursor() if len(found) > limit else None
    return Colleagues(items=[one for one, _ in found[:limit]], next=following)


async def list_reports(
    database: Database, who: SignedIn, person_id: UUID, cursor: str | None, limit: int
) -> Colleagues:
    """Whose manager somebody is, by name; raises Forbidden for strangers to the organisation, NotFound and Invalid."""
    _require_insight(who)
    with Form() as form:
        after = form.read("cursor", lists.position, cursor)
    if await directory.get(database, person_id) is None:
        raise NotFound
    found = await directory.reports(database, person_id, after, limit + 1)
    following = found[limit - 1][1].cursor() if len(found) > limit else None
    return Colleagues(items=[one for one, _ in found[:limit]], next=following)


async def colleague(database: Database, who: SignedIn, person_id: UUID, *, former: bool = False) -> Colleague:
    """Somebody of the directory; with `former` also who was in it until they were deactivated.

    Raises Forbidden for strangers to the organisation, and NotFound.
    """
    _require_insight(who)
    found = await directory.get(database, person_id)
    if found is None and former:
        found = await directory.former(database, person_id)
    if found is None:
        raise NotFound
    return found


async def list_departments(database: Database, who: SignedIn) -> Departments:
    """All departments with the numbers of their people; raises Forbidden for strangers to the organisation."""
    _require_insight(who)
    return Departments(items=await directory.departments(database))


async def change_employee_profile(
    database: Database, who: SignedIn, person_id: UUID, changes: EmployeeProfileChanges
) -> Colleague:
    """Changes what was mentioned; employees change themselves, administrators everybody.

    Department and manager are for administrators: who works where is not one's own word. Raises Forbidden, NotFound
    for who is no employee, and Invalid with every wrong field.
    """
    if not who.administrates:
        require_employee(who)
        placed = changes.department is not UNSET or changes.manager_id is not UNSET
        if placed or person_id != who.person_id:
            raise Forbidden
    async with database.transaction() as transaction:
        person = await locked(transaction, person_id)
        if await directory.get(transaction, person_id) is None:
            raise NotFound
        old = await employee_profiles.profile(transaction, person_id)
        new, time_zone = _changed(person, old, changes)
        await keep(transaction, person, structs.replace(person, time_zone=time_zone))
        if new.manager_id not in (None, old.manager_id):
            await _check_manager(transaction, person_id, new.manager_id)
        if new != old:
            keys = folded(new.title), folded(new.department)
            await employee_profiles.keep_profile(transaction, person_id, new, *keys, rules.phone_words(new.phone))
            await refresh_entries(transaction, person_id)
        found = await directory.get(transaction, person_id)
        if found is None:
            raise NotFound
        return found


def _require_insight(who: SignedIn) -> None:
    """Raises Forbidden for who is no employee and does not administrate them."""
    if not who.administrates:
        require_employee(who)


def _changed(person: PersonRow, old: EmployeeProfile, changes: EmployeeProfileChanges) -> tuple[EmployeeProfile, str]:
    """The profile and the time zone as they are to be; a number without a country is one of that zone or language."""
    with Form() as form:
        time_zone = form.read_change("time_zone", people_rules.time_zone, changes.time_zone, person.time_zone)
        phone = people_rules.phone_in(person.language, time_zone)
        new = structs.replace(
            old,
            title=form.read_change("title", rules.text, changes.title, old.title),
            department=form.read_change("department", rules.text, changes.department, old.department),
            manager_id=old.manager_id if changes.manager_id is UNSET else changes.manager_id,
            phone=form.read_change("phone", phone, changes.phone, old.phone),
            working_hours=old.working_hours
            if changes.working_hours is UNSET
            else tuple(read_opening_hours(form, "working_hours", changes.working_hours)),
        )
    return new, time_zone


async def _check_manager(transaction: Transaction, person_id: UUID, manager_id: UUID) -> None:
    """Raises Invalid for who is no employee, and for who works below the person: nobody is above himself."""
    if await directory.get(transaction, manager_id) is None:
        raise invalid("manager_id", "not_an_employee")
    # Two who become each other's manager at the same time take turns.
    await employee_profiles.lock_managers(transaction)
    if person_id in await employee_profiles.managers_above(transaction, manager_id, _DEEPEST):
        raise invalid("manager_id", "manager_below")
