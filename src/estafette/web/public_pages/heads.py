"""What stands in the head of a page: for window titles, search engines, and previews of links (Open Graph)."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from estafette.accounts import Storefront
from estafette.base.images.widths import jpeg_size
from estafette.base.languages import Language
from estafette.files import File
from estafette.web.public_pages import pictures, texts
from estafette.web.public_pages.escaping import data, text

NAME: Final = "Estafette"
MARK_SIDE: Final = 512
LONGEST: Final = 200
"""Of a description, in characters: what search engines and previews show at most."""
# Of a preview: once its width is this many times its height.
_WIDE: Final = 1.5
_LOCALES: Final[dict[Language, str]] = {"en": "en_GB", "fr": "fr_FR", "pt": "pt_BR", "ru": "ru_RU"}
# The signs of our markup (docs of messages): they mean nothing to whoever only quotes the words.
_MARKS: Final = re.compile(r"[*_~`]+(?=\S)|(?<=\S)[*_~`]+|^>\s?|^#+\s", re.MULTILINE)


class Preview(NamedTuple):
    """The picture of a preview."""

    address: str
    """Whole, since it is fetched by others."""
    name: str
    width: int | None = None
    height: int | None = None

    @property
    def wide(self) -> bool:
        """Wide enough to stand above the words instead of beside them."""
        return self.width is not None and self.height is not None and self.width >= _WIDE * self.height


class Head(NamedTuple):
    """What is said of a public page."""

    language: Language
    title: str
    text: str
    address: str
    """The one address of the page, whole."""
    kind: str = "website"
    picture: Preview | None = None


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


def mark(origin: str) -> Preview:
    """The sign of the product, for pages that are about no partner or about one without pictures."""
    return Preview(f"{origin}/icon-512.png", NAME, MARK_SIDE, MARK_SIDE)


def preview(origin: str, partner: Storefront, described: Mapping[UUID, File]) -> Preview:
    """The picture of a storefront's preview, of which something is known."""
    shown = partner.cover or partner.picture
    if shown is None:
        return mark(origin)
    file = described.get(shown)
    size = jpeg_size(file.width, file.height) if file and file.width and file.height else (None, None)
    return Preview(pictures.card(origin, shown), partner.name, *size)


def head(page: Head, structured: dict[str, Any]) -> str:
    """The elements. Each that is about this page alone is marked, so that the web app takes them away with the page."""
    title = text(f"{page.title} · {NAME}")
    named: dict[str, str | None] = {
        "description": page.text,
        "twitter:card": "summary_large_image" if page.picture and page.picture.wide else "summary",
    }
    graph: dict[str, str | None] = {
        "og:type": page.kind,
        "og:site_name": NAME,
        "og:title": page.title,
        "og:description": page.text,
        "og:url": page.address,
        "og:locale": _LOCALES[page.language],
        "og:image": page.picture and page.picture.address,
        "og:image:width": page.picture and _digits(page.picture.width),
        "og:image:height": page.picture and _digits(page.picture.height),
        "og:image:alt": page.picture and page.picture.name,
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


def _digits(pixels: int | None) -> str | None:
    return None if pixels is None else str(pixels)


def unlisted(title: str | None = None) -> str:
    """The head of what no search engine is to list."""
    shown = f"{title} · {NAME}" if title else NAME
    return f'<title>{text(shown)}</title><meta name="robots" content="noindex" data-page>'
