"""Contact requests are left on a storefront: nothing typed is lost, nothing goes out twice."""

import re
from uuid import uuid4

from playwright.async_api import Locator, Page, Route, expect

from tests.browser.asking import (
    DIALLED,
    PHONE,
    advert,
    form_about,
    mark,
    oliver_at,
    own_requests,
    reachable,
    row,
)
from tests.browser.outgoing import ask
from tests.browser.people import PASSWORD, Browsers, address


async def fill_in(page: Page, browsers: Browsers, about: dict[str, str], message: str) -> None:
    """A visitor fills in the form and goes on to say who they are."""
    form = await form_about(page, browsers, about)
    await form.get_by_label("Message").fill(message)
    await form.get_by_label("Phone").fill(PHONE)
    await form.get_by_role("button", name="Continue").click()
    await expect(form.get_by_text("Your request goes out as soon as you are in.")).to_be_visible()


def in_all(page: Page) -> Locator:
    """How many requests the page counts, whatever the day."""
    return page.locator(".tiles div").filter(has_text="In all").locator("dd")


async def test_a_visitor_asks_before_signing_up_and_the_partner_sees_it_live(browsers: Browsers) -> None:
    about, name = await advert(browsers), f"Ann {uuid4().hex[:6]}"
    oliver = await oliver_at(browsers)
    await expect(oliver.get_by_role("heading", name="Requests in figures")).to_be_visible()
    before = int((await in_all(oliver).inner_text()).replace(",", ""))

    visitor = await (await browsers.browser()).new_page()
    await fill_in(visitor, browsers, about, "Does it turn?")
    form = visitor.get_by_role("dialog")
    await form.get_by_label("Your name").fill(name)
    await form.get_by_label("E-mail").fill(address())
    await form.get_by_role("textbox", name="Password").fill("a long password")
    await form.get_by_role("button", name="Sign up and send").click()
    await expect(form.get_by_role("heading", name="Your request has been sent")).to_be_visible()
    await expect(form.get_by_text(DIALLED)).to_be_visible()

    await expect(mark(row(oliver, name), "new")).to_be_visible()
    await expect(row(oliver, name)).to_contain_text(about["title"])
    await expect(in_all(oliver)).to_have_text(f"{before + 1:,}")
    tabs = oliver.get_by_role("navigation", name="Pages of this partner")
    await expect(tabs.get_by_text(re.compile("new request"))).to_be_attached()
    await form.get_by_role("link", name="My requests").click()
    await expect(visitor.locator("[data-own-request]")).to_have_count(1)
    await expect(mark(visitor, "new")).to_contain_text("Sent")
    await visitor.reload()
    assert [(each["message"], each["phone"]) for each in await own_requests(visitor)] == [("Does it turn?", DIALLED)]


async def test_what_was_filled_in_goes_out_after_signing_in_on_another_page(browsers: Browsers) -> None:
    about, email = await advert(browsers), address()
    known = await browsers.browser()
    details = {"name": "Ben", "email": email, "password": PASSWORD, "language": "en"}
    answer = await known.request.post("/api/v1/sign-up", data=details, headers={"Origin": browsers.installation.origin})
    assert answer.status == 201, await answer.text()

    visitor = await (await browsers.browser()).new_page()
    await fill_in(visitor, browsers, about, "Is it heavy?")
    await visitor.goto("/sign-in")
    await visitor.get_by_label("E-mail").fill(email)
    await visitor.get_by_role("textbox", name="Password").fill(PASSWORD)
    await visitor.get_by_role("button", name="Sign in", exact=True).last.click()
    await expect(visitor.get_by_text(f"Your request about “{about['title']}” has been sent.")).to_be_visible()
    await visitor.reload()
    await visitor.wait_for_load_state("networkidle")
    assert [each["message"] for each in await own_requests(visitor)] == ["Is it heavy?"]


