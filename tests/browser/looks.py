"""How pages look: on a phone and on a desk, in light and in dark, and with the longer words of Russian."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, Route, expect

from tests.browser.people import shown

_AXE = Axe().axe_script
_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SCREENSHOTS = Path(os.environ["SCREENSHOTS"]) if "SCREENSHOTS" in os.environ else None
HEIGHTS = {390: 844, 1280: 800}
# Colours change step by step from the outside in, a frame each, also where motion is reduced; rows that are out of
# sight (content-visibility) would keep the old ones until they are scrolled to.
SETTLED = """
    async () => {
      if (!document.adoptedStyleSheets.length) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { content-visibility: visible !important }');
        document.adoptedStyleSheets = [sheet];
      }
      for (let still = 0; still < 5; ) {
        await new Promise(requestAnimationFrame);
        still = document.getAnimations().some(each => each.playState === 'running') ? 0 : still + 1;
      }
    }
"""


async def nothing_in_the_way(page: Page, picture: str | None = None) -> None:
    """Nothing serious for who cannot see or has no mouse, and nothing beyond the right edge, in any look.

    The page stays open meanwhile, as it does for who turns a phone or whose evening begins. Light and dark differ in
    their colours alone. With `picture` each look is kept as a file of that name, where SCREENSHOTS names a folder.
    """
    for width, height in HEIGHTS.items():
        await page.set_viewport_size({"width": width, "height": height})
        for scheme in _SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await page.evaluate(SETTLED)
            await usable_by_everybody(page, only=["color-contrast"] if scheme == "dark" else None)
            if picture and SCREENSHOTS is not None:
                SCREENSHOTS.mkdir(exist_ok=True)
                await page.screenshot(path=SCREENSHOTS / f"{picture}-{width}-{scheme}.png")
        await nothing_cut_off(page)


async def nothing_cut_off(page: Page) -> None:
    """Nothing lies beyond the right edge."""
    wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} scrolls sideways"


async def at_360_pixels_in_russian(page: Page) -> None:
    """Nothing is cut off on a small phone with the longest words, and nothing serious is in anybody's way there.

    The person's own language stays as it is for the other tests.
    """

    async def translated(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, json=await answer.json() | {"language": "ru"})

    await page.set_viewport_size({"width": 360, "height": 740})
    await page.route("**/api/v1/me", translated)
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    await shown(page)
    await page.evaluate(SETTLED)
    # Words have no colours of their own.
    await usable_by_everybody(page, but=["color-contrast"])
    await nothing_cut_off(page)
    # A page asks who it is whenever it likes, also in the moment in which its test ends.
    await page.unroute_all(behavior="ignoreErrors")


async def usable_by_everybody(page: Page, *, but: Sequence[str] = (), only: Sequence[str] | None = None) -> None:
    """Nothing serious for who cannot see or has no mouse, by all rules of axe, by all `but` some, or by `only` some."""
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in but}}
    if only is not None:
        options["runOnly"] = list(only)
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_AXE)
    found = await page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    serious = {
        each["id"]: [node["html"][:160] for node in each["nodes"]][:4]
        for each in found
        if each["impact"] in {"serious", "critical"}
    }
    assert not serious, f"{page.url}: {serious}"
