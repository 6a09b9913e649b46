"""Folders short enough for the socket of the embedded server, and one running installation to share."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.cli.running import Up, up
from tests.conftest_postgres import short_folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here starts the command, most of it with a server of its own."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.installation)


@pytest.fixture
def data() -> Generator[Path, None, None]:
    """A data folder that does not exist yet."""
    with short_folder() as parent:
        yield parent / "data"


@pytest.fixture(scope="session")
def running() -> Generator[Up, None, None]:
    """An installation for tests of all files here, which change nothing another one relies on."""
    with short_folder() as parent, up(parent / "data", "--workers", 2) as started:
        yield started
