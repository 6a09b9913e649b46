"""The messenger of colleagues: groups, channels, the way anywhere by keyboard, and one thing at a time on a phone."""

import asyncio
import re
from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, Page, Route, expect

from tests.browser.looks import nothing_in_the_way
from tests.browser.people import Browsers, bubble, composer, say
from tests.browser.staff import hired


async def called(browsers: Browsers, *names: str) -> list[dict[str, Any]]:
    """New employees, by names that nobody else has."""
    admin = await browsers.signed_in("admin@example.com")
    return [await hired(admin, browsers.installation.origin, f"{name} {uuid4().hex[:8]}") for name in names]


async def does(page: Page, method: str, path: str, body: object = None) -> Any:
    """The answer to a request of whoever the page belongs to, which works."""
    origin = "/".join(page.url.split("/", 3)[:3])
    answer = await page.request.fetch(f"/api/v1{path}", method=method, data=body, headers={"Origin": origin})
    assert answer.ok, await answer.text()
    return await answer.json() if answer.status != 204 else None


def entry(page: Page, name: str) -> Locator:
    """A chat in the list."""
    return page.locator("a[data-chat]").filter(has_text=name)


async def pick(page: Page, name: str) -> None:
    """Chooses a colleague in a dialog, by a part of the name."""
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_role("combobox", name="Name, title or department")
    await field.fill(name)
    option = dialog.get_by_role("listbox", name="Colleagues").get_by_role("option", name=name, selected=True)
    await expect(option).to_have_count(1)
    await expect(field).to_have_attribute("aria-activedescendant", await option.get_attribute("id") or "")
    await option.click()
    await expect(dialog.get_by_role("list", name="Chosen")).to_contain_text(name)


async def test_a_group_is_opened_and_the_others_see_at_once_what_is_said_in_it(browsers: Browsers) -> None:
    gina, hugo, ida = await called(browsers, "Gina", "Hugo", "Ida")
    there = await browsers.signed_in(hugo["email"])
    await there.goto("/chats")
    await expect(there.get_by_text("No chats yet")).to_be_visible()

    page = await browsers.signed_in(gina["email"])
    await page.goto("/chats")
    await page.get_by_role("button", name="New chat").first.click()
    await pick(page, hugo["name"])
    await pick(page, ida["name"])
    await page.get_by_label("Name of the group").fill("Lunch on Thursday")
    await page.get_by_role("button", name="Create group").click()
    await expect(page.get_by_role("heading", level=1, name="Lunch on Thursday")).to_be_visible()
    await expect(page.get_by_text("3 members")).to_be_visible()
    await say(page, "Shall we try the new place?")

    # The other one has it in the list, with its count, and reads it.
    await expect(entry(there, "Lunch on Thursday")).to_contain_text("Shall we try the new place?")
    await expect(entry(there, "Lunch on Thursday")).to_contain_text("1 unread message")
    await expect(there.get_by_role("link", name="Chats")).to_contain_text("1")
    # An older address leads to the chat, and nothing can be written before that.
    place = await entry(there, "Lunch on Thursday").get_attribute("data-chat")
    known = asyncio.Event()

    async def hold(route: Route) -> None:
        await known.wait()
        await route.continue_()

    await there.route(f"**/api/v1/conversations/{place}", hold)
    await there.goto(f"/messages/{place}")
    await expect(there.get_by_role("group", name="Conversation")).to_be_visible()
    await expect(composer(there)).to_have_count(0)
    known.set()
    await expect(there).to_have_url(re.compile(f"/chats/{place}$"))
    await entry(there, "Lunch on Thursday").click()
    await expect(bubble(there, "Shall we try the new place?")).to_be_visible()
    await expect(entry(there, "Lunch on Thursday")).not_to_contain_text("unread")
    await say(there, "Good idea")
    await expect(bubble(page, "Good idea")).to_be_visible()

    # What he settles for himself shows at once: muted, it is counted no more.
    await there.get_by_role("button", name="Details").click()
    await there.get_by_role("group", name="Notify me of").get_by_role("button", name="Nothing").click()
    await expect(entry(there, "Lunch on Thursday").get_by_role("img", name="Muted")).to_be_visible()
    await nothing_in_the_way(there, "chat")


