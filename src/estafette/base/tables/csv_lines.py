"""Rows of CSV (RFC 4180) for spreadsheets, in which nothing that strangers wrote is taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from estafette.base.languages import Language
from estafette.base.tables.cells import Cell

# With these a cell begins to be computed, in one program or another; full width ones are taken for plain ones.
_SIGN: Final = "[-=+@%\uff1d\uff0b\uff0d\uff20]"
# A program that is told another separator than ours cuts a cell in two, whatever quotes stand around it: `x;=1+1;y`
# holds a cell `=1+1`. Between separator and sign may stand what such a program leaves out.
_BETWEEN: Final = r"""[\s;,|:"'\u200b\ufeff]"""
# A sign is a dash only where a space or the end of the line makes a cell of it alone. At the end of ours the quotes and
# the next cell go on with what it begins: `" =","&A1 x"` holds a cell `=","&A1` where spaces separate.
# Each stretch is looked at once, from its first character: a cell of thousands of separators costs no more.
_COMPUTES: Final = re.compile(
    rf"(?P<between>\A{_BETWEEN}*+|(?<!{_BETWEEN}){_BETWEEN}++)(?P<sign>{_SIGN})(?=(?P<alone>[ \r\n])?)"
)
_SEPARATES: Final = re.compile(r"[^\S \u00a0]|[;,|:]")
# What some leave out in front of a cell, or take for a call of another program.
_ODD: Final = ("\t", "\r", "\n", "|")
# With a space behind the country's code it is text for every spreadsheet, and there is nothing in it to be computed.
_PHONE: Final = re.compile(r"\+\d{1,3}(?: \d[\d-]*)+")
MARK: Final = b"\xef\xbb\xbf"
"""Tells spreadsheets that UTF-8 follows."""
SEPARATORS: Final[dict[Language, str]] = {"en": ",", "fr": ";", "pt": ";", "ru": ";"}
"""What spreadsheets expect between cells where that language is spoken: a comma separates decimals in most of them."""


def lines(rows: Iterable[Sequence[Cell]], language: Language) -> bytes:
    """The rows as they stand in the file, every cell in quotes; moments such as 2026-05-17 09:30."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=SEPARATORS[language], quoting=csv.QUOTE_ALL)
    writer.writerows(
        [_text(cell) if isinstance(cell, int | float) else _harmless(_text(cell)) for cell in row] for row in rows
    )
    return target.getvalue().encode("utf-8", "replace")


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float):
        return str(cell).lower() if isinstance(cell, bool) else f"{cell:.15g}"
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell.isoformat()


def _harmless(cell: str) -> str:
    """The cell with an apostrophe, which makes text of what follows, wherever a computation could begin."""
    if _PHONE.fullmatch(cell):
        return cell
    marked = _COMPUTES.sub(_marked, cell)
    return f"'{marked}" if marked.startswith(_ODD) else marked


def _marked(match: re.Match[str]) -> str:
    between, sign = match["between"], match["sign"]
    # Right before the sign: what stands further ahead of it may be cut off with a cell of its own.
    if match.start() > 0 and match["alone"] is not None and _SEPARATES.search(between) is None:
        return match[0]
    return f"{between}'{sign}"
