"""Where the system forces its own colours, states are still told apart: ours, and the shadows, are gone there."""

from typing import Any

from playwright.async_api import Locator, Page

from tests.browser.looks import SETTLED
from tests.browser.people import Browsers, drawn
from tests.browser.whole_app import WholeApp, whole_app

LOOK = """
    (each, pseudo) => {
      const style = getComputedStyle(each, pseudo || undefined);
      return [style.backgroundColor, style.borderTopColor, style.borderTopWidth, style.borderTopStyle, style.color];
    }
"""


async def look(place: Locator, pseudo: str = "") -> list[str]:
    """The colours and lines of the first of these."""
    return await place.first.evaluate(LOOK, pseudo)


async def forced(app: WholeApp, scheme: Any) -> Page:
    await app.page.emulate_media(forced_colors="active", color_scheme=scheme)
    return app.page


async def settled(page: Page) -> None:
    await drawn(page)
    await page.evaluate(SETTLED)


async def test_what_is_chosen_is_on_or_is_mine_looks_different(browsers: Browsers) -> None:
    app = await whole_app(browsers)
    for scheme in ("light", "dark"):
        page = await forced(app, scheme)
        canvas = (await look(page.locator("body")))[0]

        await app.go(app.talk)
        await settled(page)
        mine, theirs = page.locator(".message.own .bubble"), page.locator(".message:not(.own) .bubble:not(.automatic)")
        assert await look(mine) != await look(theirs)
        assert (await look(theirs))[2:4] == ["1px", "solid"]
        rows = page.locator("a[data-conversation]")
        assert await look(rows.and_(page.locator("[aria-current]"))) != await look(page.locator(".skip"))
        assert (await look(rows.and_(page.locator("[aria-current]"))))[0] != canvas
        tabs = page.locator("main .bar a")
        assert await look(tabs.and_(page.locator("[aria-current]"))) != await look(
            tabs.and_(page.locator(":not([aria-current])"))
        )
        segments = page.locator(".segments button")
        assert await look(segments.and_(page.locator("[aria-pressed=true]"))) != await look(
            segments.and_(page.locator("[aria-pressed=false]"))
        )

        await app.go(app.requests)
        await settled(page)
        pills = page.locator(".states button")
        assert await look(pills.and_(page.locator("[aria-pressed=true]")).locator(".pill")) != await look(
            pills.and_(page.locator("[aria-pressed=false]")).locator(".pill")
        )
        for kind in (".mark[data-state]", "nav .badge .badge"):
            assert (await look(page.locator(kind)))[2:4] == ["1px", "solid"], kind

        await app.go("/notification-settings")
        await settled(page)
        on, off = (page.locator(f"input[role=switch]{state} + .mark") for state in (":checked", ":not(:checked)"))
        assert await look(on) != await look(off)
        for each in (on, off):
            # The knob stands out from what it lies on.
            assert (await look(each, "::after"))[0] not in {(await look(each))[0], "rgba(0, 0, 0, 0)"}
        await page.locator("main .bar a").first.focus()
        outline = "each => [getComputedStyle(each).outlineStyle, getComputedStyle(each).outlineWidth]"
        assert await page.locator("main .bar a").first.evaluate(outline) == ["solid", "3px"]
