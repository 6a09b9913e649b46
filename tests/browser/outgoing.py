"""Messages that leave the server, for the tests of their pages: a gateway that writes files, and programs that send."""

from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.browser.people import Browsers

ADA = "admin@example.com"
FOLDER = "Folder of the tests"
ARRIVES = 60_000
"""Milliseconds in which a message goes its way through the worker of a busy machine."""


async def administrator(browsers: Browsers, path: str, **how: Any) -> Page:
    """Ada's browser at a page; the only gateway that the installation has is for text messages and e-mail."""
    page = await browsers.signed_in(ADA, **how)
    await folder_gateway(page, browsers.installation.origin)
    await page.goto(path)
    await expect(page.locator("h1:visible").first).to_be_visible()
    return page


async def folder_gateway(page: Page, origin: str) -> None:
    """Adds the gateway unless it is there."""
    listed = await (await page.context.request.get("/api/v1/gateways")).json()
    if all(each["name"] != FOLDER for each in listed["items"]):
        await ask(page, origin, "POST", "/gateways", name=FOLDER, transport="folder", channels=["sms", "email"])


async def ask(page: Page, origin: str, method: str, path: str, **body: Any) -> Any:
    """Does something at the API as the page's person, as a program of theirs would."""
    answer = await page.context.request.fetch(
        f"/api/v1{path}", method=method, data=body or None, headers={"Origin": origin}
    )
    assert answer.ok, await answer.text()
    return await answer.json() if answer.status != 204 else None


async def send(page: Page, origin: str, text: str, **more: Any) -> dict[str, Any]:
    """A program of the same person sends a text message."""
    body = {"channel": "sms", "to": "+33612345678", "text": text} | more
    return await ask(page, origin, "POST", "/deliveries", **body)


def row(page: Page, text: str) -> Locator:
    """The message of the outbox that says something."""
    return page.locator("[data-delivery]").filter(has_text=text)


def some_text() -> str:
    """A text that no other message has."""
    return f"Your parcel {uuid4().hex[:10]} is here"
