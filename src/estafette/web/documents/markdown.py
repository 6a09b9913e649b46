"""Markdown as HTML: CommonMark with tables, an anchor for each heading, links between files as addresses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_CHAPTER: Final = re.compile(r"^(?P<name>[\w-]+)\.md(?P<anchor>#[\w-]*)?$")
_EXAMPLE: Final = re.compile(r"^\.\./deploy/(?P<name>[\w.-]+)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second level, for the navigation."""

    anchor: str
    title: str


def rendered(text: str) -> tuple[str, list[Heading]]:
    """The HTML of a document, and its headings; what looks like HTML in it stays text."""
    tokens = _parser().parse(text)
    headings = list(_anchored(tokens))
    for token in tokens:
        _link(token.children or [])
    return _parser().renderer.render(tokens, _parser().options, {}), headings


def slug(title: str) -> str:
    """The anchor of a heading, made as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("fence", _fence)
    return parser


def _anchored(tokens: Sequence[Token]) -> "list[Heading]":
    found: list[Heading] = []
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            title = "".join(each.content for each in inside.children or [])
            token.attrSet("id", slug(title))
            if token.tag == "h2":
                found.append(Heading(slug(title), title))
    return found


def _link(tokens: Sequence[Token]) -> None:
    """Leads from file to file as the server's addresses do; the name of a file that is not served leads nowhere."""
    leads = True
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrGet("href")))
            leads = address is not None
            token.attrSet("href", address or "")
        if not leads and token.type in {"link_open", "link_close"}:
            token.type, token.tag, token.attrs = token.type.replace("link", "em"), "em", {}


def _address(target: str) -> str | None:
    if target.startswith(("https://", "http://", "/", "#")):
        return target
    if chapter := _CHAPTER.match(target):
        name = "" if chapter["name"] == "README" else "/" + chapter["name"]
        return f"/docs{name}{chapter['anchor'] or ''}"
    if example := _EXAMPLE.match(target):
        return f"/docs/deploy/{example['name']}"
    return None


def _table_open(*_: Any) -> str:
    return '<div class="wide"><table>'


def _table_close(*_: Any) -> str:
    return "</table></div>"


def _fence(_renderer: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """Reached by the keyboard, since it may have to be scrolled."""
    return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'
