"""Archive and restore on both sides: put away for one's own side only, its history at hand, back with the next word."""

from uuid import uuid4

from playwright.async_api import Page, expect

from tests.browser.people import (
    Browsers,
    at_the_bookshop,
    bubble,
    choose,
    composer,
    item_of,
    name_of,
    place_of,
    send,
    tell,
)

OLIVER = "oliver@harbourpage.example"


async def put_away(page: Page) -> None:
    await choose(page, "Archive")
    await expect(page.get_by_text("Conversation archived")).to_be_visible()


async def test_a_customer_archives_reads_on_and_brings_back(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    word = uuid4().hex[:8]
    await send(ann, f"Is {word} still there?")
    await send(ann, "The blue one")
    place = await place_of(ann)
    await ann.goto(f"/messages/{place}")
    await put_away(ann)
    await expect(item_of(ann, "Harbour & Page")).to_have_count(0)

    await ann.goto("/messages")
    await expect(ann.get_by_text("No conversations yet")).to_be_visible()
    await ann.get_by_role("link", name="Show the archive").click()
    await expect(ann.get_by_role("heading", name="Archive")).to_be_visible()
    await item_of(ann, "Harbour & Page").click()
    # All that was said is there to read, and to be found.
    await expect(bubble(ann, word)).to_be_visible()
    await expect(bubble(ann, "The blue one")).to_be_visible()
    await expect(item_of(ann, "Harbour & Page")).to_be_visible()

    await choose(ann, "Bring back from the archive")
    await expect(ann.get_by_text("Conversation brought back")).to_be_visible()
    await expect(item_of(ann, "Harbour & Page")).to_have_count(0)
    await ann.goto("/messages")
    await expect(item_of(ann, "Harbour & Page")).to_be_visible()


async def test_what_was_archived_by_mistake_comes_back_with_one_click(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await send(ann, "Keep me")
    await ann.goto(f"/messages/{await place_of(ann)}")
    await put_away(ann)
    await ann.get_by_role("button", name="Undo").click()
    await expect(item_of(ann, "Harbour & Page")).to_be_visible()


async def test_each_side_has_an_archive_of_its_own(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await send(ann, "For both of us")
    name = await name_of(ann)
    await ann.goto("/messages")
    oliver = await browsers.signed_in(OLIVER)
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}")
    await item_of(oliver, name).click()
    await expect(bubble(oliver, "For both of us")).to_be_visible()
    await put_away(oliver)
    await expect(item_of(oliver, name)).to_have_count(0)
    await expect(item_of(ann, "Harbour & Page")).to_be_visible()

    await oliver.goto(f"/inbox/{browsers.installation.bookshop}/archive")
    await item_of(oliver, name).click()
    await expect(bubble(oliver, "For both of us")).to_be_visible()
    await choose(oliver, "Bring back from the archive")
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}")
    await expect(item_of(oliver, name)).to_be_visible()


async def test_what_one_of_the_team_archives_leaves_the_other_pages_at_once(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await send(ann, "Thank you, that was all")
    name = await name_of(ann)
    there, here = await browsers.signed_in(OLIVER), await browsers.signed_in(OLIVER)
    await there.goto(f"/inbox/{browsers.installation.bookshop}")
    await expect(item_of(there, name)).to_be_visible()
    await here.goto(f"/inbox/{browsers.installation.bookshop}")
    await item_of(here, name).click()
    await put_away(here)
    await expect(item_of(there, name)).to_have_count(0)
    await choose(here, "Bring back from the archive")
    await expect(item_of(there, name)).to_be_visible()


async def test_a_new_message_brings_an_archived_conversation_back(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await send(ann, "Goodbye")
    name, place = await name_of(ann), await place_of(ann)
    oliver = await browsers.signed_in(OLIVER)
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}")
    await item_of(oliver, name).click()
    await expect(bubble(oliver, "Goodbye")).to_be_visible()
    await put_away(oliver)
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}")
    await expect(oliver.get_by_role("heading", name="Inbox")).to_be_visible()
    await tell(ann, place, "One more thing")
    await expect(item_of(oliver, name)).to_contain_text("One more thing")
    await expect(item_of(oliver, name).get_by_text("unread message")).to_be_attached()


async def test_one_can_answer_from_the_archive(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await send(ann, "Nothing more for today")
    place = await place_of(ann)
    await ann.goto(f"/messages/{place}")
    await put_away(ann)
    await ann.goto("/messages/archive")
    await item_of(ann, "Harbour & Page").click()
    await composer(ann).fill("Or is there?")
    await composer(ann).press("Enter")
    await expect(bubble(ann, "Or is there?").get_by_label("Sent", exact=True)).to_be_visible()
    await ann.goto("/messages")
    await expect(item_of(ann, "Harbour & Page")).to_contain_text("Or is there?")
