"""What was sent today is seen by who sent it, and by who runs the server."""

import re
from datetime import datetime, timedelta
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.outgoing import administrator
from tests.browser.people import Browsers, at_the_bookshop, place_of, send


async def test_everyone_sees_what_they_sent_and_the_administrator_who_sent_most(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await send(ann, "Hello")
    await send(ann, "Is anybody there?")
    async with ann.expect_response("**/api/v1/me/usage") as told:
        await ann.goto("/profile")
    used = await said_in_the_day_of(await (await told.value).json(), ann)
    await expect(ann.get_by_role("heading", name="Used today")).to_be_visible()
    await expect(ann.get_by_text(f"{used} of 20,000")).to_be_visible()

    ada = await administrator(browsers, "/administration/gateways")
    async with ada.expect_response("**/api/v1/usage") as told:
        await ada.goto("/administration/usage")
    most: dict[str, Any] = await (await told.value).json()
    await expect(ada.get_by_role("heading", name="Room on the disk")).to_be_visible()
    # Those who sent most; others of the tests may have sent more than Ann.
    assert most["items"] or not await said_in_the_day_of(most, ann)
    shown = ada.get_by_role("listitem").filter(has_text=re.compile(r"Messages: \d+"))
    await expect(shown).to_have_count(len(most["items"]))


async def said_in_the_day_of(usage: dict[str, Any], page: Page) -> int:
    """How many of the messages of the page's person are of the day that was counted, whenever it ended."""
    ends = datetime.fromisoformat(usage["ends_at"])
    history = await (await page.context.request.get(f"/api/v1/conversations/{await place_of(page)}/messages")).json()
    said = [datetime.fromisoformat(each["created_at"]) for each in history["items"] if each["kind"] == "text"]
    return sum(ends - timedelta(days=1) <= each < ends for each in said)
