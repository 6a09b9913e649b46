"""The bell: it rings as things happen, falls when they are seen, and leads to the right place."""

import re
from datetime import UTC, datetime
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.browser.outgoing import ask
from tests.browser.people import Browsers, at_the_bookshop, bubble, name_of, place_of, send, tell
from tests.browser.ringing import RINGS, begin_afresh, bell, is_silent, rings, row

OLIVER = "oliver@harbourpage.example"


async def oliver_at(browsers: Browsers, path: str = "/profile", **how: int) -> Page:
    """The owner of the bookshop, whose bell is silent."""
    oliver = await browsers.signed_in(OLIVER, **how)
    await begin_afresh(oliver, browsers.installation.origin)
    await oliver.goto(path)
    await expect(oliver.locator("h1:visible").first).to_be_visible()
    return oliver


async def writes(browsers: Browsers, text: str) -> tuple[Page, str]:
    """A new customer writes to the bookshop: their page and their name."""
    ann = await at_the_bookshop(browsers)
    await send(ann, text)
    return ann, await name_of(ann)


def some_words() -> str:
    return f"Is it still there? {uuid4().hex[:8]}"


async def test_the_bell_rings_for_a_message_and_leads_to_it(browsers: Browsers) -> None:
    oliver = await oliver_at(browsers)
    await is_silent(oliver)
    text = some_words()
    _, name = await writes(browsers, text)
    await rings(oliver, 1)
    # Messages that other tests have left for Oliver are counted there, too.
    sides = (await ask(oliver, browsers.installation.origin, "GET", "/conversations/counts"))["sides"]
    unread = sum(each["unread_conversations"] for each in sides)
    await expect(oliver).to_have_title(f"({unread}) Profile · Estafette")

    await bell(oliver).click()
    told = oliver.get_by_role("dialog", name="Notifications").locator("[data-notification]").filter(has_text=text)
    await expect(told).to_contain_text(f"{name} wrote to Harbour & Page")
    await told.get_by_role("link").click()
    await expect(bubble(oliver, text)).to_be_visible()
    await expect(oliver.get_by_role("dialog", name="Notifications")).to_be_hidden()
    await is_silent(oliver)


async def test_it_falls_for_a_conversation_that_is_read_elsewhere(browsers: Browsers) -> None:
    oliver = await oliver_at(browsers)
    text = some_words()
    _, name = await writes(browsers, text)
    await rings(oliver, 1)
    elsewhere = await browsers.signed_in(OLIVER)
    await elsewhere.goto(f"/inbox/{browsers.installation.bookshop}")
    await elsewhere.locator("[data-conversation]").filter(has_text=name).click()
    await expect(bubble(elsewhere, text)).to_be_visible()
    await is_silent(oliver)


async def test_it_rings_for_a_contact_request_and_says_who_and_what_about(browsers: Browsers) -> None:
    oliver = await oliver_at(browsers)
    origin, title = browsers.installation.origin, f"An atlas of 1911, {uuid4().hex[:6]}"
    advert = await ask(
        oliver, origin, "POST", f"/partners/{browsers.installation.bookshop}/adverts",
        reference=uuid4().hex[:12], title=title, link="https://harbourpage.example/atlas",
    )  # fmt: skip
    ann = await browsers.newcomer("Ann Lee")
    await ask(ann, origin, "PATCH", "/me", phone="+33612345678")
    day = datetime.now(UTC).date().isoformat()
    await ask(ann, origin, "POST", "/contact-requests", advert_id=advert["id"], message="Is it free?", starts_at=day)
    await rings(oliver, 1)
    await bell(oliver).click()
    told = row(oliver, title)
    await expect(told).to_contain_text("New contact request from Ann Lee")
    await expect(told).to_contain_text("Harbour & Page · Is it free?")
    await told.get_by_role("button", name="Mark as read").click()
    await is_silent(oliver)


async def test_the_page_follows_what_happens_and_marks_without_opening(browsers: Browsers) -> None:
    oliver = await oliver_at(browsers, "/notifications")
    first, second = some_words(), some_words()
    await writes(browsers, first)
    await expect(row(oliver, first)).to_be_visible(timeout=RINGS)
    await writes(browsers, second)
    await expect(row(oliver, second)).to_be_visible(timeout=RINGS)
    # It is yesterday by now if midnight has just passed.
    await expect(oliver.get_by_role("heading", name=re.compile("Today|Yesterday")).first).to_be_visible()
    await rings(oliver, 2)

    await row(oliver, first).get_by_role("button", name="Mark as read").click()
    await rings(oliver, 1)
    await expect(row(oliver, first).get_by_role("button")).to_have_count(0)
    await expect(oliver).to_have_url(f"{browsers.installation.origin}/notifications")
    await oliver.get_by_role("button", name="Unread", exact=True).click()
    await expect(row(oliver, first)).to_have_count(0)
    await row(oliver, second).get_by_role("link").click()
    await expect(bubble(oliver, second)).to_be_visible()
    await oliver.go_back()
    await expect(oliver.get_by_text("You are up to date")).to_be_visible()
    await oliver.get_by_role("link", name="Show all").click()
    await expect(row(oliver, second)).to_be_visible()


