"""The main job: a visitor writes on the storefront, the partner sees it live and answers, both sides agree."""

import re
from uuid import uuid4

from playwright.async_api import expect

from tests.browser.people import Browsers, address, at_the_bookshop, bubble, choose, composer, item_of, say, send


async def test_a_visitor_writes_before_signing_up_and_the_answer_arrives_live(browsers: Browsers) -> None:
    shop = browsers.installation.bookshop
    oliver = await browsers.signed_in("oliver@harbourpage.example")
    await oliver.goto(f"/inbox/{shop}")
    await expect(oliver.get_by_role("heading", name="Inbox")).to_be_visible()
    question, name = f"Do you have a globe? {uuid4().hex[:6]}", f"Ann {uuid4().hex[:4]}"

    visitor = await (await browsers.browser()).new_page()
    await visitor.goto(f"/partner/{shop}")
    field = visitor.get_by_label("Your message to Harbour & Page")
    await field.fill(question)
    await field.press("Enter")
    await visitor.get_by_label("Your name").fill(name)
    await visitor.get_by_label("E-mail").fill(address())
    await visitor.get_by_role("textbox", name="Password").fill("a long password")
    await visitor.get_by_role("button", name="Sign up and send").click()
    await expect(bubble(visitor, question)).to_have_count(1)
    await expect(visitor.get_by_text("Automatic reply")).to_be_visible()

    item = oliver.locator("[data-conversation]").filter(has_text=name)
    await expect(item.get_by_text("1 unread message")).to_be_attached()
    await expect(oliver).to_have_title(re.compile(r"^\(\d+\)"))
    await item.click()
    await expect(bubble(oliver, question)).to_be_visible()
    await expect(item.get_by_text("unread message")).to_have_count(0)
    await expect(visitor.get_by_label("Seen", exact=True).first).to_be_visible()

    await say(oliver, "We do, from 1911.")
    await expect(bubble(visitor, "We do, from 1911.")).to_be_visible()
    await expect(visitor.get_by_text("Oliver Grant").first).to_be_visible()
    await expect(bubble(oliver, "We do, from 1911.").get_by_label("Seen", exact=True)).to_be_visible()

    await visitor.reload()
    await expect(bubble(visitor, question)).to_have_count(1)
    await visitor.goto("/messages")
    await expect(visitor.locator("[data-conversation]")).to_have_count(1)
    await expect(visitor.locator("[data-conversation]")).to_contain_text("We do, from 1911.")


async def test_unread_counts_rise_and_fall_on_both_sides(browsers: Browsers) -> None:
    shop = browsers.installation.bookshop
    name = f"Ann {uuid4().hex[:6]}"
    ann = await browsers.newcomer(name)
    await ann.goto(f"/partner/{shop}")
    await send(ann, "One")
    await send(ann, "Two")
    # On screen at once; who leaves before it is stored takes it along.
    await ann.goto("/messages")
    item = ann.locator("[data-conversation]").first
    await expect(item).to_be_visible()

    oliver = await browsers.signed_in("oliver@harbourpage.example")
    await oliver.goto(f"/inbox/{shop}")
    theirs = oliver.locator("[data-conversation]").filter(has_text=name)
    await expect(theirs.get_by_text("2 unread messages")).to_be_attached()
    await theirs.click()
    await say(oliver, "Three")
    await expect(item.get_by_text("unread message")).to_be_attached()
    await item.click()
    await expect(bubble(ann, "Three")).to_be_visible()
    await expect(item.get_by_text("unread message")).to_have_count(0)


async def test_typing_is_seen_while_it_lasts(browsers: Browsers) -> None:
    shop = browsers.installation.bookshop
    name = f"Ann {uuid4().hex[:6]}"
    ann = await browsers.newcomer(name)
    await ann.goto(f"/partner/{shop}")
    await say(ann, "Hello, quick question")
    oliver = await browsers.signed_in("oliver@harbourpage.example")
    await oliver.goto(f"/inbox/{shop}")
    await oliver.locator("[data-conversation]").filter(has_text=name).click()
    await expect(bubble(oliver, "quick question")).to_be_visible()
    await composer(oliver).press_sequentially("Let me think", delay=30)
    await expect(ann.get_by_text("Oliver Grant is typing")).to_be_visible()


async def test_edits_and_deletions_show_at_once_on_the_other_side(browsers: Browsers) -> None:
    shop = browsers.installation.bookshop
    name = f"Ann {uuid4().hex[:6]}"
    ann = await browsers.newcomer(name)
    await ann.goto(f"/partner/{shop}")
    await say(ann, "Frist")
    await say(ann, "A slip of the tongue")
    oliver = await browsers.signed_in("oliver@harbourpage.example")
    await oliver.goto(f"/inbox/{shop}")
    await oliver.locator("[data-conversation]").filter(has_text=name).click()
    await expect(bubble(oliver, "Frist")).to_be_visible()

    first = bubble(ann, "Frist")
    await first.hover()
    await first.get_by_role("button", name="Message actions").click()
    await ann.get_by_role("menuitem", name="Edit").click()
    await composer(ann).fill("First")
    await composer(ann).press("Enter")
    await expect(bubble(oliver, "First")).to_contain_text("edited")

    slip = bubble(ann, "A slip of the tongue")
    await slip.hover()
    await slip.get_by_role("button", name="Message actions").click()
    await ann.get_by_role("menuitem", name="Delete").click()
    await ann.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(oliver.get_by_text("This message was deleted")).to_be_visible()
    await expect(bubble(oliver, "A slip of the tongue")).to_have_count(0)


async def test_a_phone_keeps_the_whole_name_and_says_when_the_partner_is_open(browsers: Browsers) -> None:
    ann = await browsers.newcomer(width=390)
    await ann.goto(f"/partner/{browsers.installation.partners['Château de Vaux-le-Vicomte']}")
    await ann.get_by_role("button", name="Write a message").click()
    await send(ann, "Is the garden open?")
    await ann.goto("/messages")
    await item_of(ann, "Is the garden open?").click()
    name = ann.get_by_role("heading", name="Château de Vaux-le-Vicomte", level=1)
    await expect(name).to_be_visible()
    assert await name.evaluate("name => name.scrollHeight <= name.clientHeight && name.scrollWidth <= name.clientWidth")
    await expect(ann.get_by_text(re.compile("Open now|Closed now"))).to_be_visible()
    await choose(ann, "Search in this conversation")
    await expect(ann.get_by_role("searchbox", name="Search in this conversation")).to_be_focused()
    await choose(ann, "View the storefront")
    await expect(ann).to_have_url(re.compile("/partner/"))


async def test_what_is_marked_unread_waits_on_every_device_until_it_is_opened(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    words = f"Do you have an atlas? {uuid4().hex[:6]}"
    await send(ann, words)
    other = await ann.context.new_page()
    for page in (ann, other):
        await page.goto("/messages")
        await expect(item_of(page, words)).to_be_visible()
    await item_of(ann, words).click()
    await choose(ann, "Mark unread")
    for page in (ann, other):
        await expect(item_of(page, words).get_by_text("Marked unread")).to_be_attached()
    await expect(other.get_by_role("link", name="Messages").get_by_text("1 unread conversation")).to_be_attached()
    await item_of(other, words).click()
    for page in (ann, other):
        await expect(item_of(page, words).get_by_text("Marked unread")).to_have_count(0)
    await item_of(ann, words).hover()
    await ann.get_by_role("button", name="Actions for Harbour & Page").click()
    await ann.get_by_role("menuitem", name="Mark unread").click()
    await expect(item_of(ann, words).get_by_text("Marked unread")).to_be_attached()
