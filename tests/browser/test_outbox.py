"""The outbox: what is sent is seen on its way, as it happens, and nothing is sent twice."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.outgoing import ARRIVES, administrator, ask, row, send, some_text
from tests.browser.people import Browsers

PAGES = ["/outbox", "/outbox/new", "/outbox/webhooks", "message"]


LATER = datetime.now(ZoneInfo("Europe/Paris")).replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=90)
"""A morning of Ada's, far enough away."""


def in_utc(moment: datetime) -> str:
    """As the interface writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


async def compose(page: Page, text: str, to: str = "+33 6 12 34 56 78") -> None:
    await page.get_by_label("Phone number").fill(to)
    await page.get_by_label("Text", exact=True).fill(text)
    await page.get_by_role("button", name="Send", exact=True).click()


async def found(page: Page, text: str) -> list[dict[str, Any]]:
    """What the server holds with this text."""
    answer = await page.context.request.get("/api/v1/deliveries", params={"q": text})
    return (await answer.json())["items"]


async def test_a_message_is_written_and_followed_until_it_has_arrived(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox/new")
    text = some_text()
    await compose(page, text)
    await expect(page.get_by_role("heading", name="To +33612345678")).to_be_visible()
    await expect(page.locator(".state [data-status=DELIVERED]")).to_be_visible(timeout=ARRIVES)
    steps = page.locator("[data-step]")
    await expect(steps.first).to_contain_text("Written and stored")
    await expect(page.locator("[data-step=attempt]")).to_contain_text("took it")
    await expect(page.locator("[data-step=receipt]")).to_contain_text("delivered")
    kinds = await steps.evaluate_all("all => all.map((each) => each.dataset.step)")
    assert kinds == ["created", "attempt", "status", "receipt", "status"]
    assert [each["status"] for each in await found(page, text)] == ["DELIVERED"]


async def test_the_list_shows_what_a_program_sends_while_one_looks(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox")
    await send(page, browsers.installation.origin, "Something to begin with")
    await page.reload()
    await expect(row(page, "Something to begin with").first).to_be_visible()
    text = some_text()
    await send(page, browsers.installation.origin, text)
    await expect(row(page, text)).to_be_visible()
    await expect(row(page, text).locator("[data-status=DELIVERED]")).to_be_visible(timeout=ARRIVES)
    await expect(page.get_by_role("heading", name="The last 24 hours by gateway")).to_be_visible()


async def test_after_a_broken_connection_the_list_is_true_again(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox")
    text = some_text()
    sent = await send(page, browsers.installation.origin, text, send_at=in_utc(LATER))
    await page.reload()
    await expect(row(page, text).locator("[data-status=CREATED]")).to_contain_text("Scheduled")
    elsewhere = await administrator(browsers, "/outbox")
    await page.context.set_offline(True)
    await ask(elsewhere, browsers.installation.origin, "DELETE", f"/deliveries/{sent['id']}")
    await expect(row(elsewhere, text).locator("[data-status=CANCELLED]")).to_be_visible()
    await expect(row(page, text).locator("[data-status=CREATED]")).to_be_visible()
    await page.context.set_offline(False)
    await expect(row(page, text).locator("[data-status=CANCELLED]")).to_be_visible(timeout=45_000)


async def test_the_filters_narrow_the_list_and_survive_the_way_back(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox")
    short, mail = some_text(), some_text()
    await send(page, browsers.installation.origin, short)
    await send(page, browsers.installation.origin, mail, channel="email", to="ann@example.com", subject="Parcel")
    await page.reload()
    await expect(row(page, short)).to_be_visible()
    await page.get_by_label("Channel").select_option("email")
    await expect(row(page, mail)).to_be_visible()
    await expect(row(page, short)).to_have_count(0)
    await page.get_by_role("searchbox").fill(mail)
    await expect(page.locator("[data-delivery]")).to_have_count(1)
    await row(page, mail).click()
    await expect(page.get_by_role("heading", name="To ann@example.com")).to_be_visible()
    await page.go_back()
    await expect(page.locator("[data-delivery]")).to_have_count(1)
    await expect(page.get_by_label("Channel")).to_have_value("email")
    await page.get_by_label("Status").select_option("EXPIRED")
    await expect(page.get_by_role("heading", name="Nothing fits")).to_be_visible()
    await page.get_by_role("link", name="Show all messages").click()
    await expect(row(page, short)).to_be_visible()


async def test_the_list_is_walked_and_searched_without_a_mouse(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox")
    for _ in range(2):
        await send(page, browsers.installation.origin, some_text())
    await page.reload()
    await expect(page.locator("[data-delivery]").nth(1)).to_be_visible()
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await expect(page.locator("[data-delivery]").nth(1)).to_be_focused()
    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("j")
    await expect(page.get_by_role("searchbox")).to_have_value("j")


async def test_a_scheduled_message_waits_and_can_be_called_back(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox/new")
    text = some_text()
    await page.get_by_label("Phone number").fill("+33612345678")
    await page.get_by_label("Text", exact=True).fill(text)
    await page.get_by_role("button", name="Later").click()
    await page.get_by_label("Day and time").fill(LATER.strftime("%Y-%m-%dT%H:%M"))
    await page.get_by_role("button", name="Schedule").click()
    await expect(page.locator(".state [data-status=CREATED]")).to_contain_text("Scheduled")
    # Ada lives in Paris, whatever the clock of her computer says.
    assert [each["send_at"] for each in await found(page, text)] == [in_utc(LATER)]
    await page.get_by_role("button", name="Cancel sending").click()
    await page.get_by_role("dialog").get_by_role("button", name="Cancel sending").click()
    await expect(page.locator(".state [data-status=CANCELLED]")).to_be_visible()


async def test_what_is_wrong_is_said_at_its_field(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox/new")
    await compose(page, some_text(), to="+1")
    field = page.get_by_label("Phone number")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_be_focused()
    described = await field.get_attribute("aria-describedby")
    await expect(page.locator(f"[id='{described}']")).to_be_visible()


async def test_trying_again_after_a_lost_answer_sends_once(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox/new")
    text = some_text()

    async def swallow(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/api/v1/deliveries", swallow)
    await compose(page, text)
    await expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    await page.unroute("**/api/v1/deliveries")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.get_by_role("heading", name="To +33612345678")).to_be_visible()
    assert len(await found(page, text)) == 1


@pytest.mark.parametrize(
    ("text", "segments", "named"),
    [
        ("a" * 160, 1, None),
        ("a" * 161, 2, None),
        ("€" * 81, 2, None),
        ("Olá, promoção", 1, "á ç ã"),
        ("Привет", 1, "П р и в е т"),
        ("🙂" * 36, 2, "🙂"),
    ],
)
async def test_the_counter_counts_as_the_server_does(
    browsers: Browsers, text: str, segments: int, named: str | None
) -> None:
    page = await administrator(browsers, "/outbox/new")
    await page.get_by_label("Text", exact=True).fill(text)
    counter = page.locator("[data-segments]")
    await expect(counter).to_have_attribute("data-segments", str(segments))
    if named:
        await expect(page.get_by_text(f"Because of {named} a segment holds 70")).to_be_visible()
    measured = await ask(page, browsers.installation.origin, "POST", "/deliveries/preview", text=text)
    assert measured["segments"] == segments
    assert await counter.get_attribute("data-encoding") == measured["encoding"]
    await expect(page.get_by_text(f"{measured['left']} left", exact=True)).to_be_visible()


async def test_a_message_without_a_gateway_says_why_it_failed(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox")
    text = some_text()
    sent = await send(
        page, browsers.installation.origin, text, channel="mms", media=[{"url": "https://example.com/a.png"}]
    )
    await page.goto(f"/outbox/{sent['id']}")
    await expect(page.locator(".state [data-status=SYSTEM_ERROR]")).to_be_visible(timeout=ARRIVES)
    await expect(page.get_by_text("No gateway in use carries this channel.").first).to_be_visible()
    await page.get_by_role("link", name="Send again").click()
    await expect(page.get_by_label("Text", exact=True)).to_have_value(text)


async def test_who_may_not_send_finds_no_outbox(browsers: Browsers) -> None:
    page = await browsers.newcomer()
    await page.goto("/outbox")
    await expect(page.get_by_role("heading", name="There is no page here")).to_be_visible()
    await expect(page.get_by_role("navigation").get_by_role("link", name="Outbox")).to_have_count(0)


async def test_a_webhook_shows_its_secret_once_and_how_its_calls_go(browsers: Browsers) -> None:
    page = await administrator(browsers, "/outbox/webhooks")
    await page.get_by_role("button", name="Add a webhook").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Address").fill("https://receiver.invalid/hook")
    await dialog.get_by_role("button", name="Add", exact=True).click()
    secret = await dialog.get_by_label("Secret").input_value()
    assert secret.startswith("whsec_")
    await dialog.get_by_role("button", name="Done").click()
    await page.reload()
    await expect(page.get_by_text("receiver.invalid/hook")).to_be_visible()
    assert secret not in await page.content()
    await page.get_by_role("button", name="More actions: receiver.invalid/hook").click()
    await page.get_by_role("menuitem", name="Send a test call").click()
    await expect(page.get_by_role("dialog").get_by_text("Test", exact=False).first).to_be_visible()
    await expect(page.get_by_role("dialog").get_by_text("Waiting")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="More actions: receiver.invalid/hook").click()
    await page.get_by_role("menuitem", name="Remove").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_role("heading", name="No webhooks yet")).to_be_visible()


async def at(browsers: Browsers, path: str, **how: Any) -> Page:
    """One of the pages with something on it; `message` stands for a message that has arrived."""
    page = await administrator(browsers, "/outbox", **how)
    sent = await send(
        page, browsers.installation.origin, "A text for the eye, which is a little longer than its place on a phone"
    )
    await page.goto(f"/outbox/{sent['id']}" if path == "message" else path)
    await expect(page.locator("h1:visible").first).to_be_visible()
    if path == "message":
        await expect(page.locator(".state [data-status=DELIVERED]")).to_be_visible(timeout=ARRIVES)
    await page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("path", PAGES)
async def test_nothing_stands_in_anybodys_way(browsers: Browsers, path: str) -> None:
    page = await at(browsers, path)
    await nothing_in_the_way(page)
    await at_360_pixels_in_russian(page)