async def test_what_a_visitor_closes_is_not_sent_but_kept(browsers: Browsers) -> None:
    about = await advert(browsers)
    visitor = await (await browsers.browser()).new_page()
    await fill_in(visitor, browsers, about, "On second thoughts")
    await visitor.get_by_role("dialog").get_by_role("button", name="Close").click()
    details = {"name": "Ben", "email": address(), "password": PASSWORD, "language": "en"}
    answer = await visitor.request.post(
        "/api/v1/sign-up", data=details, headers={"Origin": browsers.installation.origin}
    )
    assert answer.status == 201, await answer.text()
    await visitor.reload()
    await visitor.wait_for_load_state("networkidle")
    form = await form_about(visitor, browsers, about)
    await expect(form.get_by_label("Message")).to_have_value("On second thoughts")
    await expect(form.get_by_role("textbox", name="Phone")).to_have_value(PHONE)
    assert await own_requests(visitor) == []


async def test_a_visitors_number_is_understood_before_there_is_an_account(browsers: Browsers) -> None:
    about = await advert(browsers)
    visitor = await (await browsers.browser()).new_page()
    form = await form_about(visitor, browsers, about)
    phone = form.get_by_role("textbox", name="Phone")
    await phone.fill("12")
    await form.get_by_role("button", name="Continue").click()
    await expect(phone).to_have_attribute("aria-invalid", "true")
    await expect(phone).to_be_focused()
    # As it is written in the country of the bookshop.
    await phone.fill("07911 123456")
    await phone.blur()
    await expect(phone).to_have_value("+44 7911 123456")
    await phone.fill("07911 123457")
    await form.get_by_role("button", name="Continue").click()
    await form.get_by_label("Your name").fill("Ann")
    await form.get_by_label("E-mail").fill(address())
    await form.get_by_role("textbox", name="Password").fill("a long password")
    await form.get_by_role("button", name="Sign up and send").click()
    await expect(form.get_by_role("heading", name="Your request has been sent")).to_be_visible()
    assert [each["phone"] for each in await own_requests(visitor)] == ["+447911123457"]


async def test_a_missing_phone_number_is_asked_for_in_place_and_kept(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann = await browsers.newcomer()
    form = await form_about(ann, browsers, about)
    await expect(form.get_by_text("no phone number", exact=True)).to_be_visible()
    await form.get_by_role("textbox", name="Phone").fill("12")
    await form.get_by_role("button", name="Send the request").click()
    await expect(form.get_by_role("textbox", name="Phone")).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_role("textbox", name="Phone")).to_be_focused()
    await form.get_by_role("textbox", name="Phone").fill(PHONE)
    await form.get_by_role("button", name="Send the request").click()
    await expect(form.get_by_role("heading", name="Your request has been sent")).to_be_visible()
    profiles = await ask(ann, browsers.installation.origin, "GET", "/me/contact-profiles")
    assert [each["phone"] for each in profiles["items"]] == [DIALLED]


async def test_what_the_server_refuses_is_said_at_its_field_and_nothing_typed_is_lost(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, _ = await reachable(browsers)
    form = await form_about(ann, browsers, about)
    await form.get_by_label("Message").fill("Would you keep it for me?")
    date = form.get_by_label("Contact me from")
    await date.evaluate("field => { field.removeAttribute('min'); field.removeAttribute('max') }")
    await date.fill("2020-01-01")
    await form.get_by_role("button", name="Send the request").click()
    await expect(date).to_have_attribute("aria-invalid", "true")
    await ann.keyboard.press("Escape")
    await ann.reload()
    form = await form_about(ann, browsers, about)
    await expect(form.get_by_label("Message")).to_have_value("Would you keep it for me?")
    assert await own_requests(ann) == []


async def test_trying_again_after_a_lost_answer_leaves_one_request(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, _ = await reachable(browsers)
    form = await form_about(ann, browsers, about)

    async def swallow(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await ann.route("**/api/v1/contact-requests", swallow)
    await form.get_by_role("button", name="Send the request").click()
    await expect(form.get_by_role("alert")).to_contain_text("The server does not answer")
    await ann.unroute("**/api/v1/contact-requests")
    await form.get_by_role("button", name="Send the request").click()
    await expect(form.get_by_role("heading", name="Your request has been sent")).to_be_visible()
    assert len(await own_requests(ann)) == 1
