"""The whole way of a campaign: a thousand clients come in, are written to, and what becomes of it is watched."""

import csv
import io
import re
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.browser.looks import nothing_in_the_way
from tests.browser.outgoing import ADA, ARRIVES, ask
from tests.browser.people import Browsers
from tests.waiting import eventually

CLIENTS = 1_000


async def bring_in(ada: Page, origin: str, city: str) -> None:
    """A thousand clients of a city, from a file."""
    table = "Name;Phone;City;Language\n" + "".join(
        f"Client {number};+33639{number:06};{city};en\n" for number in range(CLIENTS)
    )
    request = ada.context.request
    headers = {"Origin": origin, "Content-Type": "text/csv"}
    answer = await request.post("/api/v1/client-imports?name=clients.csv", data=table.encode(), headers=headers)
    made = await answer.json()
    plan = {"columns": made["guesses"], "match_by": "phone", "when_known": "update"}
    await ask(ada, origin, "PUT", f"/client-imports/{made['id']}/run", **plan)

    async def is_done() -> bool:
        found = await (await request.get(f"/api/v1/client-imports/{made['id']}")).json()
        return found["state"] == "done"

    await eventually(is_done)


async def turn(ada: Page, step: str) -> None:
    """Goes on to the next step, once what was filled in is saved."""
    await expect(ada.get_by_text("Draft saved")).to_be_visible()
    await ada.get_by_role("link", name=f"Next: {step}").click()


async def figure(ada: Page, group: str) -> int:
    """A figure of the progress, as it stands there now."""
    return int(re.sub(r"\D", "", await ada.locator(f"[data-group={group}]").inner_text()))


async def test_a_thousand_clients_are_written_to_watched_held_let_go_on_and_accounted_for(browsers: Browsers) -> None:
    name, city = f"Fair {uuid4().hex[:8]}", f"Ville {uuid4().hex[:8]}"
    origin = browsers.installation.origin
    ada = await browsers.signed_in(ADA)
    await bring_in(ada, origin, city)
    rule = {"kind": "attribute", "key": "city", "comparison": "is", "value": city}
    await ask(
        ada, origin, "POST", "/client-segments", name=city, filter={"kind": "group", "match": "all", "rules": [rule]}
    )

    await ada.goto("/communications/new")
    await ada.get_by_label("Name", exact=True).fill(name)
    await ada.get_by_role("radio", name="A segment").check()
    await ada.get_by_label("Segment", exact=True).select_option(city)
    await expect(ada.get_by_text("1,000 clients at present")).to_be_visible()
    await expect(ada).to_have_url(re.compile("/edit"))
    await turn(ada, "By which channels")
    await ada.get_by_role("checkbox", name="SMS").check()
    await ada.get_by_role("checkbox", name="E-mail").uncheck()
    await turn(ada, "What")
    await ada.get_by_role("textbox", name="Text", exact=True).fill("Dear {{ name }}, the fair opens at ten.")
    await expect(ada.get_by_text(re.compile(r"^Dear [^{]+, the fair opens at ten\.$"))).to_be_visible()
    await turn(ada, "When")
    await ada.get_by_role("radio", name="At once").check()
    await ada.get_by_role("checkbox", name="Not faster than").check()
    await ada.get_by_label("Messages a minute").fill("6000")
    await turn(ada, "Check")
    await expect(ada.get_by_text("Everything is there.")).to_be_visible()
    await ada.get_by_role("button", name="Send now", exact=True).click()
    await ada.get_by_role("dialog").get_by_role("button", name="Send now", exact=True).click()

    # Figures move by themselves.
    await expect(ada.get_by_role("heading", name=name)).to_be_visible()
    await expect(ada.locator("[data-group=delivered]")).to_have_text(re.compile(r"^[1-9]"), timeout=ARRIVES)
    await ada.get_by_role("button", name="Pause", exact=True).click()
    await ada.get_by_role("dialog").get_by_role("button", name="Pause", exact=True).click()
    outcome = ada.get_by_role("status").filter(has_text=re.compile(r"wait\..*gone out"))
    await expect(outcome).to_be_visible()
    await expect(ada.locator("[data-state=paused]")).to_be_visible()
    # What was on its way to the gateway arrives; nothing else does.
    waiting = int(re.sub(r"\D", "", (await outcome.inner_text()).split("messages wait")[0]))
    assert waiting > 0
    await expect(ada.locator("[data-group=waiting]")).to_have_text(f"{waiting:,}")
    await expect(ada.locator("[data-group=sent]")).to_have_text("0", timeout=ARRIVES)
    counted = {group: await figure(ada, group) for group in ("delivered", "failed", "left", "uncertain")}
    assert sum(counted.values()) + waiting == CLIENTS
    await nothing_in_the_way(ada)

    await ada.get_by_role("button", name="Resume", exact=True).click()
    await ada.get_by_role("dialog").get_by_role("button", name="Resume", exact=True).click()
    await expect(ada.locator("[data-state=completed]")).to_be_visible(timeout=ARRIVES)
    await expect(ada.locator("[data-group=sent]")).to_have_text("0", timeout=ARRIVES)
    await expect(ada.locator("[data-group=waiting]")).to_have_text("0")
    failed = await figure(ada, "failed")
    assert await figure(ada, "delivered") + failed == CLIENTS

    # One whom it did not reach: why, step by step, in words.
    await ada.get_by_role("button", name=f"Show these recipients: {failed}").click()
    row = ada.get_by_role("list", name="Recipients").get_by_role("listitem")
    await expect(row.locator("[data-status=OPERATOR_ERROR]").first).to_be_visible()
    await expect(row.locator("[data-status=DELIVERED]")).to_have_count(0)
    await row.first.get_by_role("button").click()
    await expect(row.first).to_contain_text("the fair opens at ten.")
    await expect(row.first.get_by_role("listitem")).to_have_count(3)
    await nothing_in_the_way(ada)
    client = row.first.get_by_role("link", name="Open the client")
    address = await client.get_attribute("href")

    await ada.get_by_role("button", name="More actions").click()
    async with ada.expect_download() as downloading:
        await ada.get_by_role("menuitem", name="Table (CSV)").click()
    path = await (await downloading.value).path()
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == CLIENTS + 1
    assert sum("OPERATOR_ERROR" in each or "Failed on the way" in each for each in rows) == failed

    assert address is not None
    await ada.goto(address)
    messages = ada.get_by_role("list", name="Messages").get_by_role("listitem")
    await expect(messages.filter(has_text=name)).to_contain_text("the fair opens at ten.")
    await nothing_in_the_way(ada)
