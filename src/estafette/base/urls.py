"""The forms of addresses in the web."""

import re
from typing import Final
from urllib.parse import urlsplit

CHARACTERS: Final = 2_000
ONE_CLICK_CHARACTERS: Final = 900  # RFC 5322 allows 998 in a line


def is_url(text: str, *schemes: str) -> bool:
    """Whether this is an absolute URL of one of these schemes, at most 2,000 characters."""
    if len(text) > CHARACTERS:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0 and " " not in text
    except ValueError:
        return False


def is_one_click(text: str) -> bool:
    """Whether a URL fits into List-Unsubscribe (RFC 8058): https, in ASCII, and within one line of a letter."""
    return is_url(text, "https") and len(text) <= ONE_CLICK_CHARACTERS and re.fullmatch(r"[!-;=?-~]+", text) is not None
