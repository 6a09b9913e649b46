"""Days as people type them into a search: `2026-11-30`, `2026-11`, `2026`, today, yesterday in four languages."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

Span = tuple[date, date]
"""A first day, and the first one that is no longer meant."""

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_AGO: Final = {
    "today": 0,
    "aujourd'hui": 0,
    "hoje": 0,
    "сегодня": 0,
    "yesterday": 1,
    "hier": 1,
    "ontem": 1,
    "вчера": 1,
}
_FIRST: Final = 1970
_LAST: Final = 9998


def days_of(value: str) -> Callable[[date], Span] | None:
    """Which days are meant, told from today's date; None for what names no day."""
    ago = _AGO.get(value.lower().replace("\u2019", "'"))
    if ago is not None:
        return lambda today: (today - timedelta(days=ago), today - timedelta(days=ago - 1))
    found = _ISO.fullmatch(value)
    if found is None or not _FIRST <= int(found[1]) <= _LAST:
        return None
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    try:
        first = date(year, month, day)
    except ValueError:
        return None
    if found[3]:
        end = first + timedelta(days=1)
    elif found[2]:
        end = date(year + month // 12, month % 12 + 1, 1)
    else:
        end = date(year + 1, 1, 1)
    return lambda today: (first, end)
