"""Rows for spreadsheets (RFC 4180), in which nothing that strangers wrote is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

# With these a cell begins to be computed, in one program or another.
_COMPUTES: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
MARK: Final = b"\xef\xbb\xbf"
"""Tells spreadsheets that UTF-8 follows."""


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as they stand in the file."""
    target = io.StringIO()
    csv.writer(target).writerows([_harmless(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8", "replace")


def _harmless(cell: str) -> str:
    # Full width signs are taken for plain ones by some.
    begins = cell.lstrip(" \u00a0").translate({0xFF1D: "=", 0xFF0B: "+", 0xFF0D: "-", 0xFF20: "@"})
    return f"'{cell}" if begins.startswith(_COMPUTES) else cell
