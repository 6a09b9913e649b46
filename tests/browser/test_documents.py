"""A link to a document in a chat: a card for one and not for another, acknowledged there, and what waits elsewhere."""

from pathlib import Path
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.browser.people import PASSWORD, Browsers, address
from tests.browser.test_threads import asked
from tests.documents.connector import CREDENTIAL, Example, entry, example

PHONE = 390


def card(page: Page, title: str) -> Locator:
    """What stands in the place of the document."""
    return page.get_by_role("group", name=title, exact=True)


async def test_a_card_is_seen_by_one_and_not_by_another_and_acknowledged(browsers: Browsers, tmp_path: Path) -> None:
    admin = await browsers.signed_in("admin@example.com")
    with example(tmp_path) as personnel:
        await admin.goto("/administration/documents")
        system = await registered(admin, personnel)
        try:
            await seen_and_acknowledged(browsers, admin, personnel, system)
        finally:
            await removed(admin, system)
    await expect(admin.get_by_text("No document system yet")).to_be_visible()


async def registered(admin: Page, personnel: Example) -> str:
    """An administrator connects the system and tests it; its name."""
    name = f"Personnel {uuid4().hex[:6]}"
    await admin.get_by_role("button", name="Connect a system").click()
    form = admin.get_by_role("dialog")
    await form.get_by_label("Name").fill(name)
    await form.get_by_label("Links").fill("no address")
    await form.get_by_label("Connector").fill(personnel.url)
    await form.get_by_label("Credential").fill(CREDENTIAL)
    await form.get_by_role("button", name="Add").click()
    await expect(form.get_by_text("Write a whole address in which {id} stands once")).to_be_visible()
    await form.get_by_label("Links").fill("https://documents.example.com/view/{id}")
    await form.get_by_role("button", name="Add").click()
    await expect(form).to_be_hidden()
    await admin.get_by_role("button", name="Test the connection").click()
    await expect(admin.get_by_text(f"{name} answers as it should.")).to_be_visible()
    return name


async def removed(admin: Page, system: str) -> None:
    """It is taken away with what was acknowledged."""
    await admin.goto("/administration/documents")
    await admin.get_by_role("button", name=f"Actions: {system}").click()
    await admin.get_by_role("menuitem", name="Remove").click()
    await admin.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(admin.get_by_role("dialog")).to_be_hidden()


async def seen_and_acknowledged(browsers: Browsers, admin: Page, personnel: Example, system: str) -> None:
    """Gina sends Hugo and Ida an order that only she and Hugo may see; Hugo is to take note."""
    addresses = {name: address() for name in ("Gina", "Hugo", "Ida")}
    people: dict[str, str] = {}
    for name, email in addresses.items():
        given = {"name": name, "email": email, "roles": ["employee"], "password": PASSWORD}
        people[name] = (await asked(admin, "POST", "/people", given))["id"]
    document, title = uuid4().hex[:8], f"Order {uuid4().hex[:6]}"
    personnel.holds(
        entry(
            document,
            addresses["Gina"],
            addresses["Hugo"],
            title=title,
            deadline="2020-01-31",
            acknowledged_by=[addresses["Hugo"]],
        )
    )
    gina = await browsers.signed_in(addresses["Gina"])
    hugo = await browsers.signed_in(addresses["Hugo"], width=PHONE)
    ida = await browsers.signed_in(addresses["Ida"])
    await gina.goto("/chats")
    place = (await asked(gina, "POST", "/groups", {"kind": "group", "name": f"Orders {document}"}))["id"]
    members = {"people": [people["Hugo"], people["Ida"]]}
    await asked(gina, "POST", f"/conversations/{place}/members", members)

    for page in (gina, hugo, ida):
        await page.goto(f"/chats/{place}")
    composer = gina.get_by_placeholder("Message", exact=True)
    await composer.fill(f"Please read https://documents.example.com/view/{document}.")
    await composer.press("Enter")
    await expect(card(gina, title)).to_contain_text(system)
    await expect(card(hugo, title)).to_contain_text("overdue since 31 Jan 2020")
    await expect(card(ida, "Document not shown")).to_contain_text("No access, or no such document.")
    assert title not in await ida.content()

    # What waits for Hugo stands on a page of its own, and goes when he has taken note in the chat.
    await expect(hugo.get_by_role("button", name=f"Acknowledge “{title}”")).to_be_visible()
    await hugo.goto("/documents")
    await expect(card(hugo, title)).to_be_visible()
    await expect(hugo.get_by_role("link", name="1 document waits for you")).to_be_visible()
    await hugo.goto(f"/chats/{place}")
    await hugo.get_by_role("button", name=f"Acknowledge “{title}”").click()
    await expect(card(hugo, title)).to_contain_text("Acknowledged on")
    await hugo.goto("/documents")
    await expect(hugo.get_by_text("Nothing waits for you")).to_be_visible()

    await card(gina, title).get_by_role("button", name="Who has acknowledged").click()
    await expect(gina.get_by_role("dialog").get_by_text("Hugo")).to_be_visible()
    await expect(gina.get_by_role("dialog").get_by_text("Ida")).to_be_hidden()
