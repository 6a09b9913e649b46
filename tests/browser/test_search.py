"""Search in the list and in a conversation: what was found is shown in its place, as often as it is asked for."""

import asyncio
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.browser.people import (
    Browsers,
    at_the_bookshop,
    bubble,
    choose,
    drawn,
    item_of,
    name_of,
    place_of,
    send,
    tell,
)
from tests.waiting import eventually

AFTER = 90
"""More messages than are in the page when a conversation is opened."""


async def with_a_buried_word(browsers: Browsers) -> tuple[Page, str, str]:
    """A customer whose first message holds a word of its own under many others: page, conversation and word."""
    ann = await at_the_bookshop(browsers)
    word = f"zebra{uuid4().hex[:6]}"
    await send(ann, f"Where is the {word} kept?")
    place = await place_of(ann)
    await asyncio.gather(*(tell(ann, place, f"Line {number}") for number in range(AFTER - 1)))
    await tell(ann, place, f"Line {AFTER - 1}")
    await until_found(ann, word)
    return ann, place, word


async def until_found(page: Page, word: str) -> None:
    """The index is a reaction: it follows a moment later."""

    async def found() -> bool:
        answer = await page.context.request.get("/api/v1/search", params={"q": word})
        return bool((await answer.json())["messages"]["items"])

    await eventually(found)


async def away(page: Page, message: Locator) -> None:
    """Scrolls to where the message is no longer in sight."""
    await page.get_by_role("region", name="Messages of this conversation").hover()

    async def gone() -> bool:
        await page.mouse.wheel(0, 900)
        await drawn(page)
        return await message.count() == 0 or not await in_sight(message)

    await eventually(gone)


async def in_sight(message: Locator) -> bool:
    box = await message.bounding_box()
    return box is not None and box["y"] + box["height"] > 120 and box["y"] < 700


async def test_a_message_found_in_the_list_opens_in_its_place(browsers: Browsers) -> None:
    ann, place, word = await with_a_buried_word(browsers)
    await ann.goto("/messages")
    await ann.get_by_role("searchbox", name="Search conversations").fill(word)
    hit = ann.locator("[data-hit]")
    await expect(hit).to_have_count(1)
    await expect(hit).to_contain_text(word)
    await hit.click()
    await expect(ann).to_have_url(f"{browsers.installation.origin}/messages/{place}?message=1")
    await expect(bubble(ann, word)).to_be_in_viewport()
    await expect(bubble(ann, f"Line {AFTER - 1}")).to_have_count(0)

    # Whoever has scrolled away and chooses it again is led there again.
    await away(ann, bubble(ann, word))
    await hit.click()
    await expect(bubble(ann, word)).to_be_in_viewport()


async def test_a_message_found_in_the_conversation_opens_in_its_place(browsers: Browsers) -> None:
    ann, place, word = await with_a_buried_word(browsers)
    await ann.goto(f"/messages/{place}")
    await expect(bubble(ann, f"Line {AFTER - 1}")).to_be_in_viewport()
    await ann.get_by_role("button", name="Search in this conversation").click()
    field = ann.get_by_role("searchbox", name="Search in this conversation")
    await expect(field).to_be_focused()
    await field.fill(word)
    hit = ann.get_by_role("button").filter(has_text=word)
    await hit.click()
    await expect(bubble(ann, word)).to_be_in_viewport()
    await away(ann, bubble(ann, word))
    await hit.click()
    await expect(bubble(ann, word)).to_be_in_viewport()
    await field.press("Escape")
    await expect(field).to_have_value("")
    await field.press("Escape")
    await expect(field).to_have_count(0)


async def test_words_that_nobody_said_are_not_found_and_it_is_said(browsers: Browsers) -> None:
    ann, place, _ = await with_a_buried_word(browsers)
    nothing = f"quagga{uuid4().hex[:6]}"
    await ann.goto(f"/messages/{place}")
    await ann.get_by_role("searchbox", name="Search conversations").fill(nothing)
    await expect(ann.get_by_text(f"Nothing found for “{nothing}”")).to_be_visible()
    await ann.get_by_role("button", name="Search in this conversation").click()
    await ann.get_by_role("searchbox", name="Search in this conversation").fill(nothing)
    await expect(ann.get_by_text(f"Nothing found for “{nothing}”")).to_have_count(2)


async def test_the_inbox_finds_people_by_name_and_messages_by_word_in_the_archive_too(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    name, word = await name_of(ann), f"okapi{uuid4().hex[:6]}"
    await send(ann, f"One {word}, please")
    await until_found(ann, word)
    oliver = await browsers.signed_in("oliver@harbourpage.example")
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}")
    field = oliver.get_by_role("searchbox", name="Search conversations")
    await field.fill(name)
    await expect(oliver.locator("[data-conversation]")).to_have_count(1)
    await field.fill(word)
    await expect(oliver.locator("[data-hit]")).to_have_count(1)
    await oliver.locator("[data-hit]").click()
    await expect(bubble(oliver, word)).to_be_in_viewport()
    await choose(oliver, "Archive")
    await expect(oliver.get_by_text("Conversation archived")).to_be_visible()
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}")
    await field.fill(word)
    await expect(oliver.locator("[data-hit]")).to_have_count(1)
    await expect(item_of(oliver, name)).to_have_count(1)
