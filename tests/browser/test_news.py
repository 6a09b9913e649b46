"""News by notification: a quiet offer on public pages that nobody needs an account for, and an end of it."""

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.outgoing import ADA, ask
from tests.browser.people import Browsers
from tests.browser.test_push import prepare, with_push_service

OFFER = "Get news by notification"


async def offered(browsers: Browsers, *, offered: bool = True) -> Page:
    """The administrator, at an installation that can send notifications."""
    admin = await browsers.signed_in(ADA)
    await prepare(admin, browsers.installation.origin, gateway=True)
    await ask(admin, browsers.installation.origin, "PUT", "/push/broadcast-settings", offered=offered)
    return admin


async def known(admin: Page) -> dict[str, Any]:
    return await (await admin.context.request.get("/api/v1/push/broadcast-subscribers")).json()


async def stranger_at(browsers: Browsers, path: str, answer: str = "granted", **how: Any) -> Page:
    """Somebody who was never here, and moves the pointer."""
    page = await (await browsers.browser(**how)).new_page()
    await with_push_service(page, answer)
    await page.goto(path)
    await touched(page)
    return page


async def touched(page: Page) -> None:
    await expect(page.locator("h1:visible").first).to_be_visible()
    await page.mouse.move(100, 100)
    await page.mouse.move(120, 120)


async def test_a_stranger_gets_news_and_ends_them_without_an_account(browsers: Browsers) -> None:
    admin = await offered(browsers)
    before = (await known(admin))["languages"].get("fr", 0)
    page = await stranger_at(browsers, "/", language="fr-FR")
    get = page.get_by_role("button", name="Recevoir les actualités par notification")
    await expect(get).to_be_visible()
    assert await page.evaluate("asked") == 0, "nobody is asked before they press"
    await nothing_in_the_way(page, "news-offer")
    await get.click()
    stop = page.get_by_role("button", name="Ne plus en recevoir")
    await expect(stop).to_be_visible()
    assert (await known(admin))["languages"]["fr"] == before + 1
    scopes = await page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.map(each => each.scope))")
    assert scopes == [f"{browsers.installation.origin}/news/"], "apart from what a person is notified of"

    await page.goto(f"/partner/{browsers.installation.bookshop}")
    await touched(page)
    await stop.click()
    await expect(get).to_be_visible()
    assert (await known(admin))["languages"].get("fr", 0) == before
    assert await page.evaluate("localStorage.getItem('held')") is None


async def test_who_does_not_want_them_is_not_asked_again(browsers: Browsers) -> None:
    await offered(browsers)
    page = await stranger_at(browsers, "/partners", answer="default")
    await page.get_by_role("button", name=OFFER).click()
    await expect(page.get_by_text("The browser did not allow it.")).to_be_visible()
    await page.get_by_role("button", name="Do not offer this again").click()
    await expect(page.get_by_role("button", name=OFFER)).to_have_count(0)
    await page.reload()
    # It is looked at again, with nothing to say.
    async with page.expect_response("**/api/v1/push/broadcast-key"):
        await touched(page)
    await expect(page.get_by_role("region", name="News by notification")).to_have_count(0)


async def test_an_iphone_is_told_how_it_comes_to_them(browsers: Browsers) -> None:
    await offered(browsers)
    page = await (await browsers.browser(width=390)).new_page()
    await page.add_init_script(
        "delete window.PushManager; Object.defineProperty(navigator, 'userAgent', "
        "{ value: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15' })"
    )
    await page.goto("/partners")
    await touched(page)
    get = page.get_by_role("button", name=OFFER)
    await expect(get).to_have_attribute("aria-expanded", "false")
    await get.click()
    await expect(page.get_by_text("choose “Add to Home Screen”")).to_be_visible()
    await nothing_in_the_way(page, "news-iphone")


async def test_news_are_a_switch_in_the_settings_and_outlast_the_session(browsers: Browsers) -> None:
    admin = await offered(browsers)
    before = (await known(admin))["count"]
    page = await browsers.newcomer()
    await with_push_service(page)
    await page.goto("/notification-settings")
    switch = page.get_by_role("switch", name="News on this device")
    await switch.check()
    await expect(page.get_by_text("This browser gets our news by notification.")).to_be_visible()
    await at_360_pixels_in_russian(page)
    await page.goto("/messages")
    await page.get_by_role("button", name="Account of").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert (await known(admin))["count"] == before + 1
    await page.goto("/")
    await touched(page)
    await expect(page.get_by_role("button", name="No more news")).to_be_visible()


async def test_an_administrator_sees_how_many_want_news_and_ends_the_offer(browsers: Browsers) -> None:
    admin = await offered(browsers)
    await admin.goto("/administration/gateways")
    switch = admin.get_by_role("switch", name="Offer news to visitors")
    await expect(switch).to_be_checked()
    async with admin.expect_response("**/api/v1/push/broadcast-settings"):
        await switch.uncheck()
    await expect(switch).not_to_be_checked()
    page = await (await browsers.browser()).new_page()
    await with_push_service(page)
    await page.goto("/partners")
    async with page.expect_response("**/api/v1/push/broadcast-key") as told:
        await touched(page)
    assert await (await told.value).json() == {"key": None}
    await expect(page.get_by_role("button", name=OFFER)).to_have_count(0)
    await switch.check()
    await expect(switch).to_be_checked()
