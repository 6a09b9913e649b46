"""What was sent today is seen by who sent it, and by who runs the server."""

import re

from playwright.async_api import expect

from tests.browser.outgoing import administrator
from tests.browser.people import Desk, at_the_bookshop, send


async def test_everyone_sees_what_they_sent_and_the_administrator_who_sent_most(desk: Desk) -> None:
    ann = await at_the_bookshop(desk)
    await send(ann, "Hello")
    await send(ann, "Is anybody there?")
    await ann.goto("/profile")
    await expect(ann.get_by_role("heading", name="Used today")).to_be_visible()
    await expect(ann.get_by_text("2 of 20,000")).to_be_visible()

    ada = await administrator(desk, "/administration/usage")
    await expect(ada.get_by_role("heading", name="Room on the disk")).to_be_visible()
    # Those who sent most; others of the tests may have sent more than Ann.
    await expect(ada.get_by_role("listitem").filter(has_text=re.compile(r"Messages: \d+")).first).to_be_visible()
