"""Clients come in from a file that is looked at first, and a segment of them is counted while it is made."""

import csv
import io
import re
from uuid import uuid4

from playwright.async_api import expect

from tests.browser.looks import nothing_in_the_way
from tests.browser.outgoing import ADA
from tests.browser.people import Browsers


async def test_a_file_comes_in_and_a_segment_of_it_is_counted_found_and_one_of_it_erased(browsers: Browsers) -> None:
    city = f"Ville {uuid4().hex[:8]}"
    ada = await browsers.signed_in(ADA)
    await ada.goto("/clients")
    await expect(ada.get_by_role("list", name="Clients").get_by_role("listitem").first).to_be_visible()
    await nothing_in_the_way(ada)

    table = f"Nom;E-mail;City;Notes\nZoé {city};{uuid4().hex}@example.com;{city};x\n"
    table += f"Yves {city};{uuid4().hex}@example.com;{city};\nXavier;nobody;{city};\n"
    await ada.get_by_role("link", name="Import", exact=True).click()
    await expect(ada.get_by_role("heading", name="Import", exact=True)).to_be_visible()
    await ada.locator("input[type=file]").set_input_files(
        {"name": "clients.csv", "mimeType": "text/csv", "buffer": table.encode("cp1252")}
    )
    await expect(ada.get_by_text("CSV, Windows-1252, 4 columns")).to_be_visible()
    await expect(ada.get_by_label("Notes")).to_have_value("")
    await ada.get_by_role("checkbox", name="SMS").check()
    await ada.get_by_label("Where did they agree?").fill("Fair in Lyon")
    await ada.get_by_role("button", name="Look at the first lines").click()
    await expect(ada.get_by_text("2 new")).to_be_visible()
    await expect(ada.get_by_role("listitem").filter(has_text="Line 4")).to_contain_text(
        "E-mail: This does not look like"
    )
    await nothing_in_the_way(ada)
    await ada.get_by_role("button", name="Start the import").click()
    await expect(ada.get_by_text("Done", exact=True)).to_be_visible()
    await expect(ada.get_by_text("3 lines done")).to_be_visible()
    async with ada.expect_download() as downloading:
        await ada.get_by_role("link", name="Download rejected lines").click()
    path = await (await downloading.value).path()
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[1][:2] == ["Xavier", "nobody"]
    assert rows[1][-2:] == ["4", "E-mail: This does not look like an e-mail address."]
    await nothing_in_the_way(ada)

    await ada.get_by_role("link", name="Segments", exact=True).click()
    await ada.get_by_role("link", name="New segment").click()
    await ada.get_by_label("Name of the segment").fill(city)
    await ada.get_by_role("button", name="Add a rule").click()
    rule = ada.get_by_role("group", name="Who belongs to it").get_by_role("listitem")
    await rule.get_by_label("What is looked at").select_option("City")
    await rule.get_by_label("Comparison").select_option("is")
    await rule.get_by_role("textbox", name="City").fill(city)
    await expect(ada.get_by_role("status").filter(has_text=re.compile("^2 clients"))).to_be_visible()
    await nothing_in_the_way(ada)
    await ada.get_by_role("button", name="Save").click()
    await ada.get_by_role("link", name="Show these clients").click()
    found = ada.get_by_role("list", name="Clients").get_by_role("listitem")
    await expect(found).to_have_count(2)

    await found.filter(has_text="Zoé").get_by_role("link").click()
    await expect(ada.get_by_role("heading", name=f"Zoé {city}")).to_be_visible()
    await expect(ada.get_by_text("SMS: Agreed · Fair in Lyon")).to_be_visible()
    await nothing_in_the_way(ada)
    await ada.get_by_role("button", name="Erase this client").click()
    await ada.get_by_role("button", name="Erase for good").click()
    await expect(ada).to_have_url(re.compile("/clients$"))
    await ada.get_by_role("searchbox").fill(city)
    await expect(found).to_have_count(1)
    await expect(found).to_contain_text("Yves")
