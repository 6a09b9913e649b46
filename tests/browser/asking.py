"""Contact requests, for the tests of their pages: adverts of the bookshop, and people who ask about them."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.browser.outgoing import ask
from tests.browser.people import Browsers

OLIVER = "oliver@harbourpage.example"
PHONE = "+33 6 12 34 56 78"
DIALLED = "+33612345678"
STARTS_AT = date(datetime.now(UTC).year + 1, 3, 12)
"""The day that people ask about: of another year, which is said, and not too far away to be asked for."""


async def oliver_at(browsers: Browsers, path: str = "requests", **how: Any) -> Page:
    """The owner of the bookshop at one of its pages."""
    page = await browsers.signed_in(OLIVER, **how)
    await page.goto(f"/inbox/{browsers.installation.bookshop}/{path}")
    await expect(page.locator("h1:visible").first).to_be_visible()
    return page


async def advert(browsers: Browsers, **more: Any) -> dict[str, Any]:
    """An advert of the bookshop that no other test has."""
    oliver = await browsers.signed_in(OLIVER)
    body = {"title": f"A globe of {uuid4().hex[:8]}", "link": "https://www.harbourpage.example/globes"} | more
    return await ask(
        oliver, browsers.installation.origin, "POST", f"/partners/{browsers.installation.bookshop}/adverts", **body
    )


async def reachable(browsers: Browsers, name: str = "", **how: Any) -> tuple[Page, str]:
    """A new customer whose contact profile has a phone number, and the name."""
    name = name or f"Ann {uuid4().hex[:6]}"
    page = await browsers.newcomer(name, **how)
    listed = await ask(page, browsers.installation.origin, "GET", "/me/contact-profiles")
    [profile] = [each["id"] for each in listed["items"] if each["is_default"]]
    await ask(page, browsers.installation.origin, "PATCH", f"/me/contact-profiles/{profile}", phone=DIALLED)
    return page, name


async def leave(browsers: Browsers, page: Page, about: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The page's person leaves a request, as a program of theirs would."""
    body = {"advert_id": about["id"], "starts_at": STARTS_AT.isoformat()} | more
    return await ask(page, browsers.installation.origin, "POST", "/contact-requests", **body)


async def form_about(page: Page, browsers: Browsers, about: dict[str, Any]) -> Locator:
    """Opens the form about an advert on the storefront."""
    await page.goto(f"/partner/{browsers.installation.bookshop}")
    await page.get_by_role("button", name=f"Contact me about “{about['title']}”").click()
    form = page.get_by_role("dialog")
    await expect(form.get_by_text(about["title"])).to_be_visible()
    return form


def row(page: Page, name: str) -> Locator:
    """The request of somebody in the partner's list."""
    return page.locator("a[data-request]").filter(has_text=name)


def mark(place: Locator | Page, state: str) -> Locator:
    """The mark of a state."""
    return place.locator(f"[data-state={state}]")


async def own_requests(page: Page) -> list[dict[str, Any]]:
    """What the server holds of the person's requests."""
    return (await (await page.context.request.get("/api/v1/contact-requests")).json())["items"]
