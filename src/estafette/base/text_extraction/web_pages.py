"""The text of HTML pages: what a reader sees, without scripts and styles."""

from html.parser import HTMLParser
from typing import Final

_HIDDEN: Final = frozenset({"script", "style", "template", "noscript"})
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "code", "em", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
)


def page_text(markup: str) -> str:
    """The text of a page; markup that is wrong is read as browsers do."""
    page = _Page()
    page.feed(markup)
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
