"""Scripts and HTML in every field that people fill in are shown as the text they are, on every page that shows them."""

from typing import Any

from playwright.async_api import APIRequestContext, expect

from tests.browser.people import PASSWORD, Browsers, address

EVIL = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
SHORT = "<b onmouseover=window.hit=1>bold</b>"


async def ask(request: APIRequestContext, origin: str, method: str, path: str, body: Any) -> Any:
    answer = await request.fetch(path, method=method, data=body, headers={"Origin": origin})
    assert answer.ok, (method, path, await answer.text())
    return await answer.json()


async def test_scripts_in_every_text_field_stay_text(browsers: Browsers) -> None:
    origin = browsers.installation.origin
    admin = await browsers.signed_in("admin@example.com")
    request = admin.context.request
    email = address()
    owner = {"name": EVIL, "email": email, "password": PASSWORD, "roles": ["customer"], "language": "en"}
    await ask(request, origin, "POST", "/api/v1/people", owner)
    shop = (await ask(request, origin, "POST", "/api/v1/partners", {"name": SHORT, "owner_email": email}))["id"]
    details = {"tagline": EVIL, "description": EVIL, "city": SHORT, "confirmation_texts": {"en": EVIL}}
    await ask(request, origin, "PATCH", f"/api/v1/partners/{shop}", details)
    visitor = await browsers.newcomer(EVIL)
    hello = {"partner_id": shop, "text": EVIL}
    place = (await ask(visitor.context.request, origin, "POST", "/api/v1/conversations", hello))["conversation"]["id"]
    profile = {"label": SHORT, "email": None, "phone": "+33123456789"}
    await ask(visitor.context.request, origin, "POST", "/api/v1/me/contact-profiles", profile)
    await ask(visitor.context.request, origin, "POST", "/api/v1/tokens", {"name": SHORT, "scopes": ["read"]})
    keeper = await browsers.signed_in(email)

    looked = [
        (visitor, "/partners"), (visitor, f"/partner/{shop}"), (visitor, f"/messages/{place}"), (visitor, "/profile"),
        (visitor, "/tokens"), (keeper, f"/inbox/{shop}/{place}"), (keeper, f"/inbox/{shop}/settings"),
        (admin, "/administration/people"), (admin, "/administration/partners"),
    ]  # fmt: skip
    for page, path in looked:
        await page.goto(path)
        await expect(page.locator("h1:visible, h2:visible").first).to_be_visible()
        await page.wait_for_load_state("networkidle")
        assert await page.evaluate("window.hit") is None, path
        assert await page.locator("main img[src=x], main script, main b[onmouseover]").count() == 0, path
    await visitor.goto(f"/messages/{place}")
    await expect(visitor.locator("[data-ordinal]").filter(has_text="<script>").first).to_be_visible()


async def test_a_website_that_is_a_script_is_refused(browsers: Browsers) -> None:
    claire = await browsers.signed_in("claire@chateau.example")
    chateau = browsers.installation.partners["Château de Vaux-le-Vicomte"]
    answer = await claire.context.request.patch(
        f"/api/v1/partners/{chateau}",
        data={"website": "javascript:alert(1)"},
        headers={"Origin": browsers.installation.origin},
    )
    assert answer.status == 422
    assert (await answer.json())["errors"][0]["field"] == "website"
