"""What stands in the cells of a table."""

from datetime import date

Cell = str | date | int | float
"""Words, a number, yes or no, a day, or a moment (a datetime without zone, as clocks where it is read show it)."""


def storable(text: str) -> str:
    """Words as a database can keep them: in place of NUL and of halves of characters stands something harmless."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
