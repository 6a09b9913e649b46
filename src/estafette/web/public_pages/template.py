"""The one page of the web app as it was built, with places for what the server puts into it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

from estafette.base.languages import Language

_LANGUAGE: Final = '<html lang="en">'
_HEAD: Final = "<title>Estafette</title>"
_BODY: Final = '<div id="app"></div>'
# Where there is something to see, its styles and pictures come first: on a slow line the scripts would take their room.
_LOW: Final = ' fetchpriority="low"'
_UNHURRIED: Final = (
    ('rel="modulepreload"', f'rel="modulepreload"{_LOW}'),
    ('<script type="module"', f'<script type="module"{_LOW}'),
)


class Page(NamedTuple):
    """What is put into the page: elements of its head, what is seen before the web app has come, and data for it."""

    language: Language
    head: str
    body: str = ""
    data: str = ""
    modules: tuple[str, ...] = ()
    """Those of the web app that this page needs: fetched at once instead of when they are first asked for."""


class Template:
    """The built page, cut at its places; raises ValueError when it was built without them."""

    def __init__(self, folder: Path) -> None:
        built = (folder / "index.html").read_text(encoding="utf-8")
        pieces: list[str] = []
        for place in (_LANGUAGE, _HEAD, _BODY):
            before, found, built = built.partition(place)
            if not found:
                raise ValueError(f"{place} is missing in the page of the web app")
            pieces.append(before)
        self._start, self._top, self._middle, self._end = *pieces, built
        self._unhurried = self._middle
        for hurried, unhurried in _UNHURRIED:
            self._unhurried = self._unhurried.replace(hurried, unhurried)
        self._early = _Early(folder, "".join((*pieces, built)))

    def filled(self, page: Page) -> bytes:
        """The whole page, ready to be sent."""
        early = self._early.of(page.modules, unhurried=bool(page.body))
        return (
            f'{self._start}<html lang="{page.language}">{self._top}{page.head}{early}'
            f"{self._unhurried if page.body else self._middle}"
            f'<div id="app">{page.body}</div>{page.data}{self._end}'
        ).encode()


class _Early:
    """Which files a page of the web app needs beyond those of every page, by what Vite noted of its build."""

    def __init__(self, folder: Path, page: str) -> None:
        noted = folder / "modules.json"
        self._chunks: dict[str, Any] = json.loads(noted.read_text(encoding="utf-8")) if noted.is_file() else {}
        self._page = page
        self._links: dict[tuple[str, ...], str] = {}

    def of(self, modules: tuple[str, ...], *, unhurried: bool) -> str:
        """Links to them, each once; `unhurried`: after what is seen already."""
        if modules not in self._links:
            seen: set[str] = set()
            files = [file for each in modules if each in self._chunks for file in self._files(each, seen)]
            self._links[modules] = "".join(self._link(file) for file in dict.fromkeys(files))
        links = self._links[modules]
        return links if unhurried else links.replace(_LOW, "")

    def _files(self, name: str, seen: set[str]) -> Iterable[str]:
        if name in seen:
            return
        seen.add(name)
        chunk = self._chunks[name]
        yield from chunk.get("css", ())
        yield chunk["file"]
        for imported in chunk.get("imports", ()):
            yield from self._files(imported, seen)

    def _link(self, file: str) -> str:
        if file in self._page:
            return ""
        if file.endswith(".css"):
            return f'<link rel="preload" as="style"{_LOW} crossorigin href="/{file}">'
        return f'<link rel="modulepreload"{_LOW} crossorigin href="/{file}">'
