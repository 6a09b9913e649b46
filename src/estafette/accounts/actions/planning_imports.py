"""What a file of people would do to those who are there: who is new, who changes, who has which manager."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from estafette.accounts.models.imports import Column, EmployeeRow, ImportChange, ImportedPerson, ImportFile, What
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.imports import FAULTS
from estafette.accounts.store import imports
from estafette.base.database import Queries
from estafette.base.ids import new_id


class Step(NamedTuple):
    """Somebody of the file: as they are (None: not yet), and as they are to be."""

    given: ImportedPerson
    old: EmployeeRow | None
    new: EmployeeRow
    what: What
    columns: list[Column]

    @property
    def shown(self) -> ImportChange:
        """As it is reported."""
        return ImportChange(
            row=self.given.row, email=self.new.email, name=self.new.name, what=self.what, columns=self.columns
        )


async def plan(queries: Queries, who: SignedIn, file: ImportFile) -> list[Step]:
    """A step for each row; raises Invalid for whoever cannot be an employee, has no name or an unknown manager."""
    named = {each.manager_key for each in file.people if each.manager_key is not None}
    keys = {each.email_key for each in file.people}
    known = await imports.by_emails(queries, sorted(keys | named))
    with Form() as form:
        _check(form, file.people, known)
        ids = {key: person.id for key, person in known.items()}
        ids |= {key: new_id() for key in keys if key not in ids}
        steps = [_step(each, known.get(each.email_key), ids, who) for each in file.people]
        _check_circles(form, steps, await imports.managers(queries))
        del form.errors[FAULTS:]
    return steps


def _check(form: Form, people: Sequence[ImportedPerson], known: Mapping[str, EmployeeRow]) -> None:
    keys = {each.email_key for each in people}
    for each in people:
        old = known.get(each.email_key)
        if old is None and each.name is None:
            form.refuse(f"rows[{each.row}].name", "required")
        elif old is not None and old.is_service:
            form.refuse(f"rows[{each.row}].email", "person_is_service")
        elif old is not None and old.is_disabled:
            form.refuse(f"rows[{each.row}].email", "person_deactivated")
        if each.manager_key is not None and each.manager_key not in keys:
            manager = known.get(each.manager_key)
            if manager is None or not manager.is_employee or manager.is_disabled:
                form.refuse(f"rows[{each.row}].manager", "manager_unknown")


def _step(given: ImportedPerson, old: EmployeeRow | None, ids: Mapping[str, UUID], who: SignedIn) -> Step:
    # What an account says whose address nobody has proved may be a stranger's, and stays theirs.
    theirs = old is not None and not old.is_confirmed and not old.is_employee
    said = ImportedPerson(row=given.row, email=given.email, email_key=given.email_key) if theirs else given
    manager_id = old.manager_id if old else None
    new = EmployeeRow(
        id=ids[given.email_key],
        email=old.email if old else given.email,
        email_key=given.email_key,
        name=said.name or (old.name if old else ""),
        language=said.language or (old.language if old else who.language),
        time_zone=said.time_zone or (old.time_zone if old else who.time_zone),
        title=given.title or (old.title if old else ""),
        department=given.department or (old.department if old else ""),
        manager_id=manager_id if given.manager_key is None else ids.get(given.manager_key, manager_id),
        phone=given.phone or (old.phone if old else None),
        is_employee=True,
        is_service=False,
        is_disabled=False,
        is_confirmed=old.is_confirmed if old else True,
        has_password=old.has_password if old else False,
    )
    if old is None:
        return Step(given, None, new, "new", [])
    columns = _changed(old, new)
    if theirs:
        return Step(given, old, new, "invited", columns)
    return Step(given, old, new, "changed" if columns or not old.is_employee else "unchanged", columns)


def _changed(old: EmployeeRow, new: EmployeeRow) -> list[Column]:
    pairs: tuple[tuple[Column, bool], ...] = (
        ("name", old.name != new.name),
        ("title", old.title != new.title),
        ("department", old.department != new.department),
        ("manager", old.manager_id != new.manager_id),
        ("phone", old.phone != new.phone),
        ("time_zone", old.time_zone != new.time_zone),
        ("language", old.language != new.language),
    )
    return [column for column, differs in pairs if differs]


def _check_circles(form: Form, steps: Sequence[Step], managers: Mapping[UUID, UUID]) -> None:
    """Nobody works below themselves; each circle is noted where the file closes it."""
    above = {**managers, **{step.new.id: step.new.manager_id for step in steps if step.new.manager_id is not None}}
    sound: set[UUID] = set()
    for step in steps:
        path: dict[UUID, None] = {}
        at: UUID | None = step.new.id
        while at is not None and at not in sound and at not in path:
            path[at] = None
            at = above.get(at)
        if path and at == step.new.id and step.given.manager_key not in (None, step.given.email_key):
            form.refuse(f"rows[{step.given.row}].manager", "manager_below")
        elif at is None or at in sound:
            sound.update(path)
