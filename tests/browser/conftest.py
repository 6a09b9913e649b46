"""A real installation with the demo, and a real browser that looks at it."""

import os
import shutil
from collections.abc import AsyncGenerator, Generator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.people import Desk, House
from tests.cli.running import up
from tests.conftest_postgres import short_folder
from tests.prepared import installed_with_demo

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


# As long as a press may wait, so may what follows from it.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[Any]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def house() -> Generator[House, None, None]:
    """An installation with two web processes, so that what is seen has crossed from one to the other."""
    with short_folder() as parent:
        data = installed_with_demo(parent / "data")
        # Each browser is at an address of its own, as its proxy tells.
        with up(data, "--demo", "--workers", 2, "--trusted-proxy", "127.0.0.1") as running:
            yield House(running)


@pytest_asyncio.fixture(scope="session")
async def chromium() -> AsyncGenerator[Browser, None]:
    """The Chromium of the machine where there is one, else Playwright's own."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def desk(house: House, chromium: Browser) -> AsyncGenerator[Desk, None]:
    """Opens browsers for people, and closes them after the test; whatever a page complained about fails it."""
    desk = Desk(house, chromium)
    yield desk
    complaints = await desk.close()
    assert complaints == []
