"""How long an answer asks to wait before the next request."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = 86_400.0


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After names, as a number or as a date (RFC 9110, 10.2.3), at most a day; None without."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(LONGEST, float(value[:9]))
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    seconds = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(LONGEST, max(0.0, seconds))
