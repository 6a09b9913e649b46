"""A server that does not answer: each page and each form says so in time, and goes on by itself."""

import asyncio
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.people import Browsers

SLOW = "The server is slow to answer…"


async def held_back(page: Page, address: str) -> asyncio.Event:
    """Keeps the answers of an address until the event is set."""
    gate = asyncio.Event()

    async def hold(route: Any) -> None:
        await gate.wait()
        await route.continue_()

    await page.route(address, hold)
    return gate


async def test_pages_and_forms_say_that_the_server_is_slow_and_go_on_by_themselves(browsers: Browsers) -> None:
    page = await browsers.newcomer("Ann", width=390)
    await page.goto("/profile")
    await expect(page.locator("h1")).to_be_visible()
    progress, word = page.locator("div.progress"), page.get_by_role("status").filter(has_text=SLOW)
    await expect(progress).to_have_count(0)

    # A page of the app, to which a link leads.
    sessions = await held_back(page, "**/api/v1/sessions*")
    await page.get_by_role("link", name="Sessions", exact=True).click()
    await expect(progress).to_be_visible()
    await expect(word).to_contain_text("Nothing is lost")
    sessions.set()
    await expect(page.get_by_text("This device", exact=True)).to_be_visible()
    await expect(word).to_have_count(0)
    await expect(progress).to_have_count(0)

    # A form in a dialog, which lies above all else.
    await page.get_by_role("link", name="Access tokens", exact=True).click()
    await page.get_by_role("button", name="New token").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name", exact=True).fill("For the till")
    tokens = await held_back(page, "**/api/v1/tokens")
    send = form.get_by_role("button", name="Create token")
    await send.click()
    await expect(send).to_be_disabled()
    await expect(send.locator(".spin")).to_be_visible()
    await expect(form.get_by_text(SLOW)).to_be_visible()
    tokens.set()
    await expect(form.get_by_text(SLOW)).to_have_count(0)
    await expect(page.get_by_text("For the till").first).to_be_visible()
    await page.unroute_all(behavior="ignoreErrors")
