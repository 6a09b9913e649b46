"""Contact requests at the partner: seen live, taken care of, answered, and followed by who asked."""

import io
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
from playwright.async_api import Download, Page, expect

from tests.browser.asking import (
    DIALLED,
    STARTS_AT,
    advert,
    form_about,
    leave,
    mark,
    oliver_at,
    reachable,
    row,
)
from tests.browser.people import Browsers, bubble


async def test_the_team_takes_care_of_a_request_and_all_pages_agree(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, name = await reachable(browsers)
    await leave(browsers, ann, about, message="Call me in the evening")
    there, here = await oliver_at(browsers), await oliver_at(browsers)
    await expect(mark(row(there, name), "new")).to_be_visible()
    await row(here, name).click()
    await expect(here.get_by_text("Call me in the evening")).to_be_visible()
    await expect(here.get_by_role("link", name=DIALLED)).to_have_attribute("href", f"tel:{DIALLED}")
    await expect(here.get_by_text(f"12 March {STARTS_AT.year}")).to_be_visible()
    # Who has read it for a moment has seen it, and everybody sees that.
    await expect(mark(row(there, name), "seen")).to_be_visible()

    await here.get_by_role("combobox", name="State").select_option("in_progress")
    await expect(mark(row(there, name), "in_progress")).to_be_visible()
    await (
        here.get_by_role("region")
        .get_by_role("combobox", name="Assigned to")
        .last.select_option(label="Oliver Grant (you)")
    )
    await expect(row(there, name).get_by_text("Assigned to Oliver Grant")).to_be_attached()
    await here.get_by_label("Note for the team").fill("Nobody picked up")
    await here.get_by_label("Note for the team").press("Control+Enter")
    await expect(here.locator("[data-step=note]")).to_contain_text("Nobody picked up")
    steps = await here.locator("[data-step]").evaluate_all("all => all.map((each) => each.dataset.step)")
    assert steps == ["left", "state", "state", "assigned", "note"]

    await row(there, name).click()
    await expect(there.locator("[data-step=note]")).to_contain_text("Oliver Grant")
    await ann.goto("/requests")
    await expect(mark(ann, "in_progress")).to_be_visible()
    await here.get_by_role("combobox", name="State").select_option("done")
    await expect(there.locator("header [data-state=done]")).to_be_visible()
    await expect(mark(ann, "done")).to_contain_text("Done")
    await here.locator(".toast", has_text="State: Done.").get_by_role("button", name="Undo").click()
    await expect(mark(ann, "in_progress")).to_be_visible()


async def test_a_request_becomes_a_conversation_linked_both_ways(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, name = await reachable(browsers)
    await leave(browsers, ann, about)
    oliver = await oliver_at(browsers)
    await row(oliver, name).click()
    await oliver.get_by_role("button", name="Open a conversation").click()
    words = f"Shall I put it aside? {uuid4().hex[:6]}"
    await oliver.get_by_label("First message").fill(words)
    await oliver.get_by_role("button", name="Send and open").click()
    await expect(oliver).to_have_url(re.compile(rf"/inbox/{browsers.installation.bookshop}/[0-9a-f-]{{36}}$"))
    await expect(bubble(oliver, words)).to_be_visible()

    await oliver.get_by_role("button", name="About this customer").click()
    card = oliver.get_by_role("complementary", name="Customer")
    for said in ("English", "Local time"):
        await expect(card.get_by_text(said, exact=True)).to_be_visible()
    await expect(card.get_by_role("link", name="@example.com")).to_have_attribute("href", re.compile("^mailto:"))
    await expect(card.get_by_role("link", name="+33")).to_have_attribute("href", re.compile(r"^tel:\+33"))
    await oliver.get_by_role("complementary").get_by_role("link", name=about["title"]).click()
    await expect(oliver.locator("[data-step=conversation]")).to_be_visible()
    await oliver.get_by_role("link", name="To the conversation").click()
    await expect(bubble(oliver, words)).to_be_visible()
    await ann.goto("/requests")
    await expect(mark(ann, "in_progress")).to_be_visible()
    await ann.get_by_role("link", name="Read the conversation").click()
    await expect(bubble(ann, words)).to_be_visible()


async def test_asking_again_is_marked_and_not_lost(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, name = await reachable(browsers)
    await leave(browsers, ann, about, message="First")
    form = await form_about(ann, browsers, about)
    await form.get_by_label("Message").fill("Second")
    await form.get_by_role("button", name="Send the request").click()
    await expect(form.get_by_text("You asked about this a short while ago.")).to_be_visible()
    oliver = await oliver_at(browsers)
    await expect(row(oliver, name)).to_have_count(2)
    await expect(row(oliver, name).first).to_contain_text("Again")
    await row(oliver, name).first.click()
    await oliver.get_by_role("link", name="See the first request").click()
    await expect(oliver.get_by_text("Asked once more within a day.")).to_be_visible()
    await expect(oliver.get_by_role("heading", name="Other requests of this person")).to_be_visible()


async def test_the_filters_narrow_the_list_and_survive_the_way_back(browsers: Browsers) -> None:
    about, other = await advert(browsers), await advert(browsers)
    ann, name = await reachable(browsers)
    await leave(browsers, ann, about)
    await leave(browsers, ann, other)
    oliver = await oliver_at(browsers)
    await expect(row(oliver, name)).to_have_count(2)
    await oliver.get_by_role("button", name="More filters").click()
    await oliver.get_by_label("Advert", exact=True).select_option(label=about["title"])
    await expect(oliver.locator("a[data-request]")).to_have_count(1)
    await row(oliver, name).click()
    await expect(oliver.locator("header [data-state=seen]")).to_be_visible()
    await oliver.reload()
    await expect(oliver.locator("a[data-request]")).to_have_count(1)
    await oliver.keyboard.press("Escape")
    await expect(oliver.get_by_role("heading", name="Requests in figures")).to_be_visible()
    await expect(oliver.locator("a[data-request]")).to_have_count(1)
    await oliver.get_by_role("button", name="Spam").click()
    await expect(oliver.get_by_role("heading", name="Nothing fits")).to_be_visible()
    await oliver.get_by_role("link", name="Show all requests").click()
    await expect(row(oliver, name)).to_have_count(2)


async def test_the_list_shows_what_a_colleague_takes_care_of(browsers: Browsers) -> None:
    denis = await browsers.signed_in("denis@chateau.example")
    await denis.goto(f"/inbox/{browsers.installation.partners['Château de Vaux-le-Vicomte']}/requests")
    await expect(denis.locator("a[data-request]").first).to_be_visible()
    assert await denis.locator("a[data-request]").count() > await denis.get_by_text("Attribuée à Claire").count() > 0
    await denis.get_by_role("button", name="Autres filtres").click()
    await denis.get_by_label("Attribuée à", exact=True).first.select_option(label="Claire Fontaine")
    theirs = denis.locator("a[data-request]").filter(has_text="Attribuée à Claire Fontaine")
    await expect(denis.locator("a[data-request]").filter(has_not_text="Attribuée à Claire Fontaine")).to_have_count(0)
    assert await theirs.count() > 0


async def test_the_list_is_searched_and_walked_without_a_mouse(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, name = await reachable(browsers)
    word = uuid4().hex[:10]
    await leave(browsers, ann, about, message=f"The {word} one")
    await leave(browsers, ann, about)
    oliver = await oliver_at(browsers)
    await expect(row(oliver, name)).to_have_count(2)
    await oliver.keyboard.press("j")
    await oliver.keyboard.press("j")
    await expect(oliver.locator("a[data-request]").nth(1)).to_be_focused()
    await oliver.keyboard.press("/")
    await expect(oliver.get_by_role("searchbox")).to_be_focused()
    await oliver.keyboard.type(word)
    await expect(oliver.locator("a[data-request]")).to_have_count(1)
    await expect(oliver.get_by_role("searchbox")).to_have_value(word)


async def test_the_list_goes_into_a_spreadsheet(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, name = await reachable(browsers)
    await leave(browsers, ann, about)
    oliver = await oliver_at(browsers, f"requests?advert={about['id']}")
    await expect(row(oliver, name)).to_be_visible()
    workbook = await exported(oliver, "Workbook")
    assert workbook.suggested_filename == "contact-requests.xlsx"
    rows = sheet(await workbook.path())
    assert [name in row for row in rows] == [False, True]
    table = await exported(oliver, "Plain table")
    assert table.suggested_filename == "contact-requests.csv"
    lines = (await table.path()).read_text("utf-8-sig").splitlines()
    assert [name in line for line in lines] == [False, True]


def sheet(path: Path) -> list[tuple[Any, ...]]:
    table: Any = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active
    return list(table.iter_rows(values_only=True))


async def exported(page: Page, form: str) -> Download:
    """What is saved by a choice of the export menu."""
    await page.get_by_role("button", name="Export the list").click()
    async with page.expect_download() as started:
        await page.get_by_role("menuitem", name=form).click()
    return await started.value


async def test_on_a_phone_one_thing_is_shown_at_a_time(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, name = await reachable(browsers)
    await leave(browsers, ann, about)
    oliver = await oliver_at(browsers, width=390)
    await expect(oliver.get_by_role("heading", name="Requests in figures")).to_be_hidden()
    await oliver.get_by_role("link", name="Figures").click()
    await expect(oliver.get_by_role("heading", name="Requests in figures")).to_be_visible()
    await expect(row(oliver, name)).to_be_hidden()
    await oliver.get_by_role("link", name="To the list").click()
    await row(oliver, name).click()
    await expect(oliver.get_by_role("heading", name=name)).to_be_visible()
    await expect(row(oliver, name)).to_be_hidden()
    await oliver.get_by_role("link", name="Back").click()
    await expect(row(oliver, name)).to_be_visible()


async def test_a_list_that_cannot_be_read_says_so_and_offers_a_way_on(browsers: Browsers) -> None:
    oliver = await browsers.signed_in("oliver@harbourpage.example")
    broken = re.compile(r"/contact-requests(\?|/counts)")
    body = {"title": "Away", "status": 503, "code": "unavailable", "detail": "Away", "request_id": "11111111-2222"}
    await oliver.route(broken, lambda route: route.fulfill(status=503, json=body))
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}/requests")
    await expect(oliver.get_by_text("11111111-2222").first).to_be_visible()
    await oliver.unroute(broken)
    await oliver.get_by_role("button", name="Try again").first.click()
    await expect(oliver.get_by_role("searchbox").or_(oliver.get_by_text("No requests yet"))).to_be_visible()


async def test_requests_of_others_are_for_nobody_else(browsers: Browsers) -> None:
    about = await advert(browsers)
    ann, _ = await reachable(browsers)
    left = await leave(browsers, ann, about)
    await ann.goto(f"/inbox/{browsers.installation.bookshop}/requests/{left['id']}")
    await expect(ann.get_by_role("heading", name="These are not your requests")).to_be_visible()
    await ann.goto(f"/inbox/{browsers.installation.bookshop}/adverts")
    await expect(ann.get_by_role("heading", name="These are not your adverts")).to_be_visible()
    claire = await browsers.signed_in("claire@chateau.example")
    await claire.goto(f"/inbox/{browsers.installation.partners['Château de Vaux-le-Vicomte']}/requests/{left['id']}")
    await expect(claire.get_by_role("heading", name="Cette demande n’existe pas")).to_be_visible()
