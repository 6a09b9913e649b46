"""A thread below a message of colleagues: two people reply, each sees the count at once, and what is unread goes."""

from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.browser.people import PASSWORD, Browsers, address

MANY_COLUMNS, PHONE = 1280, 390


async def employee(browsers: Browsers, name: str, **how: Any) -> Page:
    """A page of a new employee."""
    admin, email = await browsers.signed_in("admin@example.com"), address()
    await asked(admin, "POST", "/people", {"name": name, "email": email, "roles": ["employee"], "password": PASSWORD})
    return await browsers.signed_in(email, **how)


async def asked(page: Page, method: str, path: str, body: object = None) -> Any:
    """The answer to a request of whoever sits there, which works."""
    origin = await page.evaluate("origin") if page.url.startswith("http") else None
    answer = await page.context.request.fetch(
        f"/api/v1{path}", method=method, data=body, headers={"Origin": origin} if origin else {}
    )
    assert answer.ok, await answer.text()
    return await answer.json()


def conversation(page: Page) -> Locator:
    """What is said in the group itself."""
    return page.locator("[data-history]").first


def pane(page: Page) -> Locator:
    """The thread beside it."""
    return page.get_by_role("complementary", name="Thread below a message of Gina")


def line(page: Page) -> Locator:
    """What stands below the message."""
    return page.locator("a[data-thread]")


async def reply(page: Page, text: str) -> None:
    field = pane(page).get_by_placeholder("Message", exact=True)
    await field.fill(text)
    await field.press("Enter")
    await expect(pane(page).locator("[data-ordinal]").filter(has_text=text)).to_be_visible()


async def test_two_people_reply_in_a_thread_and_each_sees_it_at_once(browsers: Browsers) -> None:
    word = uuid4().hex[:6]
    gina, hugo = await employee(browsers, "Gina"), await employee(browsers, "Hugo", width=PHONE)
    for page in (gina, hugo):
        await page.goto("/chats")
    me = await asked(hugo, "GET", "/me")
    place = (await asked(gina, "POST", "/groups", {"kind": "group", "name": f"Lunch {word}"}))["id"]
    await asked(gina, "POST", f"/conversations/{place}/members", {"people": [me["id"]]})
    await asked(gina, "POST", f"/conversations/{place}/messages", {"text": f"Who brings pears? {word}"})
    for page in (gina, hugo):
        await page.goto(f"/chats/{place}")
        await expect(conversation(page)).to_contain_text(word)

    # Hugo, on a phone, replies from the menu of the message; the thread lies over the conversation.
    await conversation(hugo).locator("[data-ordinal]").filter(has_text=word).click()
    await conversation(hugo).get_by_role("button", name="Message actions").click()
    await hugo.get_by_role("menuitem", name="Reply in thread").click()
    await expect(pane(hugo).get_by_text("No replies yet")).to_be_visible()
    await reply(hugo, "I do")
    await expect(conversation(hugo)).to_be_hidden()

    # Gina sees the count at once, and that it is hers to read.
    await expect(line(gina)).to_contain_text("1 reply")
    assert (await asked(gina, "GET", "/threads/counts"))["unread_threads"] == 1
    await gina.get_by_role("link", name="1 thread with unread replies").click()
    followed = gina.get_by_role("region", name="Threads").get_by_role("link")
    await expect(followed.get_by_text("1 unread reply")).to_be_attached()
    await followed.click()
    await expect(pane(gina).get_by_role("region", name="The message the thread begins with")).to_contain_text(word)
    await expect(pane(gina)).to_contain_text("I do")
    await expect(conversation(gina)).to_be_visible()
    await reply(gina, "Thank you")
    await expect(pane(hugo)).to_contain_text("Thank you")
    for page in (gina, hugo):
        await expect(line(page)).to_contain_text("2 replies")
    await expect(gina.get_by_role("link", name="Threads", exact=True)).to_be_visible()
    assert (await asked(gina, "GET", "/threads/counts"))["unread_threads"] == 0

    # The address shows it again; Escape leads back to the conversation, and the focus to where one came from.
    await gina.reload()
    await expect(pane(gina)).to_contain_text("Thank you")
    follows = pane(gina).get_by_role("button", name="Following")
    await follows.click()
    await pane(gina).get_by_role("menuitemradio", name="Mentions of me").click()
    await expect(follows).to_have_accessible_name("Following: Mentions of me")
    await follows.click()
    await pane(gina).get_by_role("menuitem", name="Stop following").click()
    await expect(pane(gina).get_by_role("button", name="Follow", exact=True)).to_be_visible()
    await pane(gina).get_by_placeholder("Message", exact=True).press("Escape")
    await expect(pane(gina)).to_have_count(0)
    await expect(line(gina)).to_be_focused()
    await hugo.get_by_role("button", name="Close the thread").click()
    await expect(conversation(hugo)).to_be_visible()
    await expect(pane(hugo)).to_have_count(0)
