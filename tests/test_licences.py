"""What is shipped with Estafette is under licences that a product under the Apache License 2.0 may be shipped with."""

import json
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, Final

from tests.test_lock import locked

WEB: Final = Path(__file__).parent.parent / "web"

ALLOWED: Final = frozenset({
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",  # asks for its own files alone, which are passed on unchanged
    "PSF-2.0",
    "PostgreSQL",
    "Unlicense",
    "Zlib",
})  # fmt: skip
"""By their SPDX identifiers: each lets others pass it on beside code under another licence."""

NAMED_OTHERWISE: Final = {
    "Apache 2.0": "Apache-2.0",
    # With PDFium come libraries such as FreeType, OpenJPEG, libtiff and ICU: each may be passed on with its notice, and
    # the package brings these along.
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
"""What packages say that name their licence as they did before there were identifiers (PEP 639)."""

IMPORTED: Final = re.compile(
    r"^ *(?:(?:import|export|\}) .*)?(?:\bfrom|\bimport) '(?P<package>(?:@\w[^/']*/)?\w[^/']*)", re.MULTILINE
)


def may_be_shipped(expression: str) -> bool:
    """Whether an SPDX expression without parentheses leaves a choice that is allowed."""
    return all(any(choice.strip() in ALLOWED for choice in part.split(" OR ")) for part in expression.split(" AND "))


def licences(about: PackageMetadata) -> Iterator[str]:
    """What an installed distribution says of its licence: by an expression, else by classifiers, else in words."""
    expressions, words = about.get_all("License-Expression") or [], about.get_all("License") or [""]
    classified = [each for each in about.get_all("Classifier") or () if each.startswith("License ::")]
    for said in expressions or classified or [words[0].strip().partition("\n")[0]]:
        yield NAMED_OTHERWISE.get(str(said), str(said))


def installed(names: Iterable[str]) -> dict[str, list[str]]:
    """Licences by the names of distributions; those for other systems, or of another way to build, are not here."""
    found: dict[str, list[str]] = {}
    for name in names:
        try:
            found[name] = [*licences(metadata(name))]
        except PackageNotFoundError:
            continue
    return found


def bundled() -> dict[str, str]:
    """Licences by the names of npm packages: what the web app imports, and whatever that asks for."""
    sources = [path for end in ("ts", "svelte") for path in (WEB / "src").rglob(f"*.{end}")]
    texts = [path.read_text() for path in sources if not path.name.endswith(".test.ts")]
    waiting = {found["package"] for text in texts for found in IMPORTED.finditer(text)}
    waiting |= package(WEB).get("dependencies", {}).keys()
    found: dict[str, str] = {}
    while waiting:
        name = waiting.pop()
        about = package(WEB / "node_modules" / name)
        found[name] = about.get("license", "")
        waiting |= about.get("dependencies", {}).keys() - found.keys()
    return found


def package(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "package.json").read_text())


def test_every_package_that_runs_may_be_shipped() -> None:
    found = installed(locked("run"))
    assert {"asyncpg", "msgspec", "uvicorn"} <= found.keys()
    refused = {name: said for name, said in found.items() if not said or not all(map(may_be_shipped, said))}
    assert refused == {}, "look at what they ask for before they are added to ALLOWED"


def test_everything_in_the_bundle_of_the_web_app_may_be_shipped() -> None:
    found = bundled()
    assert "svelte" in found
    refused = {name: said for name, said in found.items() if not may_be_shipped(said)}
    assert refused == {}, "look at what they ask for before they are added to ALLOWED"


def test_a_licence_that_asks_for_more_is_refused() -> None:
    assert may_be_shipped("Apache-2.0 AND MIT")
    assert may_be_shipped("GPL-3.0-only OR MIT")
    for other in ("GPL-3.0-or-later", "MIT AND AGPL-3.0-only", "UNLICENSED", ""):
        assert not may_be_shipped(other)
