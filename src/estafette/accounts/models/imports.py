"""People of a file: as they were read from it, and what came or would come of them."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from estafette.base.languages import Language

Column = Literal["name", "email", "title", "department", "manager", "phone", "time_zone", "language"]
What = Literal["new", "changed", "unchanged", "invited"]
"""`invited`: there is an account whose address nobody has proved, so that only the mailed link makes an employee."""


class ImportedPerson(Struct, frozen=True, kw_only=True):
    """A row as it was understood; what is None was not said, and stays as it is. `manager_key` is an address."""

    row: int
    email: str
    email_key: str
    name: str | None = None
    title: str | None = None
    department: str | None = None
    manager_key: str | None = None
    phone: str | None = None
    time_zone: str | None = None
    language: Language | None = None


class ImportFile(Struct, frozen=True, kw_only=True):
    """A whole file without a fault; the columns are those that are known, the ignored ones as the file calls them."""

    people: list[ImportedPerson]
    columns: list[Column]
    ignored: list[str]
    encoding: str
    separator: str


class EmployeeRow(Struct, frozen=True, kw_only=True):
    """Somebody as they are stored now, with all that a file can say about them."""

    id: UUID
    email: str
    email_key: str
    name: str
    language: Language
    time_zone: str
    title: str
    department: str
    manager_id: UUID | None
    phone: str | None
    is_employee: bool
    is_service: bool
    is_disabled: bool
    is_confirmed: bool
    has_password: bool


class ImportChange(Struct, frozen=True, kw_only=True):
    """What a row does; `columns` are those that change, empty for who is new."""

    row: int
    email: str
    name: str
    what: What
    columns: list[Column]


class ImportReport(Struct, frozen=True, kw_only=True):
    """What an import does, or did; `items` are the first rows that change anything, `mails` how many are invited."""

    new: int
    changed: int
    unchanged: int
    invited: int
    mails: int
    items: list[ImportChange]
    columns: list[Column]
    ignored: list[str]
    encoding: str
    separator: str
    carries_mail: bool
