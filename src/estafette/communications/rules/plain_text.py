"""Markdown as plain text: for who reads letters without pictures of text, and for programs that do."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from estafette.communications.rules.markdown import IN_ADDRESS

_BULLET: Final = "- "


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
                same = IN_ADDRESS.sub(r"\1u", shown) in (address, address.removeprefix("mailto:"))
                written[start:] = [address if same else f"{shown} ({address})"]
            case _:
                pass
    return "".join(written)
