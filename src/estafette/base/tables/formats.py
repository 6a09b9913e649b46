"""What kind of table a file is: told from its bytes, with how its records are to be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

from estafette.base.tables.encodings import codec, encoding_of, separator_of
from estafette.base.tables.workbook_sizes import WorkbookRefused, check_workbook

Format = Literal["csv", "xlsx", "jsonl"]
LINE_CHARACTERS: Final = 100_000
_ZIP: Final = b"PK\x03\x04"
_PIECE: Final = 1024 * 1024


class TableFormat(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is read; `lines` is about how many records it has, never fewer for CSV and JSON Lines."""

    format: Format
    encoding: str = "UTF-8"
    separator: str = ","
    lines: int


class Unreadable(Exception):
    """The file is no table: `code` tells why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def format_of(path: Path) -> TableFormat:
    """The format of a file, which is read to its end; blocks. Raises Unreadable."""
    with path.open("rb") as file:
        head = file.read(len(_ZIP))
    if not head:
        raise Unreadable("required")
    if head == _ZIP:
        try:
            check_workbook(path)
        except WorkbookRefused as refused:
            raise Unreadable(refused.code) from refused
        return TableFormat(format="xlsx", lines=0)
    encoding = encoding_of(_pieces(path))
    lines = sum(piece.count(b"\n") for piece in _pieces(path)) + 1
    first = _first_line(path, encoding)
    if first.startswith("{"):
        return TableFormat(format="jsonl", encoding=encoding, lines=lines)
    if "\0" in first:
        raise Unreadable("table_unreadable")
    return TableFormat(format="csv", encoding=encoding, separator=separator_of(first), lines=lines)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _first_line(path: Path, encoding: str) -> str:
    with path.open(encoding=codec(encoding), errors="replace") as file:
        while line := file.readline(LINE_CHARACTERS + 1):
            if len(line) > LINE_CHARACTERS:
                raise Unreadable("line_too_long", max=LINE_CHARACTERS)
            if line.strip("\ufeff \t\r\n"):
                return line.strip("\ufeff \r\n")
    raise Unreadable("required")
