"""Long lists in a browser: how soon their first rows are there, and how smoothly they are scrolled through."""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bench.installation import HOST
from bench.latency import percentile
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Somebody, fill, fill_all, new_channel, new_people, settle
from estafette.accounts.credentials import digest
from estafette.base.ids import new_id

CHROMIUM: Final = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHATS, MEMBERS, MESSAGES, FEW = 500, 20_000, 100_000, 20
FRAMES, PIXELS = 240, 160
"""Scrolled through in four seconds, at the pace of a wheel that is turned fast."""
ROW_SECONDS: Final = 30

_UNTIL_ROWS: Final = """
window.untilRows = (selector, since) => new Promise((done) => {
  const look = () => (document.querySelector(selector) ? done(performance.now() - since) : requestAnimationFrame(look));
  look();
});
"""
_CLICK: Final = """
([button, rows]) => {
  const since = performance.now();
  document.querySelector(button).click();
  return window.untilRows(rows, since);
}
"""
_SCROLL: Final = """
([selector, rows, frames, pixels]) => new Promise((done) => {
  const scroller = document.querySelector(selector);
  const times = [];
  let before = null, most = 0, by = pixels;
  const step = (now) => {
    if (before !== null) times.push(now - before);
    before = now;
    most = Math.max(most, document.querySelectorAll(rows).length);
    const top = scroller.scrollTop;
    scroller.scrollTop += by;
    if (scroller.scrollTop === top) by = -by;
    if (times.length < frames) requestAnimationFrame(step);
    else done({ times, most });
  };
  requestAnimationFrame(step);
})
"""


@dataclass(frozen=True)
class Kind:
    """A list: what its rows are, what scrolls, which way it goes on, and what is pressed to see it."""

    name: str
    rows: str
    scroller: str
    up: bool = False
    button: str | None = None


CHAT_LIST: Final = Kind(f"list of {CHATS:,} chats", "a[data-chat]", ".sidebar .rows")
MEMBER_LIST: Final = Kind(f"list of {MEMBERS:,} members", ".window .member", ".third .window .window", button=".who")
HISTORY: Final = Kind(f"chat of {MESSAGES:,} messages", "[data-ordinal]", "[data-history]", up=True)


@dataclass
class Seen:
    """What was found about a kind of list, long and short side by side."""

    first: Runs
    rows: Runs
    slow: Runs


async def measure(stage: Stage) -> list[Figure]:
    """Milliseconds until the first rows, rows in the document, and the 95th percentile of the time of a frame."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        say("scrolling: not measured, since there is no Chromium")
        return []
    say(f"scrolling: loading {CHATS:,} chats, {MEMBERS:,} members and {MESSAGES:,} messages")
    pages = await _load(stage.database)
    found = {kind: Seen(Runs(), Runs(), Runs()) for kind in pages}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in stage.rounds("scrolling"):
            for kind, sides in pages.items():
                (first, rows, slow), (few_first, few_rows, few_slow) = [
                    await _look(browser, stage, kind, *side) for side in sides
                ]
                found[kind].first.add(first, few_first)
                found[kind].rows.add(rows, few_rows)
                found[kind].slow.add(slow, few_slow)
        await browser.close()
    return [figure for kind, seen in found.items() for figure in _figures(kind, seen)]


def _figures(kind: Kind, seen: Seen) -> list[Figure]:
    limit = f"one of {FEW}, the two in turn"
    return [
        Figure(
            name=f"First rows, {kind.name}", unit="ms", runs=seen.first, limit=limit, aim=("≤", 1.5),
            context="from pressing its button" if kind.button else "from the address, with all that the page loads",
        ),
        Figure(
            name=f"Rows at once, {kind.name}", runs=seen.rows, limit=limit,
            context=f"the most in the document while {FRAMES * PIXELS:,} pixels are scrolled through",
        ),
        Figure(
            name=f"Frames, {kind.name}, p95", unit="ms", runs=seen.slow, limit=limit, aim=("≤", 1.5),
            context=f"{PIXELS} pixels in each of {FRAMES} frames, to and fro where it ends; 17 ms is none left out",
        ),
    ]  # fmt: skip


async def _load(database: asyncpg.Connection) -> dict[Kind, tuple[tuple[Somebody, str], tuple[Somebody, str]]]:
    """For each kind who looks at what: where it is long, and where it is short."""
    gina, hugo, *others = await new_people(database, 40, "employee")
    long = [await new_channel(database, [others[number % len(others)], hugo], 10) for number in range(CHATS)]
    short = [await new_channel(database, [others[number], gina], 10) for number in range(FEW - 2)]
    crowd, few = [await new_channel(database, [others[0], gina], others_) for others_ in (MEMBERS - 2, FEW - 2)]
    everything = [each.id for each in (*long, *short)]
    await fill_all(database, everything, FEW)
    await fill(database, crowd, MESSAGES)
    await fill(database, few, FEW)
    await database.execute(
        "UPDATE memberships m SET read_ordinal = last_ordinal FROM conversations c WHERE c.id = m.conversation_id"
    )
    await settle(database)
    at = [f"/chats/{each.id}" for each in (crowd, few)]
    return {
        CHAT_LIST: ((hugo, "/chats"), (gina, "/chats")),
        MEMBER_LIST: ((gina, at[0]), (gina, at[1])),
        HISTORY: ((gina, at[0]), (gina, at[1])),
    }


async def _look(browser: Browser, stage: Stage, kind: Kind, who: Somebody, path: str) -> tuple[float, float, float]:
    """Milliseconds until the first rows, the most rows at once, and the time of a frame while it is scrolled."""
    context = await _signed_in(browser, stage, who)
    try:
        page = await context.new_page()
        await page.add_init_script(_UNTIL_ROWS)
        await page.goto(f"http://{HOST}:{stage.server.port}{path}", wait_until="commit")
        if kind.button is None:
            first: float = await page.evaluate("(rows) => window.untilRows(rows, 0)", kind.rows)
        else:
            await page.locator(kind.button).wait_for(timeout=ROW_SECONDS * 1_000)
            first = await page.evaluate(_CLICK, [kind.button, kind.rows])
        await page.wait_for_load_state("networkidle")
        scrolled = await _scrolled(page, kind)
    finally:
        await context.close()
    times: Sequence[float] = scrolled["times"]
    return first, scrolled["most"], percentile(list(times), 95)


async def _scrolled(page: Page, kind: Kind) -> dict[str, Any]:
    pixels = -PIXELS if kind.up else PIXELS
    return await page.evaluate(_SCROLL, [kind.scroller, kind.rows, FRAMES, pixels])


async def _signed_in(browser: Browser, stage: Stage, who: Somebody) -> BrowserContext:
    """A browser of somebody, with a session of its own."""
    secret = secrets.token_urlsafe(32)
    await stage.database.execute(
        "INSERT INTO sessions (id, person_id, token_hash, created_at, last_seen_at, expires_at) "
        "VALUES ($1, $2, $3, now(), now(), now() + interval '1 day')",
        new_id(),
        who.id,
        digest(secret),
    )
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    await context.add_cookies(
        [{"name": "estafette_session", "value": secret, "url": f"http://{HOST}:{stage.server.port}"}]
    )
    return context
