"""What a workbook would become when it is unpacked, found before it is: a few bytes stand for any number of them."""

import re
import zipfile
from pathlib import Path
from typing import IO, Any, Final
from xml.parsers import expat

from estafette.base.tables.workbooks import MOST_ROWS

UNPACKED: Final = 1024**3
"""Bytes of all parts."""
WORDS: Final = 64 * 1024**2
"""Bytes of what is held in memory: everything but sheets, which are read row by row."""
ROW_BYTES: Final = 8 * 1024**2
ROW_ELEMENTS: Final = 100_000
"""From the beginning of a row to that of the next; the widest has 16,384 cells, of three elements at most."""
_PIECE: Final = 256 * 1024
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ROW_DEPTH: Final = 3


class WorkbookRefused(Exception):
    """A workbook is broken or too large: `code` tells which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_workbook(path: Path) -> None:
    """Looks through a workbook without building anything of it; blocks. Raises WorkbookRefused."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive)
    except WorkbookRefused:
        raise
    except Exception as error:
        raise WorkbookRefused("table_unreadable") from error


def _check(archive: zipfile.ZipFile) -> None:
    sizes = {each.filename: each.file_size for each in archive.infolist()}
    if "xl/workbook.xml" not in sizes or len(sizes) < len(archive.infolist()):
        raise WorkbookRefused("table_unreadable")
    sheets = {name for name in sizes if _SHEET.fullmatch(name)}
    words = sum(size for name, size in sizes.items() if name not in sheets)
    if sum(sizes.values()) > UNPACKED or words > WORDS:
        raise WorkbookRefused("table_too_large")
    others = sheets & _held(archive)
    if words + sum(sizes[name] for name in others) > WORDS:
        raise WorkbookRefused("table_too_large")
    for name in sorted(sheets - others):
        with archive.open(name) as part:
            _Rows().check(part)


def _held(archive: zipfile.ZipFile) -> set[str]:
    """Parts of which the workbook says that they are something else than a sheet, whatever their names are."""
    # Imported here: few ever read a workbook.
    from openpyxl.packaging.manifest import Manifest
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.xml.functions import fromstring

    types: Any = fromstring(archive.read("[Content_Types].xml"))
    manifest: Any = Manifest.from_tree(types)
    found = {each.PartName[1:] for each in manifest.Override if each.ContentType != _SHEET_TYPE}
    names = set(archive.namelist())
    for part in (found | {"xl/workbook.xml"}) & names:
        relations = get_rels_path(part)
        if relations in names:
            dependents: Any = get_dependents(archive, relations)
            found = found | {each.Target for each in dependents if not _is_sheet(each.Type)}
    return found


def _is_sheet(relation: str) -> bool:
    return relation.endswith("/worksheet") and "chartsheet" not in relation


class _Rows:
    """Counts what stands in each row of a sheet."""

    def __init__(self) -> None:
        self._depth = self._rows = self._elements = self._row_at = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        self._parser = parser

    def check(self, part: IO[bytes]) -> None:
        read = 0
        while piece := part.read(_PIECE):
            self._parser.Parse(piece, False)
            read += len(piece)
            if read - self._row_at > ROW_BYTES:
                raise WorkbookRefused("table_too_large")
        self._parser.Parse(b"", True)

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == _ROW_DEPTH and name.endswith("row"):
            self._rows += 1
            self._elements = 0
            self._row_at = self._parser.CurrentByteIndex
        self._elements += 1
        if self._elements > ROW_ELEMENTS or self._rows > MOST_ROWS:
            raise WorkbookRefused("table_too_large")

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _refuse(self, *_: object) -> None:
        raise WorkbookRefused("table_unreadable")
