"""Markdown of letters, read once for all clients, and written as HTML.

HTML, pictures and addresses other than of the web and of mail are no part of it: they stay what was typed.
"""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from estafette.communications.rules.text_environment import MARK

_ADDRESS: Final = re.compile(rf"(https?://|mailto:|{MARK}\d+n$)", re.IGNORECASE)
IN_ADDRESS: Final = re.compile(rf"({MARK}\d+)n")
"""The mark of a value, which ends with `u` in an address."""

# Programs that show mail know few rules of style sheets: what is there in light stands with each element.
_STYLES: Final = {
    "p": "margin:0 0 16px;font-size:16px;line-height:1.55;color:#1f1a22",
    "h1": "margin:0 0 16px;font-size:24px;line-height:1.3;color:#1f1a22",
    "h2": "margin:24px 0 12px;font-size:20px;line-height:1.3;color:#1f1a22",
    "h3": "margin:24px 0 8px;font-size:17px;line-height:1.3;color:#1f1a22",
    "ul": "margin:0 0 16px;padding-left:24px;font-size:16px;line-height:1.55;color:#1f1a22",
    "ol": "margin:0 0 16px;padding-left:24px;font-size:16px;line-height:1.55;color:#1f1a22",
    "blockquote": "margin:0 0 16px;padding:14px 14px 1px;border-left:3px solid #ec4899;background:#faf7fb",
    "hr": "margin:24px 0;border:0;border-top:1px solid #e6e0e8",
    "a": "color:#be185d;overflow-wrap:anywhere",
    "code_block": "margin:0 0 16px;padding:12px;white-space:pre-wrap;font-size:14px;background:#faf7fb;color:#1f1a22",
}
_CLASSES: Final = {
    "p": "strong", "h1": "strong", "h2": "strong", "h3": "strong", "ul": "strong", "ol": "strong",
    "blockquote": "quote", "hr": "line", "a": "link", "code_block": "quote",
}  # fmt: skip


def read(text: str) -> list[Token]:
    """The tokens of a text; marks of values that stand in addresses end with `u` instead of `n`."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        for each in (token, *(token.children or ())):
            if each.type == "link_open":
                each.attrSet("href", IN_ADDRESS.sub(r"\1u", str(each.attrGet("href") or "")))
    return tokens


def as_html(tokens: Sequence[Token]) -> str:
    """Tokens as HTML, each element with its style."""
    for token in tokens:
        for each in (token, *(token.children or ())):
            kind = "code_block" if each.type in ("fence", "code_block") else each.tag
            if each.nesting >= 0 and kind in _STYLES and each.type not in ("inline", "text"):
                each.attrSet("class", _CLASSES[kind])
                each.attrSet("style", _STYLES[kind])
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})


def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    made.disable(["image", "html_block", "html_inline"])
    made.enable(["strikethrough"])
    made.validateLink = lambda url: _ADDRESS.match(url.strip()) is not None
    return made


_MARKDOWN: Final = _markdown()