async def test_a_channel_is_looked_into_joined_and_left(browsers: Browsers) -> None:
    gina, hugo = await called(browsers, "Gina", "Hugo")
    owner = await browsers.signed_in(gina["email"])
    await owner.goto("/chats/channels")
    name = f"Kitchen {uuid4().hex[:6]}"
    channel = await does(owner, "POST", "/groups", {"kind": "channel", "name": name, "is_open": True})
    await does(owner, "POST", f"/conversations/{channel['id']}/messages", {"text": "The coffee machine works"})

    page = await browsers.signed_in(hugo["email"])
    await page.goto("/chats/channels")
    await page.get_by_role("searchbox", name="Search channels").fill(name)
    await page.get_by_role("link", name=name).click()
    await expect(bubble(page, "The coffee machine works")).to_be_visible()
    await expect(composer(page)).to_be_hidden()
    # From outside one hears what is said meanwhile, too.
    await does(owner, "POST", f"/conversations/{channel['id']}/messages", {"text": "And the oven"})
    await expect(bubble(page, "And the oven")).to_be_visible()
    await page.get_by_role("button", name="Join").click()
    await say(page, "Thank you")
    await expect(entry(page, name)).to_be_visible()

    # The last owner hears why she cannot leave; he can.
    await owner.goto(f"/chats/{channel['id']}")
    for who in (owner, page):
        await who.get_by_role("button", name="Details").click()
        await who.get_by_role("button", name="Leave").click()
        await who.get_by_role("alertdialog").or_(who.get_by_role("dialog")).get_by_role("button", name="Leave").click()
    await expect(owner.get_by_text("You are its only owner", exact=False)).to_be_visible()
    await expect(page.get_by_text(f"You have left {name}")).to_be_visible()
    await expect(entry(page, name)).to_have_count(0)
    assert page.url.endswith("/chats")


async def test_one_goes_anywhere_by_keyboard_and_one_thing_at_a_time_on_a_phone(browsers: Browsers) -> None:
    gina, hugo, ida = await called(browsers, "Gina", "Hugo", "Ida")
    page = await browsers.signed_in(gina["email"])
    await page.goto("/colleagues")
    with_hugo = (await does(page, "POST", "/direct-chats", {"person_id": hugo["id"]}))["id"]
    there = await browsers.signed_in(hugo["email"])
    await there.goto("/colleagues")
    await does(there, "POST", f"/conversations/{with_hugo}/messages", {"text": "Coffee?"})

    # From any page to somebody one has not talked with yet.
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("combobox", name="A person, a chat, a channel")).to_be_focused()
    await page.keyboard.type(ida["name"].split()[1])
    await expect(page.get_by_role("option", name=ida["name"])).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1, name=ida["name"])).to_be_visible()
    await expect(composer(page)).to_be_focused()
    # In the field with words selected the same key makes a link of them.
    await page.keyboard.type("here")
    await page.keyboard.press("Control+a")
    await page.keyboard.press("Control+k")
    await expect(composer(page)).not_to_have_value("here")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await composer(page).fill("")

    # To the next unread chat, where Escape says that it is read.
    await expect(entry(page, hugo["name"])).to_contain_text("1 unread message")
    await page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(page.get_by_role("heading", level=1, name=hugo["name"])).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(entry(page, hugo["name"])).not_to_contain_text("unread")
    await composer(page).blur()
    await page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(sheet).to_contain_text("Next unread chat")
    await page.keyboard.press("Escape")
    await page.keyboard.press("i")
    await expect(page.get_by_role("complementary", name="Details")).to_contain_text(hugo["email"])

    # Where the details have no room beside it, the chat has the window for itself.
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(entry(page, hugo["name"])).to_be_hidden()
    await page.get_by_role("link", name="Back").click()
    await expect(entry(page, hugo["name"])).to_be_visible()
    await expect(composer(page)).to_be_hidden()
