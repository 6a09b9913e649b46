"""Gateways: set up, tried, switched off and removed without a word of configuration files; secrets stay secret."""

from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.outgoing import ARRIVES, FOLDER, administrator, ask
from tests.browser.people import Browsers

GATEWAYS, SUPPRESSIONS = "/administration/gateways", "/administration/suppressions"


def some_name(kind: str) -> str:
    return f"{kind} {uuid4().hex[:6]}"


def gateway(page: Page, name: str) -> Locator:
    return page.locator(f"[data-gateway='{name}']")


async def new_form(page: Page, name: str, kind: str) -> Locator:
    await page.get_by_role("button", name="Add a gateway").click()
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("Name", exact=True)).to_be_focused()
    await form.get_by_label("Name", exact=True).fill(name)
    await form.get_by_label("Kind").select_option(kind)
    return form


async def choose(page: Page, name: str, verb: str) -> None:
    await page.get_by_role("button", name=f"More actions: {name}").click()
    await page.get_by_role("menuitem", name=verb, exact=True).click()


async def known(page: Page, name: str) -> dict[str, Any]:
    """What the server holds of a gateway."""
    listed = await (await page.context.request.get("/api/v1/gateways")).json()
    return next(each for each in listed["items"] if each["name"] == name)


async def test_a_gateway_is_added_tested_switched_off_and_removed(browsers: Browsers) -> None:
    page = await administrator(browsers, GATEWAYS)
    name = some_name("Spare folder")
    form = await new_form(page, name, "folder")
    await form.get_by_label("MMS").uncheck()
    await form.get_by_label("Push").uncheck()
    await form.get_by_label("WhatsApp").uncheck()
    await form.get_by_label("Order", exact=True).fill("900")
    await form.get_by_role("button", name="Add", exact=True).click()
    await expect(gateway(page, name)).to_be_visible()
    assert (await known(page, name))["channels"] == ["email", "sms"]
    await expect(gateway(page, name).locator("[data-pulse=up]")).to_be_visible(timeout=20_000)

    await gateway(page, name).get_by_role("button", name="Test", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Phone number").fill("+33 6 12 34 56 78")
    await dialog.get_by_role("button", name="Send the test").click()
    await expect(dialog.locator(".result [data-status=DELIVERED]").first).to_be_visible(timeout=ARRIVES)
    # A test goes through this gateway and no other, though another one stands before it.
    await expect(dialog.locator("[data-step=attempt]")).to_contain_text(f"{name} took it")
    await dialog.locator("footer").get_by_role("button", name="Close").click()

    await choose(page, name, "Switch off")
    await expect(gateway(page, name).locator("[data-pulse=off]")).to_be_visible()
    await choose(page, name, "Switch on")
    await expect(gateway(page, name).locator("[data-pulse=off]")).to_have_count(0)
    await choose(page, name, "Remove")
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(gateway(page, name)).to_have_count(0)


async def test_credentials_are_written_and_never_shown_again(browsers: Browsers) -> None:
    page = await administrator(browsers, GATEWAYS)
    name = some_name("Relay")
    form = await new_form(page, name, "smtp")
    await form.get_by_label("Host").fill("127.0.0.1")
    await form.get_by_label("Port", exact=True).fill("9")
    await form.get_by_label("User name", exact=True).fill("estafette")
    await form.get_by_label("Password", exact=True).fill("a very secret word")
    await form.get_by_role("switch", name="In use").uncheck()
    await form.get_by_role("button", name="Add", exact=True).click()
    await expect(gateway(page, name)).to_be_visible()
    assert sorted((await known(page, name))["credentials_set"]) == ["password", "user"]

    await choose(page, name, "Edit")
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("Password", exact=True)).to_have_value("")
    await expect(form.get_by_text("Is set. Leave empty to keep it.")).to_have_count(2)
    await form.get_by_label("Segments per second").fill("3.5")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_have_count(0)
    changed = await known(page, name)
    assert changed["segments_per_second"] == 3.5
    assert changed["settings"]["port"] == 9
    assert sorted(changed["credentials_set"]) == ["password", "user"]
    assert "a very secret word" not in await page.content()

    await choose(page, name, "Edit")
    await page.get_by_role("dialog").get_by_label("Remove the stored value").last.check()
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert (await known(page, name))["credentials_set"] == ["user"]
    await ask(page, browsers.installation.origin, "DELETE", f"/gateways/{changed['id']}")


