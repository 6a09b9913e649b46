"""Lists page by page: where the next page begins, and what a search in a list looks for."""

from base64 import urlsafe_b64decode
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from estafette.accounts.models.lists import ListCursor
from estafette.accounts.rules.forms import Wrong
from estafette.accounts.rules.words import folded, line

PAGE: Final = 50
LONGEST_QUERY: Final = 200

_query = line(LONGEST_QUERY, shortest=0)


def position(cursor: str | None) -> ListCursor | None:
    """The position that a cursor names; none for none."""
    if not cursor:
        return None
    try:
        found = msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=ListCursor)
    except (ValueError, msgspec.MsgspecError) as error:
        raise Wrong("unknown") from error
    if "\0" in found.key:
        raise Wrong("unknown")
    return found


def moment(cursor: str | None) -> tuple[datetime, UUID] | None:
    """As `position`, where a list is sorted by time."""
    found = position(cursor)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(found.key)
    except ValueError as error:
        raise Wrong("unknown") from error
    if at.tzinfo is None:
        raise Wrong("unknown")
    return at, found.id


def patterns(query: str | None) -> list[str]:
    """LIKE patterns, one for each word of a query, all of which must be found; empty: everything is."""
    words = folded(_query(query or "")).split()
    return [f"%{_escaped(word)}%" for word in words]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
