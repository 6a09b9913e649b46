"""What one hears of: chosen with one press, kept, honest about ways that lead nowhere; partners say who is told."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from playwright.async_api import Page, expect

from estafette.base.vault import open_vault
from estafette.notifications.models.notices import Kind
from estafette.notifications.rules.unsubscribing import unsubscribe_token
from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.outgoing import administrator, ask
from tests.browser.people import Browsers, at_the_bookshop, send
from tests.browser.ringing import RINGS, bell, row

CLAIRE = "claire@chateau.example"
EVA = "eva@padaria.example"
SETTINGS = "/notification-settings"


async def newcomer_at(browsers: Browsers, path: str = SETTINGS) -> Page:
    page = await browsers.newcomer()
    await page.goto(path)
    await expect(page.locator("h1:visible").first).to_be_visible()
    return page


async def rules(page: Page, origin: str) -> dict[str, tuple[bool, int]]:
    """What the server holds of messages."""
    held = (await ask(page, origin, "GET", "/me/notification-settings"))["rules"]
    return {each["channel"]: (each["enabled"], each["delay_seconds"]) for each in held if each["kind"] == "message"}


async def saved(page: Page) -> None:
    """The server has taken what the page shows already."""
    await expect(page.get_by_text("Saving…")).to_have_count(0)


async def test_every_press_is_kept(browsers: Browsers) -> None:
    page = await newcomer_at(browsers)
    await page.get_by_role("switch", name="Messages: Push").uncheck()
    await page.get_by_role("switch", name="Messages: SMS").check()
    await page.get_by_label("Messages: E-mail, when").select_option(label="after 1 hr")
    await page.get_by_role("switch", name="Quiet hours every day").check()
    await page.get_by_label("From", exact=True).fill("23:30")
    await page.get_by_label("Until", exact=True).fill("06:15")
    await page.get_by_label("Until", exact=True).blur()
    await saved(page)
    held = await rules(page, browsers.installation.origin)
    assert (held["push"][0], held["sms"][0], held["email"]) == (False, True, (True, 3_600))
    await page.reload()
    await expect(page.get_by_role("switch", name="Messages: Push")).not_to_be_checked()
    await expect(page.get_by_role("switch", name="Messages: SMS")).to_be_checked()
    await expect(page.get_by_label("Messages: E-mail, when")).to_have_value("3600")
    await expect(page.get_by_label("From", exact=True)).to_have_value("23:30")
    await expect(page.get_by_label("Until", exact=True)).to_have_value("06:15")
    await expect(page.get_by_text("By the clock of")).to_be_visible()


async def test_a_delay_that_a_program_has_set_is_among_the_choices(browsers: Browsers) -> None:
    page = await newcomer_at(browsers, "/profile")
    odd = {"kind": "message", "channel": "email", "delay_seconds": 777}
    await ask(page, browsers.installation.origin, "PATCH", "/me/notification-settings", rules=[odd])
    await page.get_by_role("navigation", name="Account").get_by_role("link", name="Notifications").click()
    when = page.get_by_label("Messages: E-mail, when")
    await expect(when).to_have_value("777")
    offered = await when.locator("option").all_inner_texts()
    assert "at once" not in offered, "messages are bundled for two minutes"


async def test_what_was_not_taken_is_taken_back_with_the_reason(browsers: Browsers) -> None:
    page = await newcomer_at(browsers)
    switch = page.get_by_role("switch", name="Messages: Push")
    await expect(switch).to_be_checked()
    await page.context.set_offline(True)
    await switch.click()
    await expect(page.get_by_role("alert").get_by_text("The server does not answer")).to_be_visible()
    await expect(switch).to_be_checked()
    await page.context.set_offline(False)
    await switch.uncheck()
    await expect(page.get_by_role("alert")).to_have_count(0)
    await expect(switch).not_to_be_checked()
    await saved(page)
    assert not (await rules(page, browsers.installation.origin))["push"][0]


async def test_do_not_disturb_is_a_press_away(browsers: Browsers) -> None:
    page = await newcomer_at(browsers, "/profile")
    await bell(page).click()
    panel = page.get_by_role("dialog", name="Notifications")
    await panel.get_by_role("button", name="For 1 hour").click()
    await expect(panel.get_by_text("Do not disturb until")).to_be_visible()
    await panel.get_by_role("link", name="Notification settings").click()
    await expect(page.get_by_text("Do not disturb until").locator("visible=true")).to_be_visible()
    await page.reload()
    await page.get_by_role("button", name="Switch off").click()
    await expect(page.get_by_role("button", name=re.compile("^Until 08:00"))).to_be_visible()
    await saved(page)
    held = await ask(page, browsers.installation.origin, "GET", "/me/notification-settings")
    assert held["do_not_disturb_until"] is None


async def test_an_hour_is_an_hour_of_the_server_on_a_computer_whose_clock_is_two_hours_off(browsers: Browsers) -> None:
    for hours in (2, -2):
        page = await browsers.newcomer()
        await page.clock.install(time=datetime.now(UTC) + timedelta(hours=hours))
        await page.goto(SETTINGS)
        await page.get_by_role("button", name="For 1 hour").locator("visible=true").click()
        await expect(page.get_by_text("Do not disturb until").locator("visible=true")).to_be_visible()
        await saved(page)
        held = await ask(page, browsers.installation.origin, "GET", "/me/notification-settings")
        lasts = datetime.fromisoformat(held["do_not_disturb_until"]) - datetime.now(UTC)
        assert timedelta(minutes=55) < lasts < timedelta(minutes=61)


async def test_a_way_that_leads_nowhere_says_why_and_what_to_do(browsers: Browsers) -> None:
    await administrator(browsers, "/profile")  # the server has a gateway for e-mails and text messages
    page = await newcomer_at(browsers)
    mail, phone, push = (page.locator(f"[data-way={way}]") for way in ("email", "sms", "push"))
    await expect(mail).to_contain_text("You have not confirmed this address yet")
    await mail.get_by_role("button", name="Send the link again").click()
    await expect(page.get_by_text("The e-mail with the link is on its way.")).to_be_visible()
    await expect(phone).to_contain_text("Your profile has no phone number.")
    await ask(page, browsers.installation.origin, "PATCH", "/me", phone="+33612345678")
    await push.get_by_role("link", name="Register this browser").click()
    await expect(page.locator("#devices")).to_be_in_viewport()
    await page.goto(SETTINGS)
    await expect(phone).to_contain_text("+33612345678")
    await expect(phone).to_have_attribute("data-state", "ready")
    # What cannot be reached is said beside the rules, too.
    await expect(page.locator("[data-rule='message email']")).to_contain_text("Does not reach you")


async def test_a_partner_chooses_who_is_told(browsers: Browsers) -> None:
    castle = browsers.installation.partners["Château de Vaux-le-Vicomte"]
    claire = await browsers.signed_in(CLAIRE)
    await ask(claire, browsers.installation.origin, "PATCH", "/me", language="en")
    await claire.goto(f"/inbox/{castle}/settings?tab=told")
    messages = claire.locator("[data-audience=message]")
    await expect(messages.get_by_text("2 people are told")).to_be_visible()
    save = claire.get_by_role("button", name="Save")
    await messages.get_by_role("button", name="Chosen people").click()
    await expect(messages.get_by_text("Choose at least one person.")).to_be_visible()
    await expect(save).to_be_disabled()
    await messages.get_by_role("checkbox", name="Denis Marchand").check()
    await save.click()
    await expect(claire.get_by_text("Saved. It holds from the next one on.")).to_be_visible()
    await claire.reload()
    await expect(messages.get_by_role("checkbox", name="Denis Marchand")).to_be_checked()
    await expect(
        claire.get_by_role("listitem").filter(has_text="You").get_by_text("Contact requests", exact=True)
    ).to_be_visible()
    denis = await browsers.signed_in("denis@chateau.example")
    await denis.goto(f"/inbox/{castle}/settings?tab=told")
    await expect(denis.locator("[data-audience=message] button").first).to_be_disabled()
    everyone = [{"kind": "message", "mode": "everyone", "people": []}]
    await ask(
        claire, browsers.installation.origin, "PUT", f"/partners/{castle}/notification-audience", audiences=everyone
    )
    await ask(claire, browsers.installation.origin, "PATCH", "/me", language="fr")


async def test_a_partner_that_nobody_would_tell_is_warned(browsers: Browsers) -> None:
    await administrator(browsers, "/profile")
    bakery = browsers.installation.partners["Padaria Sol Nascente"]
    eva = await browsers.signed_in(EVA)
    await ask(eva, browsers.installation.origin, "PATCH", "/me", language="en")
    await eva.goto(f"/inbox/{bakery}/settings")
    await expect(eva.get_by_role("heading", name="Pictures")).to_be_visible()
    warning = eva.get_by_text("A contact request would reach nobody outside the app")
    await expect(warning).to_have_count(0)
    await eva.goto(SETTINGS)
    await eva.get_by_role("switch", name="Contact requests: E-mail").uncheck()
    await saved(eva)
    await eva.goto(f"/inbox/{bakery}/settings")
    await expect(warning).to_be_visible()
    await eva.get_by_role("link", name="Your notification settings").click()
    await eva.get_by_role("switch", name="Contact requests: E-mail").check()
    await saved(eva)
    await eva.goto(f"/inbox/{bakery}/settings")
    await expect(eva.get_by_role("heading", name="Pictures")).to_be_visible()
    await expect(warning).to_have_count(0)
    await ask(eva, browsers.installation.origin, "PATCH", "/me", language="pt")


async def link_of(browsers: Browsers, page: Page, kind: Kind) -> str:
    """The page that the link of an e-mail of that kind leads to."""
    me = await ask(page, browsers.installation.origin, "GET", "/me")
    return f"/unsubscribe/{unsubscribe_token(open_vault(browsers.installation.running.data), UUID(me['id']), kind)}"


async def test_the_link_of_an_e_mail_asks_before_it_ends_anything(browsers: Browsers) -> None:
    ann = await newcomer_at(browsers)
    link = await link_of(browsers, ann, "message")
    reader = await (await browsers.browser()).new_page()
    await reader.goto(link)
    await expect(reader.get_by_text("no more e-mails about new messages")).to_be_visible()
    assert (await rules(ann, browsers.installation.origin))["email"][0], "opening the link ends nothing"
    await reader.get_by_role("button", name="Stop these e-mails").click()
    await expect(reader.get_by_role("heading", name="These e-mails have ended")).to_be_visible()
    assert not (await rules(ann, browsers.installation.origin))["email"][0]
    await reader.get_by_role("link", name="Notification settings").click()
    await expect(reader.get_by_role("heading", name="Welcome back")).to_be_visible()
    await reader.goto("/unsubscribe/nonsense")
    await expect(reader.get_by_role("heading", name="This link has no e-mails to stop")).to_be_visible()


async def test_nothing_stands_in_anybodys_way(browsers: Browsers) -> None:
    await send(await at_the_bookshop(browsers), "Is anybody there?")
    page = await browsers.signed_in("oliver@harbourpage.example")
    await page.goto("/notifications")
    await expect(row(page, "Is anybody there?").first).to_be_visible(timeout=RINGS)
    for path in (
        "/notifications",
        SETTINGS,
        f"/inbox/{browsers.installation.bookshop}/settings?tab=told",
        await link_of(browsers, page, "message"),
    ):
        await page.goto(path)
        await expect(page.locator("h1:visible").first).to_be_visible()
        await nothing_in_the_way(page)
        await at_360_pixels_in_russian(page)
        await page.unroute_all()


async def test_the_panel_of_the_bell_stands_in_nobodys_way(browsers: Browsers) -> None:
    await send(await at_the_bookshop(browsers), "Is anybody there?")
    page = await browsers.signed_in("oliver@harbourpage.example")
    await page.goto("/profile")
    await bell(page).click()
    await expect(row(page, "Is anybody there?").first).to_be_visible(timeout=RINGS)
    await nothing_in_the_way(page)