async def test_what_is_wrong_with_a_setting_is_said_at_its_field(browsers: Browsers) -> None:
    page = await administrator(browsers, GATEWAYS)
    form = await new_form(page, some_name("Centre"), "smpp")
    await form.get_by_label("Host").fill("smsc.example")
    await form.get_by_label("Port", exact=True).fill("99999")
    await form.get_by_label("User name").fill("estafette")
    await form.get_by_text("More settings").click()
    await form.get_by_label("Window").fill("many")
    await form.get_by_text("More settings").click()
    await form.get_by_role("button", name="Add", exact=True).click()
    await expect(form.get_by_label("Port", exact=True)).to_have_attribute("aria-invalid", "true")
    # Folded away or not: what is wrong comes into sight.
    await expect(form.get_by_label("Window")).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_label("Window")).to_be_visible()
    await form.get_by_label("Port", exact=True).fill("2775")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Discard").click()
    await expect(form).to_have_count(0)


async def test_a_gateway_that_cannot_be_reached_says_so(browsers: Browsers) -> None:
    page = await administrator(browsers, GATEWAYS)
    name = some_name("Far away")
    added = await ask(
        page,
        browsers.installation.origin,
        "POST",
        "/gateways",
        name=name,
        transport="smpp",
        channels=["sms"],
        priority=950,
        settings={"host": "127.0.0.1", "port": 1},
        credentials={"system_id": "estafette", "password": "secret"},
    )
    await expect(gateway(page, name).locator("[data-pulse=down]")).to_be_visible(timeout=30_000)
    row = gateway(page, name)
    await expect(row).to_contain_text("The other side cannot be reached under this host and port.")
    await expect(row).to_contain_text("next attempt")
    await row.get_by_text("What the other side said").click()
    await expect(row.get_by_text("Connect call failed")).to_be_visible()
    await row.get_by_role("button", name="Test").click()
    await expect(page.get_by_role("dialog")).to_contain_text("This gateway has no link now.")
    await ask(page, browsers.installation.origin, "DELETE", f"/gateways/{added['id']}")


async def test_a_blocked_recipient_is_not_written_to_until_taken_off_the_list(browsers: Browsers) -> None:
    page = await administrator(browsers, SUPPRESSIONS)
    number = f"+3361{uuid4().int % 10_000_000:07d}"
    await page.get_by_role("button", name="Block a recipient").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Phone number").fill(f"{number[:3]} {number[3:]}")
    await form.get_by_label("Reason").fill("Asked on the phone")
    await form.get_by_role("button", name="Block a recipient").click()
    await expect(page.get_by_text(number, exact=True)).to_be_visible()
    await expect(page.get_by_text("Asked on the phone")).to_be_visible()
    sent = await ask(page, browsers.installation.origin, "POST", "/deliveries", channel="sms", to=number, text="Hello")
    await page.goto(f"/outbox/{sent['id']}")
    await expect(page.locator(".state [data-status=SUPPRESSED]")).to_be_visible(timeout=ARRIVES)
    await page.goto(SUPPRESSIONS)
    await page.get_by_role("searchbox").fill(number)
    await page.get_by_role("button", name=f"Take off the list: {number}").click()
    await page.get_by_role("dialog").get_by_role("button", name="Take off the list").click()
    await expect(page.get_by_role("heading", name="Nobody found")).to_be_visible()


async def test_only_administrators_see_gateways(browsers: Browsers) -> None:
    page = await browsers.newcomer()
    for path in (GATEWAYS, SUPPRESSIONS):
        await page.goto(path)
        await expect(page.get_by_role("heading", name="There is no page here")).to_be_visible()


async def test_nothing_stands_in_anybodys_way(browsers: Browsers) -> None:
    page = await administrator(browsers, GATEWAYS)
    await expect(gateway(page, FOLDER)).to_be_visible()
    await nothing_in_the_way(page)
    await page.get_by_role("button", name="Add a gateway").click()
    await page.get_by_role("dialog").get_by_label("Kind").select_option("smpp")
    await page.get_by_text("More settings").click()
    await nothing_in_the_way(page)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Discard").click()
    await gateway(page, FOLDER).get_by_role("button", name="Test", exact=True).click()
    await nothing_in_the_way(page)
    await page.goto(SUPPRESSIONS)
    await expect(page.locator("h2:visible, main li").first).to_be_visible()
    await nothing_in_the_way(page)


async def test_at_360_pixels_in_russian_nothing_is_cut_off(browsers: Browsers) -> None:
    for path in (GATEWAYS, SUPPRESSIONS):
        await at_360_pixels_in_russian(await administrator(browsers, path))
