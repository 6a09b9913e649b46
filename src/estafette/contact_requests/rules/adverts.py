"""What an advert may say."""

import re
from typing import Final
from unicodedata import category
from urllib.parse import urlsplit

from estafette.base.errors import FieldError, Invalid
from estafette.base.visible import is_visible, trimmed

TITLE: Final = 160
REFERENCE: Final = 100
LINK: Final = 2_000
ADVERTS: Final = 10_000

# Control characters, half surrogate pairs, line ends, and what turns the direction of a text around.
_NOT_IN_A_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def check_advert(title: str, reference: str | None, link: str | None) -> tuple[str, str | None, str | None]:
    """Title, reference and link as they are stored, trimmed, an empty link being none; raises Invalid with all."""
    wrong: list[FieldError] = []
    title = _line("title", title, TITLE, wrong)
    reference = None if reference is None else _line("reference", reference, REFERENCE, wrong)
    link = trimmed(link or "") or None
    if link is not None and len(link) > LINK:
        wrong.append(FieldError("link", "too_long", {"max": LINK}))
    elif link is not None and not _is_link(link):
        wrong.append(FieldError("link", "link_invalid"))
    if wrong:
        raise Invalid(*wrong)
    return title, reference, link


def _line(field: str, value: str, longest: int, wrong: list[FieldError]) -> str:
    text = value.strip()
    if _NOT_IN_A_LINE.search(text):
        wrong.append(FieldError(field, "forbidden_character"))
    elif len(text) > longest:
        wrong.append(FieldError(field, "too_long", {"max": longest}))
    elif not is_visible(text):
        wrong.append(FieldError(field, "required"))
    return text


def _is_link(text: str) -> bool:
    """Whether this is an http or https address without credentials, spaces and backslashes."""
    if any(category(each)[0] in "CZ" for each in text) or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        return False
