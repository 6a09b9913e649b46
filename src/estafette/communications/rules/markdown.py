"""Markdown of letters, read once for all clients: as HTML and as plain text.

HTML, pictures and addresses other than of the web and of mail are no part of it: they stay what was typed.
"""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from estafette.communications.rules.templates import MARK

_ADDRESS: Final = re.compile(rf"(https?://|mailto:|{MARK}\d+n$)", re.IGNORECASE)
_IN_ADDRESS: Final = re.compile(rf"({MARK}\d+)n")
_BULLET: Final = "- "

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
                each.attrSet("href", _IN_ADDRESS.sub(r"\1u", str(each.attrGet("href") or "")))
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


def as_text(tokens: Sequence[Token]) -> str:
    """Tokens as plain text: paragraphs, lists and quotes as one types them, addresses behind what leads there."""
    return _Plain().written(tokens)


class _Plain:
    """Writes plain text; `lists` are those that are open: the next number of an ordered one, None of others."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._lists: list[int | None] = []
        self._quotes = 0
        self._bullet = ""

    def written(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._block(token)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _block(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self._bullet = ""
                self._space()
            case "list_item_open":
                number = self._lists[-1]
                self._bullet = _BULLET if number is None else f"{number}. "
                self._lists[-1] = None if number is None else number + 1
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
                self._space()
            case "inline":
                self._put(_inline(token.children or ()))
            case "fence" | "code_block":
                self._put(token.content.rstrip("\n"))
                self._space()
            case "hr":
                self._put("-" * 20)
                self._space()
            case "heading_close":
                self._space()
            case "paragraph_close" if not token.hidden:
                self._space()
            case _:
                pass

    def _put(self, text: str) -> None:
        indent = "  " * max(len(self._lists) - 1, 0)
        for number, line in enumerate(text.split("\n")):
            head = self._bullet if not number else " " * len(self._bullet)
            self._lines.append(f"{'> ' * self._quotes}{indent}{head}{line}")
        # What follows in an item stands below its first line.
        self._bullet = " " * len(self._bullet) if self._lists else ""

    def _space(self) -> None:
        if not self._lists:
            self._lines.append(("> " * self._quotes).rstrip())


def _inline(children: Sequence[Token]) -> str:
    written: list[str] = []
    opened: tuple[int, str] | None = None
    for each in children:
        match each.type:
            case "text" | "code_inline":
                written.append(each.content)
            case "softbreak" | "hardbreak":
                written.append("\n")
            case "link_open":
                opened = (len(written), str(each.attrGet("href")))
            case "link_close" if opened:
                start, address = opened
                shown = "".join(written[start:])
                same = _IN_ADDRESS.sub(r"\1u", shown) in (address, address.removeprefix("mailto:"))
                written[start:] = [address if same else f"{shown} ({address})"]
            case _:
                pass
    return "".join(written)


def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    made.disable(["image", "html_block", "html_inline"])
    made.enable(["strikethrough"])
    made.validateLink = lambda url: _ADDRESS.match(url.strip()) is not None
    return made


_MARKDOWN: Final = _markdown()
