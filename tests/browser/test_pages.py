"""Every page: usable without a mouse or eyes, in four languages, in light and dark, small and large."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.looks import at_360_pixels_in_russian, nothing_cut_off, nothing_in_the_way
from tests.browser.people import Browsers, Installation, shown

CAMILLE, CLAIRE, ADA = "test-user@example.com", "claire@chateau.example", "admin@example.com"
CHATEAU = "{chateau}"
PAGES = [
    (None, "/"),
    (None, "/sign-in"),
    (None, "/sign-up"),
    (None, "/forgot-password"),
    (None, "/reset-password/used"),
    (None, "/confirm-email/used"),
    (None, f"/partner/{CHATEAU}"),
    (CAMILLE, f"/partner/{CHATEAU}"),
    (CAMILLE, "/messages"),
    (CAMILLE, "/messages/first"),
    (CAMILLE, "/messages/archive"),
    (CAMILLE, "/profile"),
    (CAMILLE, "/sessions"),
    (CAMILLE, "/tokens"),
    (CLAIRE, f"/inbox/{CHATEAU}"),
    (CLAIRE, f"/inbox/{CHATEAU}/first"),
    (CLAIRE, f"/inbox/{CHATEAU}/archive"),
    (CLAIRE, f"/inbox/{CHATEAU}/settings"),
    (ADA, "/administration/people"),
    (ADA, "/administration/people/import"),
    (ADA, "/administration/partners"),
    (ADA, "/administration/usage"),
    (ADA, "/nowhere"),
]


async def open_page(browsers: Browsers, email: str | None, path: str, **how: Any) -> Page:
    """A page of the demo; `first` stands for the first conversation of the list."""
    page = await browsers.signed_in(email, **how) if email else await (await browsers.browser(**how)).new_page()
    path = path.replace(CHATEAU, browsers.installation.partners["Château de Vaux-le-Vicomte"])
    if path.endswith("/first"):
        listed = await page.context.request.get("/api/v1/conversations")
        mine = "customer" if path.startswith("/messages") else "partner"
        [place, *_] = [
            each["id"] for each in (await listed.json())["items"]
            if (each["counterpart"]["kind"] == "partner") == (mine == "customer")
        ]  # fmt: skip
        path = path.removesuffix("first") + place
    await page.goto(path)
    await shown(page)
    return page


@pytest.mark.parametrize(("email", "path"), PAGES)
async def test_nothing_stands_in_anybodys_way(browsers: Browsers, email: str | None, path: str) -> None:
    page = await open_page(browsers, email, path)
    await nothing_in_the_way(
        page, f"{(email or 'nobody').split('@')[0]}{path.replace(CHATEAU, 'chateau').replace('/', '-')}"
    )
    if email:
        await at_360_pixels_in_russian(page)


async def test_at_360_pixels_strangers_find_nothing_cut_off(browsers: Browsers) -> None:
    for email, path in PAGES:
        if email is None:
            page = await open_page(browsers, None, path, width=360, language="ru")
            await nothing_cut_off(page)
            await page.context.close()


@pytest.mark.parametrize(("language", "word"), [("fr", "Se connecter"), ("pt", "Entrar"), ("ru", "Войти")])
async def test_the_browser_decides_the_language_of_strangers(browsers: Browsers, language: str, word: str) -> None:
    page = await (await browsers.browser(language=language)).new_page()
    await page.goto("/sign-in")
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await expect(page.get_by_role("button", name=word, exact=True).or_(page.get_by_role("heading", name=word)).first
                 ).to_be_visible()  # fmt: skip


async def test_the_error_page_shows_the_request_id(browsers: Browsers, installation: Installation) -> None:
    page = await browsers.signed_in(CAMILLE)
    await page.route("**/api/v1/conversations?*", lambda route: route.fulfill(
        status=500, content_type="application/problem+json",
        body='{"type":"/problems/problem","title":"Broken","status":500,"code":"problem","detail":"Broken",'
             '"request_id":"11111111-2222-3333-4444-555555555555"}'))  # fmt: skip
    await page.goto("/messages")
    await expect(page.get_by_text("11111111-2222-3333-4444-555555555555")).to_be_visible()
