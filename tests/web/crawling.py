"""A page as a program sees it that runs no scripts."""

import json
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

import httpx

_EMPTY: Final = frozenset({"img", "link", "meta", "rect", "path", "br"})


class Element(NamedTuple):
    """One element, with the text that stands in it directly."""

    tag: str
    attributes: dict[str, str]
    said: list[str]

    @property
    def text(self) -> str:
        return "".join(self.said)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.all: list[Element] = []
        self.open: list[Element] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, [])
        self.all.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].said.append(data)
            if any(each.attributes.get("id") == "app" for each in self.open):
                self.words.append(data)


class Seen:
    """What stands in an answer."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.headers = answer.headers
        reader = _Reader()
        reader.feed(answer.text)
        self.all = reader.all
        self.words = " ".join(" ".join(reader.words).split())

    def found(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a name with these attributes."""
        wanted = attributes.items()
        return [each for each in self.all if each.tag == tag and wanted <= each.attributes.items()]

    @property
    def language(self) -> str:
        return self.found("html")[0].attributes["lang"]

    @property
    def title(self) -> str:
        [title] = self.found("title")
        return title.text

    @property
    def canonical(self) -> str | None:
        found = self.found("link", rel="canonical")
        return found[0].attributes["href"] if found else None

    @property
    def structured(self) -> dict[str, Any]:
        [block] = self.found("script", type="application/ld+json")
        return json.loads(block.text)

    @property
    def first(self) -> dict[str, Any]:
        [block] = self.found("script", id="first-answers")
        return json.loads(block.text)

    def meta(self, name: str) -> str | None:
        """What a name stands for; it is said once at most."""
        found = [*self.found("meta", name=name), *self.found("meta", property=name)]
        assert len(found) <= 1, f"{name} is said more than once"
        return found[0].attributes["content"] if found else None
