"""The forms of recipients and addresses."""

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize
from urllib.parse import urlsplit

import phonenumbers

URL: Final = 2_000
EMAIL: Final = 254
PHONE: Final = 40

# RFC 5321 leaves more room than any mailbox uses; what a relay refuses is said by the relay.
_ADDRESS: Final = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}@[^\s@<>()\[\]\\,;:\"]{1,189}\.[^\s@<>()\[\]\\,;:\".]{1,63}")


@lru_cache(10_000)
def phone(text: str) -> str | None:
    """E.164, for numbers that are possible: whether one is in use changes faster than any table of them.

    Remembered: a number is asked about more than once on its way, and many are written to again.
    """
    if not text.startswith("+") or len(text) > PHONE:
        return None
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or number.extension:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_address(text: str) -> bool:
    """Whether this has the form of a mailbox."""
    return len(text) <= EMAIL and _ADDRESS.fullmatch(text) is not None


def mailbox(text: str) -> str | None:
    """An e-mail address in the form that can be written to, however wide its characters were typed; None for none."""
    plain = normalize("NFKC", text.strip())
    return plain if is_address(plain) else None


def is_url(text: str, *schemes: str) -> bool:
    """Whether this is an absolute URL of one of these schemes, at most 2,000 characters."""
    if len(text) > URL:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0 and " " not in text
    except ValueError:
        return False
