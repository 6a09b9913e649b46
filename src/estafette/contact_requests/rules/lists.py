"""What is looked for in a list."""

from typing import Final

from estafette.accounts import folded
from estafette.base.errors import invalid

LONGEST_QUERY: Final = 200


def query(q: str | None) -> str | None:
    """What was typed, without needless space; none for nothing. Raises Invalid."""
    cleaned = " ".join((q or "").split())
    if len(cleaned) > LONGEST_QUERY:
        raise invalid("q", "too_long", max=LONGEST_QUERY)
    return cleaned or None


def patterns(q: str | None) -> list[str]:
    """LIKE patterns, one for each word, all of which must be found; raises Invalid."""
    return [f"%{_escaped(word)}%" for word in folded(query(q) or "").split()]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
