"""What make and CI install is what the lock names, and the lock is what pyproject.toml allows."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent.parent
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)")


def project() -> dict[str, Any]:
    return tomllib.loads((HERE / "pyproject.toml").read_text())


def locked(kind: str) -> dict[str, str]:
    """Versions by name."""
    lines = (HERE / "requirements" / f"{kind}.txt").read_text().splitlines()
    found = [match for match in map(PINNED.match, lines) if match]
    return {canonicalize_name(each["name"]): each["version"] for each in found}


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_everything_that_is_asked_for_is_locked_within_its_range(kind: str) -> None:
    described, versions = project(), locked(kind)
    asked = [*described["project"]["dependencies"], *described["dependency-groups"]["build"]]
    if kind == "dev":
        asked += described["project"]["optional-dependencies"]["dev"]
    for requirement in map(Requirement, asked):
        version = versions.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not locked: run make lock"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement}, locked {version}"


@pytest.mark.parametrize("kind", ["run", "dev", "audit"])
def test_every_package_is_named_with_its_hashes(kind: str) -> None:
    text = (HERE / "requirements" / f"{kind}.txt").read_text()
    packages = re.split(r"\n(?=[A-Za-z0-9])", text)
    bare = [each.split("==")[0] for each in packages if PINNED.match(each) and "--hash=sha256:" not in each]
    assert bare == []
    assert "://" not in text, "no place to fetch it from is prescribed"


def test_tests_run_on_what_people_run() -> None:
    run, dev = locked("run"), locked("dev")
    assert {name: dev.get(name) for name in run} == run


def test_what_builds_the_package_is_locked_too() -> None:
    described = project()
    assert described["build-system"]["requires"] == described["dependency-groups"]["build"]
