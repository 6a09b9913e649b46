"""The search of everything: from a key to the message in its place, with its words marked, and what narrows it."""

import re
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.browser.people import Browsers, bubble, composer
from tests.browser.test_chats import called, does
from tests.browser.test_search import until_found


def asked(page: Page) -> str:
    """The expression in the address."""
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0].strip()


async def test_a_message_is_found_narrowed_by_operators_and_shown_in_its_place(browsers: Browsers) -> None:
    gina, hugo = await called(browsers, "Gina", "Hugo")
    word = f"quince{uuid4().hex[:6]}"
    page = await browsers.signed_in(gina["email"])
    await page.goto("/chats")
    group = (await does(page, "POST", "/groups", {"kind": "group", "name": f"Fruit {word}"}))["id"]
    await does(page, "POST", f"/conversations/{group}/members", {"people": [hugo["id"]]})
    await does(page, "POST", f"/conversations/{group}/messages", {"text": f"Two {word}, please"})
    there = await browsers.signed_in(hugo["email"])
    await there.goto("/chats")
    await does(there, "POST", f"/conversations/{group}/messages", {"text": f"No {word} left"})
    await until_found(page, f"{word} from:me")
    await until_found(page, f"{word} -from:me")

    # The switcher shows what was said and leads on to all of it.
    await page.keyboard.press("Control+k")
    await page.keyboard.type(word)
    await expect(page.get_by_role("option", name=f"Two {word}, please")).to_be_visible()
    await page.get_by_role("option", name=f"Search messages for “{word}”").click()
    field = page.get_by_role("combobox", name="Words, names, operators")
    await expect(field).to_have_value(word)
    results = page.get_by_role("list", name="Messages").get_by_role("link")
    await expect(results).to_have_count(2)
    await expect(results.first.locator("mark")).to_have_text(word)

    # A name is completed and taken by the keyboard, and the address keeps the whole expression.
    await expect(field).to_be_focused()
    await page.keyboard.press("End")
    await page.keyboard.type(f" from:{hugo['name'].split()[1]}")
    option = page.get_by_role("option", name=f'from:"{hugo["name"]}"')
    await expect(option).to_be_visible()
    await page.keyboard.press("ArrowDown")
    await expect(option).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(results).to_have_count(1)
    await expect(page).to_have_url(re.compile("from%3A"))
    assert asked(page) == f'{word} from:"{hugo["name"]}"'

    # A broken piece is named; without it the message is shown in its place, its words marked.
    await page.goto(f"/search?q={word} form:hugo")
    await expect(page.get_by_text("“form:hugo” (character")).to_be_visible()
    await page.goto(f"/search?q={word} from:me")
    await results.first.click()
    await expect(bubble(page, f"Two {word}, please")).to_be_in_viewport()
    await expect(composer(page)).to_be_visible()
    await page.wait_for_function("CSS.highlights.get('found')?.size === 1")

    # By its key from anywhere.
    await page.keyboard.press("Control+Shift+f")
    await expect(page.get_by_role("heading", level=1, name="Search")).to_be_visible()
