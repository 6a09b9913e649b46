"""Employees come in: by a pasted list and its links, and from a table that is mended before it is imported."""

import re
from uuid import uuid4

from playwright.async_api import expect

from tests.browser.looks import nothing_in_the_way
from tests.browser.outgoing import ADA, ask
from tests.browser.people import Browsers
from tests.browser.test_invitations import come_in


async def test_a_pasted_list_is_mended_sent_and_accepted_with_a_name_and_a_password(browsers: Browsers) -> None:
    email, origin = f"{uuid4().hex}@example.com", browsers.installation.origin
    ada = await browsers.signed_in(ADA)
    await ada.goto("/administration/people")
    await ada.get_by_role("button", name="Invite employees").click()
    form = ada.get_by_role("dialog", name="Invite employees")
    field = form.get_by_label("E-mail addresses")
    await field.fill(f"Hugo Martin <{email}>\nnobody")
    await form.get_by_role("button", name="Invite", exact=True).click()
    await expect(form.get_by_text("Line 2: nobody")).to_be_visible()
    await nothing_in_the_way(ada)
    await field.fill(f"Hugo Martin <{email}>, {ADA}")
    await form.get_by_role("button", name="Invite", exact=True).click()
    done = ada.get_by_role("dialog", name="What was done")
    await expect(done.get_by_role("listitem").filter(has_text=email)).to_be_visible()
    await expect(done.get_by_role("heading", name="Has an account, and is an employee now")).to_be_visible()
    await nothing_in_the_way(ada)
    await done.get_by_role("button", name="Close", exact=True).last.click()

    row = ada.get_by_role("listitem").filter(has_text="Hugo Martin").filter(has_text=email)
    await row.get_by_role("button").click()
    await ada.get_by_role("menuitem", name="Copy the link").click()
    shown = ada.get_by_role("dialog", name=f"Link for {email}")
    link = await shown.get_by_label("Link of the invitation").input_value()

    guest = await (await browsers.browser()).new_page()
    await guest.goto(link)
    await expect(guest.get_by_role("heading", name="Join your colleagues")).to_be_visible()
    await expect(guest.get_by_label("Name")).to_have_value("Hugo Martin")
    await nothing_in_the_way(guest)
    await come_in(guest, "Hugo M.")
    await expect(guest).not_to_have_url(re.compile("/invitation/"))
    me = await ask(guest, origin, "GET", "/me")
    assert (me["name"], me["roles"]) == ("Hugo M.", ["employee"])
    person = await ask(ada, origin, "GET", "/me")
    roles = [role for role in person["roles"] if role != "employee"]
    await ask(ada, origin, "PATCH", f"/people/{person['id']}", roles=roles)


async def test_a_table_is_mended_looked_at_and_imported_as_a_whole(browsers: Browsers) -> None:
    boss, clerk = f"{uuid4().hex}@example.com", f"{uuid4().hex}@example.com"
    ada = await browsers.signed_in(ADA)
    await ada.goto("/administration/people")
    await ada.get_by_role("button", name="More ways to add people").click()
    await ada.get_by_role("menuitem", name="Import a table").click()
    await expect(ada.get_by_role("heading", name="Import a table")).to_be_visible()
    await expect(ada.get_by_role("link", name="People", exact=True)).to_have_attribute("aria-current", "page")
    table = f"Nom;E-mail;Responsable\nInès Boss;{boss};\nJo Clerk;{clerk};nobody@example.com\n"
    field = ada.locator("input[type=file]")
    await field.set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": table.encode("cp1252")})
    fault = ada.get_by_role("listitem").filter(has_text="Row 3 · Manager")
    await expect(fault).to_contain_text("No employee has this address")
    await nothing_in_the_way(ada)
    mended = table.replace("nobody@example.com", boss)
    await field.set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": mended.encode("cp1252")})
    await expect(ada.get_by_text("Read as Windows-1252.")).to_be_visible()
    await expect(ada.get_by_role("listitem").filter(has_text="Inès Boss").filter(has_text="New")).to_be_visible()
    await nothing_in_the_way(ada)
    await ada.get_by_role("button", name="Import", exact=True).click()
    await expect(ada.get_by_text("2 people are up to date.")).to_be_visible()
    await ada.goto("/colleagues")
    await ada.get_by_role("searchbox").fill(clerk)
    await ada.get_by_role("main").get_by_role("button").filter(has_text="Jo Clerk").click()
    card = ada.get_by_role("dialog", name="Colleague")
    await card.get_by_role("button", name="Inès Boss").click()
    await expect(card.get_by_role("region", name="Reports").get_by_text("Jo Clerk")).to_be_visible()
    await nothing_in_the_way(ada)
