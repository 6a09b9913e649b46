"""Presence and contacts: what one sets is seen by the other at once, and who is kept at hand stays so everywhere."""

from playwright.async_api import Locator, Page, expect

from tests.browser.people import Browsers
from tests.browser.test_colleagues import hired


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("listitem").filter(has_text=name)


async def open_account_menu(page: Page, name: str) -> None:
    await page.get_by_role("button", name=f"Account of {name}").click()


async def test_do_not_disturb_is_seen_at_once_and_is_one_with_the_notifications(browsers: Browsers) -> None:
    origin = browsers.installation.origin
    admin = await browsers.signed_in("admin@example.com")
    gina, hugo = await hired(admin, origin, "Gina Perrin"), await hired(admin, origin, "Hugo Lang")
    hers, his = await browsers.signed_in(gina["email"]), await browsers.signed_in(hugo["email"])
    await his.goto("/colleagues")
    await his.get_by_role("searchbox").fill("perrin")
    await expect(row(his, "Gina Perrin").get_by_text("Offline")).to_be_attached()
    await hers.goto("/notification-settings")
    await expect(row(his, "Gina Perrin").get_by_text("Available")).to_be_attached()

    await open_account_menu(hers, "Gina Perrin")
    await hers.get_by_role("button", name="Do not disturb", exact=True).click()
    await expect(row(his, "Gina Perrin").get_by_text("Do not disturb")).to_be_attached()
    await hers.keyboard.press("Escape")
    # The settings of notifications are the same thing, and show it without being asked.
    await hers.get_by_role("main").get_by_role("button", name="Switch off").click()
    await expect(row(his, "Gina Perrin").get_by_text("Available")).to_be_attached()

    await open_account_menu(hers, "Gina Perrin")
    await hers.get_by_role("menuitem", name="Set a status").click()
    dialog = hers.get_by_role("dialog", name="Your status")
    await dialog.get_by_role("button", name="Lunch").click()
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()
    await expect(row(his, "Gina Perrin").get_by_role("img", name="Lunch")).to_be_visible()

    # On the card, and where he writes to her.
    await row(his, "Gina Perrin").get_by_role("button").first.click()
    card = his.get_by_role("dialog", name="Colleague")
    await expect(card.get_by_text("Lunch", exact=True)).to_be_visible()
    await card.get_by_role("button", name="Write").click()
    await expect(his.locator("header .about")).to_contain_text("Available · 🍽️ Lunch")


async def test_contacts_are_starred_ordered_and_the_same_in_every_window(browsers: Browsers) -> None:
    origin = browsers.installation.origin
    admin = await browsers.signed_in("admin@example.com")
    hugo = await hired(admin, origin, "Hugo Orderly")
    names = ["Zoe Ordered", "Yan Ordered", "Xia Ordered"]
    for name in names:
        await hired(admin, origin, name)
    here, there = await browsers.signed_in(hugo["email"]), await browsers.signed_in(hugo["email"])
    for page in (here, there):
        await page.goto("/colleagues")
    await there.get_by_role("button", name="Contacts", exact=True).click()
    await expect(there.get_by_text("No contacts yet")).to_be_visible()
    await here.get_by_role("searchbox").fill("ordered")
    for name in names:
        await row(here, name).get_by_role("button", name="Add to contacts").click()
        await expect(row(there, name)).to_be_visible()

    await there.get_by_role("button", name="Move Xia Ordered").press("ArrowUp")
    await there.get_by_role("button", name="Move Xia Ordered").press("ArrowUp")
    await there.get_by_role("button", name="Actions for Yan Ordered").click()
    await there.get_by_role("menuitem", name="Make a favourite").click()
    await here.get_by_role("button", name="Contacts", exact=True).click()
    for page in (here, there):
        shown = page.get_by_role("main").get_by_role("listitem").get_by_role("strong")
        await expect(shown).to_have_text(["Yan Ordered", "Xia Ordered", "Zoe Ordered"])
    # By dragging, too.
    await there.get_by_role("button", name="Move Zoe Ordered").drag_to(row(there, "Xia Ordered"))
    await expect(here.get_by_role("main").get_by_role("listitem").get_by_role("strong")).to_have_text(
        ["Yan Ordered", "Zoe Ordered", "Xia Ordered"]
    )
