"""The records of a table, one after the other, however long it is; what cannot be read is told by its line."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple, TextIO

from estafette.base.tables.cells import storable
from estafette.base.tables.encodings import codec
from estafette.base.tables.formats import LINE_CHARACTERS, TableFormat, Unreadable
from estafette.base.tables.workbooks import MOST_ROWS

COLUMNS: Final = 100
HEAD_CHARACTERS: Final = 100
# Objects have no head: so many are looked at for the names of their values.
_LOOKED_AT: Final = 100


class Record(NamedTuple):
    """A row: its place as spreadsheets count (a head is 1), and its cells, or the code of why it cannot be read."""

    row: int
    cells: list[str]
    wrong: str = ""


def columns_of(path: Path, form: TableFormat) -> list[str]:
    """The heads of a table; blocks. Raises Unreadable when there are none or too many."""
    try:
        if form.format == "jsonl":
            found: dict[str, None] = {}
            for line in islice(_lines(path, form), _LOOKED_AT):
                found |= dict.fromkeys(map(_head, _object(line) or ()))
            columns = list(found)
        else:
            rows = _rows(path, form)
            columns = [_head(cell.strip()) for cell in next((each.cells for each in rows if any(each.cells)), [])]
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("table_unreadable") from error
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise Unreadable("table_unreadable")
    if len(columns) > COLUMNS:
        raise Unreadable("too_many", max=COLUMNS)
    return columns


def records_of(path: Path, form: TableFormat, columns: list[str]) -> Iterator[Record]:
    """The records below the heads, empty ones left out; blocks. A workbook that breaks off raises Unreadable."""
    if form.format == "jsonl":
        yield from _objects(path, form, columns)
        return
    wide = len(columns)
    below = False
    for record in _rows(path, form):
        if record.wrong:
            yield record
        elif any(cell and not cell.isspace() for cell in record.cells):
            if not below:
                below = True  # the heads
                continue
            cells = record.cells
            if len(cells) > wide and any(cell.strip() for cell in cells[wide:]):
                yield Record(record.row, cells[:COLUMNS], "too_many_cells")
            else:
                yield Record(record.row, cells[:wide] + [""] * (wide - len(cells)))


def _head(text: str) -> str:
    return storable(text[:HEAD_CHARACTERS])


def _rows(path: Path, form: TableFormat) -> Iterator[Record]:
    return _cells(path) if form.format == "xlsx" else _separated(path, form)


def _separated(path: Path, form: TableFormat) -> Iterator[Record]:
    reader = csv.reader(_lines(path, form), delimiter=form.separator)
    row = 0
    while True:
        row += 1
        try:
            yield Record(row, next(reader))
        except StopIteration:
            return
        except csv.Error:
            yield Record(row, [], "line_unreadable")


def _lines(path: Path, form: TableFormat) -> Iterator[str]:
    """The lines with their ends; of one that is too long no more than a part, of which the reader refuses the cell."""
    with path.open(encoding=codec(form.encoding), errors="replace", newline="") as file:
        for line in _bounded(file):
            yield line.removeprefix("\ufeff")


def _bounded(file: TextIO) -> Iterator[str]:
    while line := file.readline(LINE_CHARACTERS):
        if len(line) == LINE_CHARACTERS and not line.endswith(("\n", "\r")):
            while (rest := file.readline(LINE_CHARACTERS)) and not rest.endswith(("\n", "\r")):
                pass
            # More than any cell may hold, so that it is refused as a whole.
            line = "\0" * (csv.field_size_limit() + 1) + "\n"
        yield line


def _objects(path: Path, form: TableFormat, columns: list[str]) -> Iterator[Record]:
    for row, line in enumerate(_lines(path, form), 1):
        if not line.strip():
            continue
        value = _object(line)
        if value is None:
            yield Record(row, [], "line_unreadable")
        elif any(isinstance(each, dict | list) for each in value.values()):
            yield Record(row, [], "value_nested")
        else:
            cells = {_head(name): cell for name, cell in value.items()}
            yield Record(row, [_json_text(cells.get(name)) for name in columns])


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _json_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


def _cells(path: Path) -> Iterator[Record]:
    # Imported here: few ever read a workbook.
    import openpyxl

    try:
        with path.open("rb") as file:
            book: Any = openpyxl.load_workbook(file, read_only=True, data_only=True)
            sheet: Any = book.worksheets[0]
            # What it says of its own size may be wrong.
            sheet.reset_dimensions()
            # Rows that a file leaves out come as empty ones, whatever number the next has: a sheet has no more.
            rows = sheet.iter_rows(values_only=True, max_col=COLUMNS + 1, max_row=MOST_ROWS)
            for row, cells in enumerate(rows, 1):
                if cells.count(None) < len(cells):
                    yield Record(row, [_cell_text(each) for each in cells])
    except Exception as error:
        raise Unreadable("table_unreadable") from error


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
