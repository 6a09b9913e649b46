"""What the rows of a file of people may say, without a database."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from estafette.accounts.models.imports import Column, ImportedPerson, ImportFile
from estafette.accounts.rules import directory, people
from estafette.accounts.rules.forms import Form, Wrong
from estafette.accounts.rules.tables import MAX_BYTES, read_table
from estafette.accounts.rules.words import folded
from estafette.base.languages import LANGUAGES, Language

Read = TypeVar("Read")

FAULTS: Final = 100
"""Named at most; whoever has more has the same fault in every row."""

_NAMES: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("English", "anglais", "inglês", "английский"),
    "fr": ("French", "français", "francês", "французский"),
    "pt": ("Portuguese", "português", "portugais", "португальский"),
    "ru": ("Russian", "русский", "russe", "russo"),
}
_BY_NAME: Final[dict[str, Language]] = {folded(name): language for language, names in _NAMES.items() for name in names}


def read_import(content: bytes, language: Language, zone: str) -> ImportFile:
    """The people of a file; numbers without a country are of the row's zone or language, else of the ones given.

    Raises Invalid: `file`, `columns.…` and `rows[row].column` are wrong, rows as spreadsheets count them.
    """
    with Form() as form:
        file = _read(form, content, language, zone)
        del form.errors[FAULTS:]
    assert file is not None  # noqa: S101 - else something was noted
    return file


def _read(form: Form, content: bytes, language: Language, zone: str) -> ImportFile | None:
    if len(content) > MAX_BYTES:
        form.refuse("file", "too_long_file", max=MAX_BYTES // 1024 // 1024)
        return None
    table = read_table(form, content)
    if table is None or form.errors:
        return None
    found: list[ImportedPerson] = []
    first: dict[str, int] = {}
    for number, cells in table.rows:
        person = _person(form, number, cells, language, zone)
        earlier = first.setdefault(person.email_key, number)
        if person.email_key and earlier != number:
            form.refuse(f"rows[{number}].email", "email_twice", row=earlier)
        if person.manager_key is not None and person.manager_key == person.email_key:
            form.refuse(f"rows[{number}].manager", "manager_below")
        found.append(person)
    if not found:
        form.refuse("file", "no_rows")
    return ImportFile(
        people=found,
        columns=table.columns,
        ignored=table.ignored,
        encoding=table.encoding,
        separator=table.separator,
    )


def _person(form: Form, row: int, cells: Mapping[Column, str], language: Language, zone: str) -> ImportedPerson:
    def read(column: Column, rule: Callable[[str], Read]) -> Read | None:
        cell = cells.get(column, "").strip()
        if not cell:
            return None
        before = len(form.errors)
        value = form.read(f"rows[{row}].{column}", lambda text: rule(text), cell)
        return value if len(form.errors) == before else None

    if not cells.get("email", "").strip():
        form.refuse(f"rows[{row}].email", "required")
    email = read("email", people.email) or ""
    spoken = read("language", language_named)
    at = read("time_zone", people.time_zone)
    return ImportedPerson(
        row=row,
        email=email,
        email_key=people.email_key(email),
        name=read("name", _plain(people.name)),
        title=read("title", _plain(directory.text)),
        department=read("department", _plain(directory.text)),
        manager_key=read("manager", lambda text: people.email_key(people.email(text))),
        phone=read("phone", people.phone_in(spoken or language, at or zone)),
        time_zone=at,
        language=spoken,
    )


def _plain(rule: Callable[[str], str]) -> Callable[[str], str]:
    """A text that no spreadsheet takes for a formula, when these people are saved as a table again."""

    def read(text: str) -> str:
        if text.startswith(("=", "+", "@")) or (text.startswith("-") and len(text) > 1):
            raise Wrong("formula")
        return rule(text)

    return read


def language_named(text: str) -> Language:
    """The language of a name in one of the four languages, or of a code such as pt-BR. Raises Wrong."""
    plain = folded(text)
    named = _BY_NAME.get(plain)
    if named is not None:
        return named
    code = plain.replace("_", "-").partition("-")[0]
    if code not in LANGUAGES:
        raise Wrong("language_unknown")
    return code
