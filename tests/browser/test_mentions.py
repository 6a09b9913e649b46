"""Mentions: by keyboard, as a name that leads to its card, and an invitation for who is not there."""

from uuid import uuid4

from playwright.async_api import expect

from tests.browser.people import Browsers, bubble, composer
from tests.browser.test_colleagues import hired


async def test_somebody_is_mentioned_by_keyboard_and_hears_of_it(browsers: Browsers) -> None:
    origin = browsers.installation.origin
    admin = await browsers.signed_in("admin@example.com")
    mark = uuid4().hex[:6]
    gina, zoe = await hired(admin, origin, f"Gina {mark}"), await hired(admin, origin, f"Zoë Ängström {mark}")
    stranger = await hired(admin, origin, f"Xavier {mark}")
    page = await browsers.signed_in(gina["email"])
    made = await page.request.post(
        "/api/v1/groups", data={"kind": "channel", "name": f"News {mark}"}, headers={"Origin": origin}
    )
    place = (await made.json())["id"]
    await page.request.post(
        f"/api/v1/conversations/{place}/members", data={"people": [zoe["id"]]}, headers={"Origin": origin}
    )
    await page.goto(f"/chats/{place}")
    field = composer(page)
    await field.press_sequentially("Hello @ang")
    people = page.get_by_role("listbox", name="People you can mention")
    await expect(people.get_by_role("option", name=zoe["name"])).to_have_attribute("aria-selected", "true")
    await expect(field).to_have_attribute("aria-expanded", "true")
    await field.press("Enter")
    await expect(field).to_have_value(f"Hello @{zoe['name']} ")
    await field.press("Enter")
    said = bubble(page, f"@{zoe['name']}")
    await expect(said).to_be_visible()

    other = await browsers.signed_in(zoe["email"])
    await other.goto("/notifications")
    await expect(other.get_by_role("link", name=f"News {mark}")).to_contain_text(f"Hello @{zoe['name']}")

    await said.get_by_role("button", name=f"@{zoe['name']}").click()
    card = page.get_by_role("dialog", name="Colleague")
    await expect(card.get_by_role("heading", name=zoe["name"])).to_be_visible()
    await page.keyboard.press("Escape")

    await field.press_sequentially("@xavier")
    await expect(people.get_by_role("option", name=stranger["name"])).to_contain_text("Not in this chat")
    await field.press("Tab")
    await page.get_by_role("button", name="Invite", exact=True).click()
    await expect(field).to_have_value(f"@{stranger['name']} ")
