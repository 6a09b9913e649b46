"""Messages that leave the house, for the tests of their pages: a gateway that writes files, and programs that send."""

from typing import Any
from uuid import uuid4

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Locator, Page, Route, expect

from tests.browser.people import Desk

ADA = "admin@example.com"
FOLDER = "Folder of the tests"
ARRIVES = 20_000
"""Milliseconds in which a message goes its way through the worker of a busy machine."""


async def administrator(desk: Desk, path: str, **how: Any) -> Page:
    """Ada's browser at a page, in a house that has a gateway for text messages and e-mail, and for nothing else."""
    page = await desk.signed_in(ADA, **how)
    await folder_gateway(page, desk.house.origin)
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


async def nothing_in_the_way(page: Page) -> None:
    """Nothing serious for who cannot see or has no mouse, and nothing beyond the right edge."""
    found = (await Axe().run(page)).response["violations"]
    serious = {
        each["id"]: [node["html"][:160] for node in each["nodes"]][:4]
        for each in found
        if each["impact"] in {"serious", "critical"}
    }
    assert serious == {}
    overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, "the page scrolls sideways"


async def in_russian(page: Page) -> None:
    """The page as a Russian reader has it; the person's own language stays as it is for the other tests."""

    async def translated(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, json=await answer.json() | {"language": "ru"})

    await page.route("**/api/v1/me", translated)
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    await expect(page.locator("h1:visible").first).to_be_visible()
