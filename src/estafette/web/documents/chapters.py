"""The chapters of the documentation, files of `docs/`, and the examples that they speak of, files of `deploy/`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import estafette

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "Run it": ("install", "proxies", "settings", "postgresql", "backup", "upgrade", "monitoring", "troubleshooting"),
    "Connect it": ("gateways", "clients", "communications", "documents", "live-protocol", "mentions"),
    "Trust it": ("security",),
}
"""The order in which a person who runs the server needs them."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file: its address below `/docs` (empty: the first page), its title and its text in Markdown."""

    name: str
    title: str
    text: str


@cache
def chapters() -> dict[str, Chapter]:
    """All chapters by name, in their order; the first page is the one with the empty name."""
    return {name: _read(_folder("docs") / f"{name or 'README'}.md", name) for name in _names()}


@cache
def examples() -> dict[str, bytes]:
    """The configuration files of `deploy/` by name, as they are."""
    return {path.name: path.read_bytes() for path in sorted(_folder("deploy").iterdir())}


def _folder(name: str) -> Path:
    """An editable installation has no copy of its own, so that what is written is what is shown."""
    installed = Path(estafette.__file__).parent / name
    return installed if installed.is_dir() else Path(estafette.__file__).parents[2] / name


def _names() -> Iterator[str]:
    yield ""
    for names in PARTS.values():
        yield from names


def _read(path: Path, name: str) -> Chapter:
    text = path.read_text(encoding="utf-8")
    return Chapter(name, text.partition("\n")[0].removeprefix("# "), text)
