"""A PDF in a conversation is read where it was said: its pages are pictures that the server draws."""

import re

from playwright.async_api import FilePayload, expect

from tests.browser.people import Browsers, at_the_bookshop, place_of, send
from tests.files.documents import encrypted_pdf, pdf


async def test_a_document_is_read_page_by_page(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    field = ann.locator("input[type=file]")
    await field.set_input_files(FilePayload(name="invoice.pdf", mimeType="application/pdf", buffer=pdf("Invoice 42")))
    await send(ann, "The invoice")
    await ann.get_by_role("button", name="View invoice.pdf").click()
    page = ann.get_by_role("img", name="Page 1 of 1")
    await expect(page).to_be_visible()
    await expect(page).to_have_js_property("complete", True)
    assert await page.evaluate("page => page.naturalWidth") == 1200
    await ann.keyboard.press("+")
    await expect(page).to_have_attribute("src", re.compile("width=2000$"))
    await ann.keyboard.press("Escape")
    await expect(page).to_have_count(0)

    await ann.goto(f"/messages/{await place_of(ann)}")
    await ann.get_by_role("button", name="Conversation menu").click()
    await ann.get_by_role("menuitem", name="Files").click()
    shared = ann.get_by_role("dialog", name="Files")
    await expect(shared.get_by_text("invoice.pdf")).to_be_visible()
    await shared.get_by_role("button", name="Show the message with invoice.pdf").click()
    await expect(shared).to_have_count(0)
    await expect(ann.get_by_text("The invoice", exact=True)).to_be_visible()

    sealed = FilePayload(name="sealed.pdf", mimeType="application/pdf", buffer=encrypted_pdf("secret"))
    await field.set_input_files(sealed)
    await send(ann, "And a sealed one")
    await ann.get_by_role("button", name="View sealed.pdf").click()
    await expect(ann.get_by_text("This document cannot be shown here. Download it to open it.")).to_be_visible()
