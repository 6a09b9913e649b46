"""A real installation with the demo, and a real browser that looks at it."""

import os
import shutil
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.people import Browsers, Installation
from tests.cli.running import up
from tests.conftest_postgres import short_folder
from tests.prepared import installed_with_demo
from tests.waiting import PATIENCE, wait_for

METRICS_TOKEN = "figures-for-who-waits-until-all-is-done"
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
WHOLE = ("chromium", "chromium-browser", "google-chrome")
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
expect.set_options(timeout=PATIENCE * 1_000)


def pytest_collection_modifyitems(items: list[Any]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def installation() -> Generator[Installation, None, None]:
    """An installation with two web processes, so that what is seen has crossed from one to the other."""
    with short_folder() as parent:
        data = installed_with_demo(parent / "data")
        # Each browser is at an address of its own, as its proxy tells.
        with up(
            data,
            "--demo",
            "--workers",
            2,
            "--trusted-proxy",
            "127.0.0.1",
            "--metrics-token",
            METRICS_TOKEN,
            "--private-addresses",
        ) as running:
            # What came of the demo is there before anybody looks at a bell.
            asked = {"Authorization": f"Bearer {METRICS_TOKEN}"}
            wait_for(lambda: "\nestafette_pending_reactions 0.0\n" in running.ask("GET", "/metrics", **asked)[1])
            yield Installation(running)


@pytest_asyncio.fixture(scope="session")
async def chromium() -> AsyncGenerator[Browser, None]:
    """Chromium without its own windows, whose every tab costs as much as most of our pages; else the whole one."""
    async with browser(*SHELLS, *WHOLE) as found:
        yield found


@pytest_asyncio.fixture
async def whole_chromium() -> AsyncGenerator[Browser, None]:
    """Chromium with all that people have, such as notifications."""
    async with browser(*WHOLE, channel="chromium") as found:
        yield found


@asynccontextmanager
async def browser(*names: str, channel: str | None = None) -> AsyncGenerator[Browser, None]:
    """The first of these programs that is on this machine, else Playwright's own."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=path, channel=None if path else channel, args=ARGUMENTS
        )
        yield launched
        await launched.close()


@pytest_asyncio.fixture
async def browsers(installation: Installation, chromium: Browser) -> AsyncGenerator[Browsers, None]:
    """Opens browsers for people, and closes them after the test; whatever a page complained about fails it."""
    async with open_browsers(installation, chromium) as browsers:
        yield browsers


@pytest_asyncio.fixture
async def full_browsers(installation: Installation, whole_chromium: Browser) -> AsyncGenerator[Browsers, None]:
    """The same with the whole browser."""
    async with open_browsers(installation, whole_chromium) as browsers:
        yield browsers


@asynccontextmanager
async def open_browsers(installation: Installation, browser: Browser) -> AsyncGenerator[Browsers, None]:
    """Closes what was opened, and fails for whatever a page complained about."""
    browsers = Browsers(installation, browser)
    yield browsers
    assert await browsers.close() == []
