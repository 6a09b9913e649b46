"""How links to documents look: an address in which `{id}` is one whole segment of the path, or one value of the query.

No more than that can be said by a pattern, so that none can be slow or match what nobody meant.
"""

from functools import lru_cache
from typing import Final
from unicodedata import category
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

import idna
import msgspec

from estafette.accounts import Wrong
from estafette.base.visible import is_visible

PLACE: Final = "{id}"
CHARACTERS: Final = 500
LINK: Final = 2_000
DOCUMENT: Final = 200
_PORTS: Final = {"http": 80, "https": 443}
_NO_NAMES: Final = frozenset((".", ".."))
_UNSAID: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


class Pattern(msgspec.Struct, frozen=True):
    """A pattern in its parts; those of path and query are decoded."""

    origin: str
    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]


class Link(msgspec.Struct, frozen=True):
    """A link in its parts, decoded likewise."""

    origin: str
    segments: tuple[str, ...]
    query: dict[str, str]


@lru_cache(maxsize=1_000)
def read_pattern(text: str) -> Pattern:
    """A pattern in its parts; raises Wrong."""
    if len(text) > CHARACTERS:
        raise Wrong("too_long", max=CHARACTERS)
    parts = _split(text)
    if parts is None or parts.fragment:
        raise Wrong("document_pattern_invalid")
    segments = tuple(unquote(each) for each in _segments(parts.path))
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    places = [*segments, *(value for _, value in query)]
    if places.count(PLACE) != 1 or any("{" in each or "}" in each for each in [*places, *dict(query)] if each != PLACE):
        raise Wrong("document_pattern_invalid")
    return Pattern(_origin(parts), segments, query)


def read_link(text: str) -> Link | None:
    """A link in its parts; None for what is no address of a page."""
    parts = _split(text)
    if parts is None:
        return None
    segments = tuple(unquote(each) for each in _segments(parts.path))
    return Link(_origin(parts), segments, dict(parse_qsl(parts.query, keep_blank_values=True)))


def document_in(pattern: Pattern, link: Link) -> str | None:
    """The id that stands in the place of a pattern; None for a link of another form."""
    if pattern.origin != link.origin or len(pattern.segments) != len(link.segments):
        return None
    found = ""
    pairs = [*zip(pattern.segments, link.segments, strict=True)]
    pairs += [(value, link.query.get(name, "")) for name, value in pattern.query]
    for wanted, given in pairs:
        if wanted == PLACE:
            found = given
        elif wanted != given:
            return None
    return found if is_document(found) else None


def is_document(text: str) -> bool:
    """Whether this can be the id of a document: visible, of one line, at most 200 characters, and no step of a path."""
    return (
        len(text) <= DOCUMENT
        and is_visible(text)
        and text not in _NO_NAMES
        and not any(category(each) in _UNSAID for each in text)
    )


def link_to(pattern: Pattern, document: str) -> str:
    """The link to a document by the form of a pattern."""
    path = "/".join(quote(document if each == PLACE else each, safe="") for each in pattern.segments)
    query = urlencode([(name, document if value == PLACE else value) for name, value in pattern.query])
    return f"{pattern.origin}/{path}{'?' if query else ''}{query}"


def origin_of(url: str) -> str | None:
    """Scheme, host and port of an address; None for what is none."""
    parts = _split(url)
    return _origin(parts) if parts else None


def _split(text: str) -> SplitResult | None:
    # Browsers take a backslash for a slash, and leave out what is no sign.
    if len(text) > LINK or "\\" in text or any(each.isspace() or category(each) in _UNSAID for each in text):
        return None
    try:
        parts = urlsplit(text)
        sound = parts.scheme in _PORTS and parts.hostname and parts.port != 0 and "{" not in parts.netloc
        return parts if sound and "@" not in parts.netloc and _host(parts.hostname or "") else None
    except ValueError:
        return None


def _origin(parts: SplitResult) -> str:
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{_host(parts.hostname or '')}{port}"


def _host(host: str) -> str:
    """A host in the form in which it is compared; raises ValueError for a name that is none."""
    name = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode()
    return f"[{name}]" if ":" in name else name


def _segments(path: str) -> list[str]:
    return path.strip("/").split("/") if path.strip("/") else []
