"""Gateways for the tests: one each run, restarted when a test has ended it."""

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.deliveries.smpp.counterparts import Counterpart, install_packages, node_gateway, python_gateway


@pytest.fixture(scope="session")
def node_packages() -> Generator[Path, None, None]:
    """Where the gateway in node finds its packages."""
    with tempfile.TemporaryDirectory(prefix="estafette-smpp-") as name:
        if not install_packages(Path(name)):
            if os.environ.get("CI"):
                pytest.fail("the npm registry is not to be had")
            pytest.skip("the npm registry is not to be had")
        yield Path(name)


@pytest.fixture(params=["python", "node"])
def gateway(request: pytest.FixtureRequest) -> Generator[Counterpart, None, None]:
    """A fresh gateway, once by each package."""
    started = python_gateway() if request.param == "python" else node_gateway(request.getfixturevalue("node_packages"))
    yield started
    started.stop()


@pytest.fixture
def node(node_packages: Path) -> Generator[Counterpart, None, None]:
    """A fresh gateway in node, which can do more."""
    started = node_gateway(node_packages)
    yield started
    started.stop()
