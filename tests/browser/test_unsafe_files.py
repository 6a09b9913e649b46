"""Files that are two things at once, or other than their name says, are shown or saved, and never run."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import Browsers, at_the_bookshop, bubble, name_of, place_of, send
from tests.files import samples

PICTURES = {"picture and script.gif": samples.polyglot_gif(), "picture and page.jpg": samples.polyglot_jpeg()}
NO_PICTURES = {
    "photo.png": samples.PAGE,
    "page.html": samples.PAGE,
    "drawing.svg": samples.DRAWING,
    "script.js": b"alert(1)",
}


def alarms(page: Page) -> list[str]:
    """What ran although it should not: every script among the samples opens a dialog."""
    raised: list[str] = []

    async def dismiss(dialog: Any) -> None:
        raised.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", dismiss)
    return raised


async def attach(page: Page, files: dict[str, bytes], claimed: str, words: str) -> None:
    """Sends files of which the browser claims a type."""
    await page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": claimed, "buffer": content} for name, content in files.items()]
    )
    await send(page, words)


async def addresses(page: Page) -> list[str]:
    """Where the files of the person's only conversation are."""
    history = await page.context.request.get(f"/api/v1/conversations/{await place_of(page)}/messages")
    items = (await history.json())["items"]
    return [f"/api/v1/files/{file['id']}" for each in items for file in each["attachments"]]


async def test_an_alarm_is_heard(browsers: Browsers) -> None:
    page = await (await browsers.browser()).new_page()
    raised = alarms(page)
    await page.set_content(samples.DRAWING.decode())
    assert raised == ["1"]


async def test_a_picture_that_is_a_page_as_well_is_only_a_picture(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await attach(ann, PICTURES, "text/html", "Two pictures")
    oliver = await browsers.signed_in("oliver@harbourpage.example")
    raised = alarms(oliver)
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}")
    await oliver.locator("[data-conversation]").filter(has_text=await name_of(ann)).click()
    for name in PICTURES:
        image = bubble(oliver, "Two pictures").get_by_role("img", name=name)
        await expect(image).to_be_visible()
        await expect(image).to_have_js_property("complete", True)
        assert await image.evaluate("image => image.naturalWidth") > 0
    # By itself in a window, where a page would run. Chromium dresses a lone picture with styles that the policy of
    # files refuses, and complains: nobody listens there.
    browser = ann.context.browser
    assert browser
    context = await browser.new_context(
        base_url=browsers.installation.origin, storage_state=await ann.context.storage_state()
    )
    alone = await context.new_page()
    raised_alone = alarms(alone)
    for address in await addresses(ann):
        await alone.goto(address)
        assert await alone.evaluate("[document.images.length, document.scripts.length]") == [1, 0]
    await context.close()
    assert raised + raised_alone == []


@pytest.mark.parametrize("name", NO_PICTURES)
async def test_what_is_no_picture_is_a_card_to_save_whatever_it_is_called(browsers: Browsers, name: str) -> None:
    ann = await at_the_bookshop(browsers)
    raised = alarms(ann)
    await attach(ann, {name: NO_PICTURES[name]}, "image/png", "Look at this")
    message = bubble(ann, "Look at this")
    assert await message.get_by_role("img", name=name).count() == 0
    async with ann.expect_download() as saved:
        # By the keyboard: the answer of the partner may move the list just as a mouse is pressed.
        await message.get_by_role("link", name=name).press("Enter")
    assert (await (await saved.value).path()).read_bytes() == NO_PICTURES[name]
    [address] = await addresses(ann)
    # Its bare address saves it as well, instead of opening it.
    async with ann.expect_download():
        await ann.evaluate("address => location.assign(address)", address)
    assert raised == []
