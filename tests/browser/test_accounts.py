"""Coming in for the first time, and looking after people: the forms say what is wrong and lead on when all is right."""

import re
from pathlib import Path
from uuid import uuid4

from playwright.async_api import Browser, expect

from tests.browser.people import Browsers, Installation, address
from tests.cli.running import up
from tests.prepared import installed


async def test_somebody_signs_up_after_a_mistake(browsers: Browsers) -> None:
    page = await (await browsers.browser()).new_page()
    await page.goto("/sign-up")
    await page.get_by_label("Name").fill("Ann")
    await page.get_by_label("E-mail").fill("test-user@example.com")  # somebody else's
    await page.get_by_role("textbox", name="Password").fill("a long password")
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("E-mail").fill(address())
    await page.get_by_role("button", name="Create account").click()
    await expect(page).to_have_url(re.compile(r"/(messages|partners)$"))
    assert (await (await page.context.request.get("/api/v1/me")).json())["name"] == "Ann"


async def test_an_administrator_adds_somebody_and_corrects_the_name(browsers: Browsers) -> None:
    ada = await browsers.signed_in("admin@example.com")
    name, email = f"Gus {uuid4().hex[:6]}", address()
    await ada.goto("/administration/people")
    await ada.get_by_role("button", name="More ways to add people").click()
    await ada.get_by_role("menuitem", name="Add a person").click()
    form = ada.get_by_role("dialog")
    await form.get_by_label("Name").fill(name)
    await form.get_by_label("E-mail").fill(email)
    await form.get_by_role("textbox", name="First password").fill("a long password")
    await form.get_by_role("button", name="Add", exact=True).click()
    await expect(form).to_have_count(0)

    await ada.get_by_role("searchbox").fill(name)
    await ada.get_by_role("button", name=name).click()
    await expect(form.get_by_label("E-mail")).to_have_value(email)
    await form.get_by_label("Name").fill(f"{name} Weber")
    await form.get_by_label("Phone").fill("12")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_label("Phone")).to_have_attribute("aria-invalid", "true")
    await form.get_by_label("Phone").fill("+33612345678")
    await form.get_by_role("button", name="Save").click()
    await expect(ada.get_by_role("button", name=f"{name} Weber")).to_be_visible()
    person = await browsers.browser()
    answer = await person.request.post(
        "/api/v1/sessions",
        data={"email": email, "password": "a long password"},
        headers={"Origin": browsers.installation.origin},
    )
    assert answer.status == 201


async def test_the_link_of_the_first_start_makes_the_administrator(chromium: Browser, tmp_path: Path) -> None:
    with up(installed(tmp_path / "data")) as running:
        printed = re.search(r"http://\S+/welcome\?code=\S+", running.output)
        assert printed
        browsers = Browsers(Installation(running), chromium)
        page = await (await browsers.browser()).new_page()
        await page.goto(printed[0])
        await expect(page.get_by_role("heading", name="Set up your server")).to_be_visible()
        await page.get_by_label("Name").fill("Ada")
        await page.get_by_label("E-mail").fill(address())
        await page.get_by_role("textbox", name="Password").fill("short")
        await page.get_by_role("button", name="Create administrator").click()
        await expect(page).to_have_url(re.compile("/welcome"))
        await page.get_by_role("textbox", name="Password").fill("a long password")
        await page.get_by_role("button", name="Create administrator").click()
        await expect(page).to_have_url(re.compile("/administration/partners$"))
        await page.goto("/welcome")
        await expect(page).not_to_have_url(re.compile("/welcome"))
        assert await browsers.close() == []
