"""What stands in the head of a page: for window titles, search engines, and previews of links (Open Graph)."""

import re
from typing import Any, Final, NamedTuple
from uuid import UUID

from estafette.accounts import Storefront
from estafette.base.languages import Language
from estafette.web.public_pages import pictures, texts
from estafette.web.public_pages.escaping import data, text

NAME: Final = "Estafette"
LONGEST: Final = 200
"""Of a description, in characters: what search engines and previews show at most."""
_LOCALES: Final[dict[Language, str]] = {"en": "en_GB", "fr": "fr_FR", "pt": "pt_BR", "ru": "ru_RU"}
# The signs of our markup (docs of messages): they mean nothing to whoever only quotes the words.
_MARKS: Final = re.compile(r"[*_~`]+(?=\S)|(?<=\S)[*_~`]+|^>\s?|^#+\s", re.MULTILINE)


class Head(NamedTuple):
    """What is said of a public page."""

    language: Language
    title: str
    text: str
    address: str
    """The one address of the page, whole."""
    kind: str = "website"
    picture: str | None = None
    """The whole address of the picture of a preview."""
    wide: bool = False
    picture_name: str = ""


def summary(partner: Storefront, language: Language) -> str:
    """A partner in a sentence or two: its own words where there are some."""
    said = " ".join(_MARKS.sub("", partner.description).split())
    words = " · ".join(each for each in (partner.tagline, said) if each)
    return shortened(words or texts.WRITE_TO.say(language, name=partner.name))


def shortened(words: str) -> str:
    """The beginning, cut between words."""
    if len(words) <= LONGEST:
        return words
    cut = words[: LONGEST - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.–—-·") + "…"


def preview(origin: str, partner: Storefront) -> tuple[str | None, bool]:
    """The picture of a storefront's preview, and whether it is a wide one."""
    shown: UUID | None = partner.cover or partner.picture
    return (pictures.card(origin, shown), partner.cover is not None) if shown else (None, False)


def head(page: Head, structured: dict[str, Any]) -> str:
    """The elements. Each that is about this page alone is marked, so that the web app takes them away with the page."""
    title = text(f"{page.title} · {NAME}")
    named: dict[str, str | None] = {
        "description": page.text,
        "twitter:card": "summary_large_image" if page.wide else "summary",
    }
    graph: dict[str, str | None] = {
        "og:type": page.kind,
        "og:site_name": NAME,
        "og:title": page.title,
        "og:description": page.text,
        "og:url": page.address,
        "og:locale": _LOCALES[page.language],
        "og:image": page.picture,
        "og:image:alt": page.picture_name if page.picture else None,
    }
    return "".join(
        (
            f"<title>{title}</title>",
            *(f'<meta name="{name}" content="{text(said)}" data-page>' for name, said in named.items() if said),
            f'<link rel="canonical" href="{text(page.address)}" data-page>',
            *(f'<meta property="{name}" content="{text(said)}" data-page>' for name, said in graph.items() if said),
            data("application/ld+json", structured, " data-page"),
        )
    )


def unlisted(title: str | None = None) -> str:
    """The head of what no search engine is to list."""
    shown = f"{title} · {NAME}" if title else NAME
    return f'<title>{text(shown)}</title><meta name="robots" content="noindex" data-page>'
