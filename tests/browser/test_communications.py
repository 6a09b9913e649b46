"""A communication is written step by step, saved on the way, scheduled, and found in list and calendar."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.outgoing import administrator, ask
from tests.browser.people import Browsers

GOLD = "Gold, reachable by SMS"


def clocks_go_forward() -> date:
    """The next last Sunday of March, at which the clocks of Paris go from two to three."""
    today = datetime.now(UTC).date()
    ends = [date(year, 3, 31) for year in (today.year, today.year + 1)]
    sundays = [each - timedelta(days=(each.weekday() + 1) % 7) for each in ends]
    return next(each for each in sundays if each > today + timedelta(days=1))


async def turn(ada: Page, step: str) -> None:
    """Goes on to the next step, looking at what it shows first."""
    await nothing_in_the_way(ada)
    await ada.get_by_role("link", name=f"Next: {step}").click()
    await expect(ada.get_by_role("navigation", name="Steps").get_by_role("link", name=step)).to_have_attribute(
        "aria-current", "step"
    )


async def in_russian(ada: Page) -> None:
    """Looks at the step on a small phone with the longest words, once it is saved, and comes back."""
    await expect(ada.get_by_text("Draft saved")).to_be_visible()
    await at_360_pixels_in_russian(ada)
    await ada.reload()
    await expect(ada.get_by_text("Draft saved")).to_be_visible()


async def test_a_segment_is_written_to_seen_as_it_arrives_scheduled_and_found_on_its_day(browsers: Browsers) -> None:
    name, sunday = f"Spring {uuid4().hex[:8]}", clocks_go_forward()
    day = sunday.isoformat()
    ada = await administrator(browsers, f"/communications/calendar?day={day}")
    await expect(ada.get_by_role("heading", name=f"March {sunday.year}")).to_be_visible()
    await nothing_in_the_way(ada)
    await ada.get_by_role("link", name=f"New communication on Sunday {sunday.day} March").click()

    await ada.get_by_label("Name", exact=True).fill(name)
    await ada.get_by_role("radio", name="A segment").check()
    await ada.get_by_label("Segment", exact=True).select_option(GOLD)
    await expect(ada.get_by_text(re.compile(r"^\d+ clients at present$"))).to_be_visible()
    await expect(ada.get_by_text("Draft saved")).to_be_visible()
    await expect(ada).to_have_url(re.compile(r"/communications/[-0-9a-f]{36}/edit\?step=audience$"))

    await turn(ada, "By which channels")
    await ada.get_by_role("checkbox", name="SMS").check()
    await ada.get_by_role("radio", name="One after the other").check()
    await ada.get_by_role("button", name="SMS: earlier").click()

    await turn(ada, "What")
    text = ada.get_by_role("textbox", name="Text", exact=True)
    await text.fill("Dear ")
    await ada.get_by_role("button", name="Insert a variable").click()
    await ada.get_by_role("menuitem", name="Name", exact=True).click()
    await expect(text).to_have_value("Dear {{ name }}")
    await text.press_sequentially(", spring is here.")
    await expect(ada.get_by_text(re.compile(r"^Dear .*[^}], spring is here\.$"))).to_be_visible()
    await expect(ada.get_by_text("1 segment")).to_be_visible()
    await ada.get_by_role("button", name="E-mail", exact=True).click()
    await ada.get_by_label("Subject").fill("Spring is here")
    await ada.get_by_role("textbox", name="Text", exact=True).fill("Dear **{{ name }}**, {{ weather }}")
    await expect(ada.get_by_text("It cannot be shown yet")).to_be_visible()
    await ada.get_by_role("textbox", name="Text", exact=True).fill("Dear **{{ name }}**, we have *asparagus*.")
    letter = ada.frame_locator("iframe[title='Preview of the letter']")
    await expect(letter.locator("strong")).to_be_visible()
    await expect(letter.locator("em")).to_have_text("asparagus")
    await ada.get_by_role("button", name="Dark", exact=True).click()
    await expect(letter.locator("em")).to_have_text("asparagus")
    await in_russian(ada)

    await turn(ada, "When")
    await expect(ada.get_by_role("radio", name="At a time")).to_be_checked()
    await ada.get_by_label("Day and time").fill(f"{day}T02:30")
    await expect(ada.get_by_text("It is sent at 03:30.")).to_be_visible()
    await ada.get_by_role("checkbox", name="Quiet hours").check()

    await turn(ada, "Check")
    await expect(ada.get_by_text("Everything is there.")).to_be_visible()
    await expect(ada.get_by_text("Reached").first).to_be_visible()
    await nothing_in_the_way(ada)
    await in_russian(ada)
    await ada.get_by_role("button", name="Schedule", exact=True).click()
    await expect(ada).to_have_url(re.compile(r"/communications/[-0-9a-f]{36}$"))
    identity = ada.url.rpartition("/")[2]

    await ada.goto("/communications?state=scheduled")
    await ada.get_by_role("searchbox").fill(name)
    row = ada.get_by_role("list", name="Communications").get_by_role("listitem")
    await expect(row).to_have_count(1)
    await expect(row).to_contain_text(name)
    await expect(row).to_contain_text("Scheduled")
    await nothing_in_the_way(ada)
    await ada.goto(f"/communications/calendar?day={day}")
    await expect(ada.get_by_role("cell").filter(has_text=name)).to_contain_text("03:30")

    # What somebody else has changed meanwhile is not overwritten.
    await ada.goto(f"/communications/{identity}/edit")
    await ada.get_by_label("Name", exact=True).fill(f"{name} again")
    await expect(ada.get_by_text("Not saved yet")).to_be_visible()
    kept = await (await ada.context.request.get(f"/api/v1/communications/{identity}")).json()
    origin = browsers.installation.origin
    await ask(ada, origin, "PATCH", f"/communications/{identity}", name=f"{name} by others", revision=kept["revision"])
    await ada.get_by_role("button", name="Save the changes").click()
    await expect(ada.get_by_text("Somebody else has changed it meanwhile")).to_be_visible()
    await ada.get_by_role("button", name="Load the newest version").click()
    await expect(ada.get_by_label("Name", exact=True)).to_have_value(f"{name} by others")
    await ask(ada, origin, "DELETE", f"/communications/{identity}")
