"""The bell, for the tests that look at it."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.outgoing import ask

RINGS = 60_000
"""Milliseconds in which a message has gone through the worker of a busy machine, and the bell has heard of it."""


def bell(page: Page) -> Locator:
    """The button in the navigation of a wide window."""
    return page.get_by_role("button", name=re.compile(r"^Notifications( \d|$)"))


async def rings(page: Page, count: int) -> None:
    """The bell says that so many are unread."""
    words = f"{count} unread notification{'' if count == 1 else 's'}"
    await expect(bell(page).get_by_text(words, exact=True)).to_be_attached(timeout=RINGS)


async def is_silent(page: Page) -> None:
    """The bell says that nothing is unread."""
    await expect(bell(page)).to_be_visible()
    await expect(bell(page).get_by_text("unread")).to_have_count(0, timeout=RINGS)


async def begin_afresh(page: Page, origin: str) -> None:
    """Whatever other tests have rung for is read."""
    await ask(page, origin, "PUT", "/notifications/read", all=True)


def row(page: Page, text: str) -> Locator:
    """The notification that says something, in the panel or on the page."""
    return page.locator("[data-notification]").filter(has_text=text)
