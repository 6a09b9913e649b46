"""The text of HTML pages: what a reader sees, without scripts and styles."""

import re
from html.parser import HTMLParser
from typing import Final

_HIDDEN: Final = frozenset({"script", "style", "template", "noscript"})
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
)
_OPEN: Final = re.compile(r"<(?![^<>]*>)")
"""What begins a tag that has no end."""
_SECTION: Final = re.compile(r"<!\[[^<>]*>")


def page_text(markup: str) -> str:
    """The text of a page; markup that is wrong is read as browsers do."""
    page = _Page()
    page.feed(_ended(markup))
    page.close()
    return "".join(page.found)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)

    def _part(self, tag: str) -> None:
        """Words of neighbouring paragraphs and cells are not one word."""
        if tag not in _INLINE:
            self.found.append("\n")


def _ended(markup: str) -> str:
    """Markup in which everything that begins has an end, without comments and marked sections.

    The parser looks for an end up to the end of all, for each beginning anew: minutes for a page of nothing else.
    """
    kept: list[str] = []
    position = 0
    while (begin := markup.find("<!--", position)) >= 0 and (end := markup.find("-->", begin + 4)) >= 0:
        kept.append(markup[position:begin])
        position = end + 3
    kept.append(markup[position:].replace("<!--", "&lt;!--"))
    return _OPEN.sub("&lt;", _SECTION.sub("", "".join(kept)))
