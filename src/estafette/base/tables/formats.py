"""What kind of table a file is: told from its bytes, with how its records are to be read."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

from estafette.base.tables.encodings import codec, encoding_of, separator_of

Format = Literal["csv", "xlsx", "jsonl"]
LINE_CHARACTERS: Final = 100_000
_ZIP: Final = b"PK\x03\x04"
_PIECE: Final = 1024 * 1024
# What a workbook may become when it is unpacked; its words are held in memory.
_UNPACKED: Final = 4 * 1024**3
_WORDS: Final = 256 * 1024**2


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
        _check_workbook(path)
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


def _check_workbook(path: Path) -> None:
    """A few bytes unpack to any number of them, so their sizes are looked at first."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("table_unreadable") from error
    if not any(each.filename == "xl/workbook.xml" for each in entries):
        raise Unreadable("table_unreadable")
    words = sum(each.file_size for each in entries if "worksheets" not in each.filename)
    if words > _WORDS or sum(each.file_size for each in entries) > _UNPACKED:
        raise Unreadable("table_too_large")
