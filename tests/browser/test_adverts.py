"""Adverts: a partner looks after them, visitors see the active ones; and how all pages around them look."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.browser.asking import advert, form_about, leave, oliver_at, reachable, row
from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.people import Browsers

PAGES = ["requests", "requests?view=figures", "request", "adverts", "advert", "own", "form", "visitor"]


def entry(page: Page, title: str) -> Any:
    return page.locator("[data-advert]").filter(has_text=title)


async def delete(page: Page, about: dict[str, Any]) -> None:
    await page.get_by_role("button", name=f"More actions: {about['title']}").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()


async def test_an_advert_is_added_with_a_picture_and_visitors_see_it(browsers: Browsers, tmp_path: Path) -> None:
    oliver, title = await oliver_at(browsers, "adverts"), f"An atlas {uuid4().hex[:8]}"
    await oliver.get_by_role("button", name="Add an advert").first.click()
    form = oliver.get_by_role("dialog")
    await form.get_by_label("Title").fill(title)
    await form.get_by_label("Reference").fill(title)
    await form.get_by_label("Link").fill("www.harbourpage.example/atlas")
    file = tmp_path / "atlas.png"
    Image.new("RGB", (800, 500), (236, 72, 153)).save(file, "PNG")
    await form.locator("input[type=file]").set_input_files(file)
    await expect(form.get_by_role("button", name="Replace")).to_be_visible()
    await form.get_by_role("button", name="Save").click()
    await expect(entry(oliver, title)).to_be_visible()

    await oliver.get_by_role("button", name="Add an advert").first.click()
    await form.get_by_label("Title").fill("Another")
    await form.get_by_label("Reference").fill(title)
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_label("Reference")).to_have_attribute("aria-invalid", "true")

    visitor = await (await browsers.browser()).new_page()
    await visitor.goto(f"/partner/{browsers.installation.bookshop}")
    card = entry(visitor, title)
    await expect(card.get_by_role("link", name="harbourpage.example")).to_have_attribute(
        "href", "https://www.harbourpage.example/atlas"
    )
    shown = card.locator("img")
    await shown.scroll_into_view_if_needed()
    await visitor.wait_for_function("image => image.naturalWidth > 0", arg=await shown.element_handle())


async def test_what_is_switched_off_is_not_seen_any_more(browsers: Browsers) -> None:
    about = await advert(browsers)
    oliver = await oliver_at(browsers, "adverts")
    switch = oliver.get_by_role("switch", name=f"“{about['title']}” is active")
    await switch.press("Space")
    await expect(switch).not_to_be_checked()
    await expect(oliver.get_by_text("Visitors do not see it any more.")).to_be_visible()
    await oliver.reload()
    await expect(switch).not_to_be_checked()
    visitor = await (await browsers.browser()).new_page()
    await visitor.goto(f"/partner/{browsers.installation.bookshop}")
    await visitor.wait_for_load_state("networkidle")
    await expect(entry(visitor, about["title"])).to_have_count(0)


async def test_an_advert_is_deleted_unless_somebody_has_asked_about_it(browsers: Browsers) -> None:
    asked, idle = await advert(browsers), await advert(browsers)
    ann, _ = await reachable(browsers)
    oliver = await oliver_at(browsers, "adverts")
    await expect(entry(oliver, asked["title"])).to_be_visible()
    await leave(browsers, ann, asked)
    await delete(oliver, asked)
    await expect(oliver.get_by_role("heading", name="This advert cannot be deleted")).to_be_visible()
    await oliver.get_by_role("button", name="Switch it off").click()
    await expect(oliver.get_by_role("switch", name=f"“{asked['title']}” is active")).not_to_be_checked()
    await delete(oliver, idle)
    await expect(entry(oliver, idle["title"])).to_have_count(0)
    await oliver.reload()
    await entry(oliver, asked["title"]).get_by_role("link", name="1 request").click()
    await expect(oliver.locator("a[data-request]")).to_have_count(1)


async def test_members_see_their_storefront_as_theirs(browsers: Browsers) -> None:
    about = await advert(browsers)
    oliver = await oliver_at(browsers)
    await oliver.goto(f"/partner/{browsers.installation.bookshop}")
    await expect(entry(oliver, about["title"])).to_be_visible()
    await expect(oliver.get_by_role("button", name=f"Contact me about “{about['title']}”")).to_have_count(0)
    await oliver.get_by_role("link", name="Manage adverts").click()
    await expect(oliver.get_by_role("heading", name="Adverts", exact=True)).to_be_visible()
    for tab, heading in [("Requests", "Contact requests"), ("Settings", "Harbour & Page"), ("Inbox", "Inbox")]:
        await oliver.get_by_role("navigation", name="Pages of this partner").get_by_role("link", name=tab).click()
        await expect(oliver.get_by_role("heading", name=heading, exact=True).first).to_be_visible()


async def test_a_link_from_elsewhere_opens_the_form(browsers: Browsers) -> None:
    about = await advert(browsers)
    visitor = await (await browsers.browser()).new_page()
    await visitor.goto(f"/partner/{browsers.installation.bookshop}?contact={about['id']}")
    await expect(visitor.get_by_role("dialog").get_by_text(about["title"])).to_be_visible()
    await visitor.get_by_role("button", name="Close").click()
    await expect(visitor).to_have_url(f"{browsers.installation.origin}/partner/{browsers.installation.bookshop}")


async def at(browsers: Browsers, name: str) -> Page:
    """One of the pages with something on it."""
    about = await advert(browsers, title=f"A globe with all the coasts known in 1911, on a stand of oak, {uuid4().hex}")
    if name == "visitor":
        page = await (await browsers.browser()).new_page()
        await form_about(page, browsers, about)
        return page
    if name == "form":
        page = await browsers.newcomer("Ann")
        await form_about(page, browsers, about)
        return page
    ann, who = await reachable(browsers)
    await leave(browsers, ann, about, message="Is it still there? I would come on Saturday.")
    if name == "own":
        await ann.goto("/requests")
        await expect(ann.locator("[data-own-request]")).to_be_visible()
        return ann
    page = await oliver_at(browsers, "requests" if name == "request" else "adverts" if name == "advert" else name)
    if name == "request":
        await row(page, who).click()
        await expect(page.get_by_text("Is it still there?")).to_be_visible()
    if name == "advert":
        await page.get_by_role("button", name="Add an advert").first.click()
    await page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("name", PAGES)
async def test_nothing_stands_in_anybodys_way(browsers: Browsers, name: str) -> None:
    page = await at(browsers, name)
    await nothing_in_the_way(page)
    if name != "visitor":
        await at_360_pixels_in_russian(page)
