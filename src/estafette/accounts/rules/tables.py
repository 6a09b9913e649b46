"""Reading a table that a spreadsheet has saved as CSV: its encoding, what separates its cells, and its columns."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from estafette.accounts.models.imports import Column
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.words import folded
from estafette.base.tables.encodings import decoded, separator_of

LONGEST_ROWS: Final = 10_000
MAX_BYTES: Final = 5 * 1024 * 1024
COLUMNS: Final = 60
_BETWEEN: Final = re.compile(r"[\W_]+")

HEADINGS: Final[dict[Column, tuple[str, ...]]] = {
    "name": ("name", "full name", "nom", "nom complet", "nom et prénom", "nome", "nome completo", "имя", "фио",
             "имя и фамилия", "фамилия и имя"),
    "email": ("e-mail", "e-mail address", "mail", "work e-mail", "adresse e-mail", "courriel", "adresse électronique",
              "endereço de e-mail", "correio eletrônico", "почта", "эл. почта", "электронная почта",
              "адрес эл. почты", "адрес электронной почты"),
    "title": ("title", "job title", "position", "fonction", "poste", "intitulé du poste", "cargo", "função",
              "должность"),
    "department": ("department", "team", "service", "département", "équipe", "setor", "departamento", "área",
                   "отдел", "подразделение"),
    "manager": ("manager", "manager e-mail", "line manager", "responsable", "e-mail du responsable", "supérieur",
                "gestor", "gerente", "e-mail do gestor", "руководитель", "почта руководителя"),
    "phone": ("phone", "work phone", "phone at work", "telephone", "phone number", "téléphone",
              "téléphone professionnel", "telefone", "telefone do trabalho", "телефон", "рабочий телефон"),
    "time_zone": ("time zone", "timezone", "fuseau horaire", "fuso horário", "часовой пояс"),
    "language": ("language", "langue", "idioma", "língua", "язык"),
}  # fmt: skip


class Table(NamedTuple):
    """A table whose headings are known; a row is its place as spreadsheets count, and its cells by column."""

    rows: list[tuple[int, dict[Column, str]]]
    columns: list[Column]
    ignored: list[str]
    encoding: str
    separator: str


def read_table(form: Form, content: bytes) -> Table | None:
    """The table in a file; what is wrong is noted under `file`, `columns` and `rows[row]`."""
    text, encoding = decoded(content)
    lines = text.lstrip("\ufeff")
    first = next((line for line in lines.splitlines() if line.strip()), "")
    # What parts the most headings that are known.
    separator = separator_of(first, lambda cell: _column(cell) is not None)
    try:
        records = list(csv.reader(io.StringIO(lines, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        form.refuse("file", "table_unreadable")
        return None
    head = next((each for each in records if any(cell.strip() for cell in each)), None)
    if head is None:
        form.refuse("file", "required")
        return None
    if len(head) > COLUMNS:
        form.refuse("columns", "too_many", max=COLUMNS)
        return None
    places, ignored = _columns(form, head)
    start = records.index(head) + 1
    rows: list[tuple[int, dict[Column, str]]] = []
    for number, record in enumerate(records[start:], start + 1):
        if not any(cell.strip() for cell in record):
            continue
        if any(cell.strip() for cell in record[len(head) :]):
            form.refuse(f"rows[{number}]", "too_many_cells", max=len(head))
        rows.append((number, {column: record[at] for column, at in places.items() if at < len(record)}))
    if len(rows) > LONGEST_ROWS:
        form.refuse("file", "too_many_rows", max=LONGEST_ROWS)
        return None
    return Table(rows, list(places), ignored, encoding, separator)


def _columns(form: Form, head: Sequence[str]) -> tuple[dict[Column, int], list[str]]:
    places: dict[Column, int] = {}
    ignored: list[str] = []
    for at, heading in enumerate(head):
        column = _column(heading)
        if column is None:
            ignored += [heading.strip()[:80]] if heading.strip() else []
        elif column in places:
            form.refuse(f"columns.{column}", "column_twice")
        else:
            places[column] = at
    for needed in ("name", "email"):
        if needed not in places:
            form.refuse(f"columns.{needed}", "column_missing")
    return places, ignored


def _column(heading: str) -> Column | None:
    return _BY_HEADING.get(_plain(heading.strip().strip('"')))


def _plain(heading: str) -> str:
    return _BETWEEN.sub("", folded(heading))


_BY_HEADING: Final[dict[str, Column]] = {
    _plain(heading): column for column, headings in HEADINGS.items() for heading in (column, *headings)
}
