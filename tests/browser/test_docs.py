"""The documentation page: folded by section, opened by keyboard, by a link and by the address of a problem."""

from playwright.async_api import expect

from tests.browser.looks import HEIGHTS, nothing_cut_off, nothing_in_the_way, usable_by_everybody
from tests.browser.people import Browsers


async def test_sections_are_folded_and_open_with_the_keyboard(browsers: Browsers) -> None:
    page = await (await browsers.browser()).new_page()
    await page.goto("/docs/api")
    section = page.locator("#tag-you > summary")
    operation = page.get_by_role("heading", name="Who you are")
    await expect(section.get_by_role("heading", name="You", exact=True)).to_be_visible()
    await expect(operation).to_be_hidden()
    await page.keyboard.press("Tab")
    # As many as there are before it, however many sections the documents have.
    for _ in range(await page.locator("a, button, input, summary").count()):
        if await section.evaluate("section => section === document.activeElement"):
            break
        await page.keyboard.press("Tab")
    await expect(section).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(operation).to_be_visible()
    await page.keyboard.press("Space")
    await expect(operation).to_be_hidden()


async def test_a_link_of_the_navigation_opens_the_section_it_leads_into(browsers: Browsers) -> None:
    page = await (await browsers.browser()).new_page()
    await page.goto("/docs/api")
    await page.get_by_role("navigation").get_by_role("link", name="Send a message", exact=True).click()
    await expect(page.locator("#sendMessage")).to_be_in_viewport()
    await expect(page.get_by_role("heading", name="Edit a message")).to_be_visible()


async def test_the_address_of_a_problem_shows_its_explanation(browsers: Browsers) -> None:
    page = await (await browsers.browser(width=390)).new_page()
    await page.goto("/problems/wrong_credentials")
    await expect(page.locator("#problem-wrong_credentials")).to_be_in_viewport()


async def test_nothing_stands_in_anybodys_way(browsers: Browsers) -> None:
    page = await (await browsers.browser()).new_page()
    await page.goto("/docs/api")
    # All that there is, once: names, roles and order are the same in every look, and so large a page takes its time.
    await page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    await usable_by_everybody(page, but=["color-contrast"])
    for width, height in HEIGHTS.items():
        await page.set_viewport_size({"width": width, "height": height})
        await nothing_cut_off(page)
    # A section of each kind, in every look.
    await page.evaluate("document.querySelectorAll('details').forEach((each, place) => { each.open = place < 2 })")
    await nothing_in_the_way(page)
