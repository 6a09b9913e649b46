"""What two colleagues do with each other's messages: react, reply, pin, and come back to them."""

import re
from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.browser.people import Browsers, bubble, composer, say
from tests.browser.test_colleagues import hired


async def posted(page: Page, origin: str, path: str, **body: Any) -> Any:
    """The answer to a request of the page's own person."""
    answer = await page.request.post(f"/api/v1{path}", data=body, headers={"Origin": origin})
    assert answer.ok, await answer.text()
    return await answer.json()


async def together(browsers: Browsers) -> tuple[Page, Page]:
    """Hélène, who owns a group, and Hugo, who is in it; both look at it."""
    origin = browsers.installation.origin
    admin = await browsers.signed_in("admin@example.com")
    people = [await hired(admin, origin, f"{name} {uuid4().hex[:6]}") for name in ("Hélène", "Hugo")]
    helene, hugo = [await browsers.signed_in(each["email"]) for each in people]
    place = (await posted(helene, origin, "/groups", kind="group", name="Lunch"))["id"]
    await posted(helene, origin, f"/conversations/{place}/members", people=[people[1]["id"]])
    for page in (helene, hugo):
        await page.goto(f"/chats/{place}")
        await expect(composer(page)).to_be_visible()
    return helene, hugo


async def menu(page: Page, message: Locator) -> None:
    """Opens the menu of a message."""
    await message.hover()
    button = message.get_by_role("button", name="Message actions")
    # A message that comes meanwhile moves this one from under the pointer; what has the focus stays in reach.
    await button.focus()
    await button.click()


async def does(page: Page, message: Locator, what: str) -> None:
    """Chooses from the menu of a message."""
    await menu(page, message)
    await page.get_by_role("menuitem", name=what, exact=True).click()


async def test_a_reaction_shows_at_the_other_and_is_taken_back_by_pressing_it_again(browsers: Browsers) -> None:
    helene, hugo = await together(browsers)
    await say(helene, "Pears for lunch?")
    theirs = bubble(hugo, "Pears for lunch?")
    await menu(hugo, theirs)
    await hugo.get_by_role("menuitemcheckbox", name="React with 👍").click()
    own = theirs.get_by_role("button", name=re.compile("👍"))
    await expect(own).to_have_attribute("aria-pressed", "true")
    seen = bubble(helene, "Pears for lunch?").get_by_role("button", name=re.compile("Hugo .* reacted with 👍"))
    await expect(seen).to_have_attribute("aria-pressed", "false")
    await seen.click()
    await expect(own).to_have_accessible_name(re.compile(r"You and Hélène .* reacted with 👍 \(2\)"))
    await own.click()
    await expect(own).to_have_attribute("aria-pressed", "false")
    await expect(own).to_have_accessible_name(re.compile(r"Hélène .* reacted with 👍 \(1\)"))

    await theirs.hover()
    await theirs.get_by_role("button", name="React", exact=True).click()
    picker = hugo.get_by_role("dialog", name="Choose an emoji")
    await picker.get_by_role("searchbox").fill("croissant")
    await expect(picker.get_by_role("button", name="croissant")).to_have_text("🥐")
    await picker.get_by_role("searchbox").press("Enter")
    await expect(picker).to_be_hidden()
    await expect(bubble(helene, "Pears for lunch?").get_by_role("button", name=re.compile("🥐"))).to_be_visible()
    await hugo.reload()
    await expect(theirs.get_by_role("button", name=re.compile("You reacted with 🥐"))).to_be_visible()


async def test_a_reply_leads_to_what_it_quotes_and_unread_from_there_counts_on_another_device(
    browsers: Browsers,
) -> None:
    helene, hugo = await together(browsers)
    await say(helene, "Who brings the bread?")
    await say(helene, "And who the cheese?")
    await does(hugo, bubble(hugo, "Who brings the bread?"), "Reply")
    await composer(hugo).fill("Me")
    await hugo.reload()
    # It is still there, and on another device, too.
    known = {"cookies": await hugo.context.cookies(), "origins": []}
    other = await (await browsers.browser(cookies=known)).new_page()
    await other.goto(hugo.url)
    for page in (hugo, other):
        await expect(page.get_by_text("Replying to Hélène")).to_be_visible()
        await expect(composer(page)).to_have_value("Me")
    await composer(hugo).press("Enter")
    for page in (hugo, other):
        await expect(page.get_by_text("Replying to Hélène")).to_be_hidden()
        await expect(composer(page)).to_have_value("")
    quote = helene.get_by_title("Show the message")
    await expect(quote).to_contain_text("Who brings the bread?")
    await quote.click()
    await expect(helene.locator(".found")).to_contain_text("Who brings the bread?")

    await does(helene, helene.locator(".found"), "Pin")
    await expect(hugo.get_by_text("Pinned", exact=True)).to_be_visible()
    await does(helene, helene.locator(".found"), "Delete")
    await helene.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(hugo.get_by_title("Show the message")).to_contain_text("This message was deleted")
    await expect(hugo.get_by_text("Pinned", exact=True)).to_be_hidden()

    device = await hugo.context.new_page()
    await device.goto(hugo.url)
    await expect(bubble(device, "And who the cheese?")).to_be_visible()
    await does(hugo, bubble(hugo, "And who the cheese?"), "Mark unread from here")
    await expect(hugo.get_by_role("separator")).to_have_text("New messages")
    await device.reload()
    await expect(device.get_by_role("separator")).to_have_text("New messages")

    address = re.sub(r"\?.*", "", hugo.url)
    await device.goto(f"{address}?at=2")
    await expect(device.locator(".found")).to_contain_text("And who the cheese?")
    stranger = await browsers.newcomer()
    await stranger.goto(f"{address.replace('/chats/', '/messages/')}?at=2")
    await expect(stranger.get_by_text("This conversation is not here")).to_be_visible()


async def test_a_message_is_sent_on_under_the_name_of_who_said_it(browsers: Browsers) -> None:
    helene, hugo = await together(browsers)
    await say(helene, "The canteen has pears")
    name = f"Kitchen {uuid4().hex[:6]}"
    origin = browsers.installation.origin
    place = (await posted(hugo, origin, "/groups", kind="group", name=name))["id"]
    zoe = await hired(await browsers.signed_in("admin@example.com"), origin, f"Zoë {uuid4().hex[:6]}")
    await does(hugo, bubble(hugo, "The canteen has pears"), "Forward")
    dialog = hugo.get_by_role("dialog", name="Forward")
    await dialog.get_by_role("searchbox").fill(name)
    await dialog.get_by_role("checkbox", name=name).check()
    await dialog.get_by_role("searchbox").fill(zoe["name"])
    await dialog.get_by_role("checkbox", name=zoe["name"]).check()
    await dialog.get_by_label("Comment").fill("Have some")
    await dialog.get_by_role("button", name="Forward to 2 conversations").click()
    await expect(hugo.get_by_text("Forwarded to 2 conversations")).to_be_visible()
    await hugo.goto(f"/chats/{place}")
    await expect(bubble(hugo, "The canteen has pears")).to_contain_text("Forwarded from Hélène")
    page = await browsers.signed_in(zoe["email"])
    await page.goto("/chats")
    await page.get_by_role("link", name=re.compile("Hugo")).first.click()
    await expect(bubble(page, "The canteen has pears")).to_contain_text("Forwarded from Hélène")
    await expect(bubble(page, "Have some")).to_be_visible()
