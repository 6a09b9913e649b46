"""The directory: colleagues are found while one types, and a new one shows at once with whoever looks."""

from typing import Any
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.browser.looks import nothing_in_the_way
from tests.browser.people import Browsers, say
from tests.browser.staff import hired


async def change(admin: Page, origin: str, person: dict[str, Any], **changes: str) -> None:
    path = f"/api/v1/directory/{person['id']}"
    answer = await admin.request.patch(path, data=changes, headers={"Origin": origin})
    assert answer.status == 200, await answer.text()


async def test_a_colleague_is_found_and_written_to_and_a_new_one_shows_at_once(browsers: Browsers) -> None:
    origin = browsers.installation.origin
    admin = await browsers.signed_in("admin@example.com")
    gina, hugo = await hired(admin, origin, "Hélène Carré"), await hired(admin, origin, "Hugo Martin")
    await change(admin, origin, gina, title="Key accounts", department="Sales")

    page = await browsers.signed_in(hugo["email"])
    await page.goto("/colleagues")
    field = page.get_by_role("searchbox", name="Name, title, department or phone")
    await field.fill("carre")
    row = page.get_by_role("main").get_by_role("button").filter(has_text="Hélène Carré")
    await expect(row).to_contain_text("Key accounts")
    await expect(page.get_by_role("main").get_by_text("Hugo Martin")).to_be_hidden()

    # What changes meanwhile is seen without a word of one's own.
    await change(admin, origin, gina, title="Head of sales")
    await expect(row).to_contain_text("Head of sales")
    await field.fill("")
    await hired(admin, origin, "Ida Novak")
    await expect(page.get_by_role("main").get_by_text("Ida Novak")).to_be_visible()

    await page.get_by_label("Department", exact=True).select_option("Sales (1)")
    await expect(page.get_by_text("Ida Novak")).to_be_hidden()
    await row.click()
    card = page.get_by_role("dialog", name="Colleague")
    await expect(card.get_by_text("Sales", exact=True)).to_be_visible()
    await expect(card.get_by_role("button", name="Edit")).to_be_hidden()
    await card.get_by_role("button", name="Write").click()
    await expect(page.get_by_role("heading", name="Hélène Carré", level=1)).to_be_visible()
    await expect(card).to_be_hidden()
    await say(page, "Welcome to the team")


async def test_one_s_own_card_is_edited_and_a_wrong_phone_is_said(browsers: Browsers) -> None:
    origin = browsers.installation.origin
    admin = await browsers.signed_in("admin@example.com")
    ida = await hired(admin, origin, f"Ida {uuid4().hex[:6]}")
    page = await browsers.signed_in(ida["email"])
    await page.goto("/colleagues")
    await page.get_by_role("searchbox").fill(ida["name"])
    await page.get_by_role("main").get_by_role("button").filter(has_text=ida["name"]).click()
    await page.get_by_role("button", name="Edit").click()
    form = page.get_by_role("dialog", name=ida["name"])
    await expect(form.get_by_label("Department")).to_have_count(0)
    await form.get_by_label("Title").fill("Lawyer")
    await form.get_by_label("Phone at work").fill("12")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("no phone number", exact=False)).to_be_visible()
    await form.get_by_label("Phone at work").fill("+33 6 39 98 00 01")
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog", name="Colleague").get_by_text("Lawyer")).to_be_visible()


async def test_nothing_stands_in_anybodys_way(browsers: Browsers) -> None:
    origin = browsers.installation.origin
    admin = await browsers.signed_in("admin@example.com")
    person = await hired(admin, origin, "W" + "o" * 60)
    await change(admin, origin, person, title="t" * 60, department="d" * 60)
    await admin.goto("/colleagues")
    await admin.get_by_role("searchbox").fill(person["name"])
    await expect(admin.get_by_role("main").get_by_role("button").filter(has_text=person["name"])).to_be_visible()
    await nothing_in_the_way(admin)
