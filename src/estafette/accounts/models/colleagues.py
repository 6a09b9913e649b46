"""Employees as their colleagues see them, and the directory in which they are found."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.models.people import Card


class Colleague(Struct, frozen=True, kw_only=True):
    """An employee; `phone` is the one at work (E.164), `working_hours` are by the clock of `time_zone`.

    `deactivated_at` is set of who was one and cannot sign in any more; no list holds them.
    """

    id: UUID
    name: str
    picture: UUID | None
    email: str
    title: str
    department: str
    manager: Card | None
    phone: str | None
    working_hours: list[OpeningSpan]
    time_zone: str
    deactivated_at: datetime | None = None


class Colleagues(Struct, frozen=True, kw_only=True):
    """A page of the directory."""

    items: list[Colleague]
    next: str | None = None


class Department(Struct, frozen=True, kw_only=True):
    """A department and how many are in it; the empty name: those who are in none."""

    name: str
    people: int


class Departments(Struct, frozen=True, kw_only=True):
    """All departments by name."""

    items: list[Department]
    next: str | None = None


class EmployeeProfile(Struct, frozen=True, kw_only=True):
    """What is kept of an employee beside the person."""

    title: str = ""
    department: str = ""
    manager_id: UUID | None = None
    phone: str | None = None
    working_hours: tuple[OpeningSpan, ...] = ()


class EmployeeProfileChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes of an employee's profile; a field that is left out stays as it is.

    The time zone is that of the person, by whose clock working hours are.
    """

    title: str | UnsetType = UNSET
    department: str | UnsetType = UNSET
    manager_id: UUID | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    working_hours: list[OpeningSpan] | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
