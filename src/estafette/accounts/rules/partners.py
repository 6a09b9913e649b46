"""What a partner's storefront may say."""

from typing import Final
from unicodedata import category
from urllib.parse import urlsplit

from estafette.accounts.rules.forms import Wrong
from estafette.accounts.rules.words import line, optional_line, paragraphs
from estafette.base.visible import is_visible, trimmed

NAME_CHARACTERS: Final = 120
WEBSITE_CHARACTERS: Final = 500

name = line(NAME_CHARACTERS)
tagline = line(160, shortest=0)
description = paragraphs(5_000)
city = optional_line(120)
confirmation_text = paragraphs(1_000)


def website(value: str | None) -> str | None:
    """An http or https address without credentials; an empty one is none."""
    url = trimmed(value or "")
    if not is_visible(url):
        return None
    if len(url) > WEBSITE_CHARACTERS:
        raise Wrong("too_long", max=WEBSITE_CHARACTERS)
    if any(category(each)[0] in "CZ" for each in url):
        raise Wrong("website_invalid")
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise Wrong("website_invalid") from error
    if not sound or parts.username is not None or "\\" in url:
        raise Wrong("website_invalid")
    return url