async def test_all_are_read_with_one_press(browsers: Browsers) -> None:
    oliver = await oliver_at(browsers, "/notifications?unread")
    await expect(oliver.get_by_text("You are up to date")).to_be_visible()
    for _ in range(3):
        await writes(browsers, some_words())
    await rings(oliver, 3)
    await oliver.get_by_role("button", name="Mark all as read").click()
    await expect(oliver.get_by_text("You are up to date")).to_be_visible()
    await is_silent(oliver)


async def test_on_a_phone_the_bell_leads_to_the_page(browsers: Browsers) -> None:
    oliver = await oliver_at(browsers, width=390)
    text = some_words()
    await writes(browsers, text)
    alerts = oliver.get_by_role("link", name="Alerts")
    await expect(alerts.get_by_text("1 unread notification")).to_be_attached(timeout=RINGS)
    await alerts.click()
    await expect(row(oliver, text)).to_be_visible()
    await row(oliver, text).get_by_role("link").click()
    await expect(bubble(oliver, text)).to_be_visible()


async def test_the_panel_is_used_with_the_keyboard(browsers: Browsers) -> None:
    oliver = await oliver_at(browsers)
    text = some_words()
    await writes(browsers, text)
    await rings(oliver, 1)
    await bell(oliver).focus()
    await oliver.keyboard.press("Enter")
    await expect(row(oliver, text)).to_be_visible()
    await oliver.keyboard.press("ArrowDown")
    await expect(row(oliver, text).get_by_role("link")).to_be_focused()
    await oliver.keyboard.press("Escape")
    await expect(bell(oliver)).to_be_focused()
    await expect(oliver.get_by_role("dialog", name="Notifications")).to_be_hidden()
    await oliver.keyboard.press("Enter")
    await expect(row(oliver, text)).to_be_visible()
    await oliver.keyboard.press("ArrowDown")
    await oliver.keyboard.press("Enter")
    await expect(bubble(oliver, text)).to_be_visible()


async def test_a_conversation_is_silenced_and_heard_again(browsers: Browsers) -> None:
    ann, _ = await writes(browsers, some_words())
    place = await place_of(ann)
    await ann.goto(f"/messages/{place}")
    menu = ann.get_by_role("button", name="Conversation menu")
    await menu.click()
    await expect(ann.get_by_role("menuitemradio", name="Everything")).to_be_checked()
    async with ann.expect_response("**/notification-exceptions/*"):
        await ann.get_by_role("menuitemradio", name="Nothing for 8 hours").click()
    await expect(ann.get_by_role("img", name="You hear of nothing until")).to_be_visible()
    await ann.reload()
    await expect(ann.get_by_role("img", name="You hear of nothing until")).to_be_visible()

    oliver = await browsers.signed_in(OLIVER)
    await ann.goto("/profile")
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}/{place}")
    await tell(oliver, place, "Nobody hears of this one")
    await expect(ann.get_by_role("link", name="Messages").get_by_text("1 unread conversation")).to_be_attached()
    await ann.goto(f"/messages/{place}")
    await expect(bubble(ann, "Nobody hears of this one")).to_be_visible()
    await menu.click()
    async with ann.expect_response("**/notification-exceptions/*"):
        await ann.get_by_role("menuitemradio", name="Everything").click()
    await expect(ann.get_by_role("img", name="You hear of")).to_have_count(0)
    await ann.goto("/profile")
    await tell(oliver, place, "This one is heard")
    await rings(ann, 1)
    await bell(ann).click()
    await expect(ann.locator("[data-notification]")).to_have_count(1)
    await expect(row(ann, "This one is heard")).to_be_visible()


async def test_a_choice_that_was_not_taken_is_taken_back(browsers: Browsers) -> None:
    ann, _ = await writes(browsers, some_words())
    place = await place_of(ann)
    await ann.goto(f"/messages/{place}")
    menu = ann.get_by_role("button", name="Conversation menu")
    await expect(menu).to_be_visible()
    held = await ask(ann, browsers.installation.origin, "GET", f"/me/notification-exceptions/{place}")
    assert held == {"topic_id": place, "level": "all", "until": None}
    await ann.context.set_offline(True)
    await menu.click()
    await ann.get_by_role("menuitemradio", name="Only in the app").click()
    await expect(ann.get_by_text("nothing was changed")).to_be_visible()
    await expect(ann.get_by_role("img", name="You hear of")).to_have_count(0)
