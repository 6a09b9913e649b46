"""What stands on every page stands in one place on all of them, and is never cut, in any language and on any window."""

from typing import Any

from tests.browser.people import Browsers, drawn
from tests.browser.whole_app import WORDS, WholeApp, whole_app

# English words are shorter than these, and wide windows have room.
WINDOWS = {390: ("fr", "pt", "ru"), 768: ("ru",), 1280: ("fr", "ru")}
# Words of our own, which have to be in sight whole; what people wrote may end in dots where its row ends.
MEASURED = """
    () => {
      const whole = { opacityProperty: true, visibilityProperty: true };
      const seen = each => each.checkVisibility(whole) && !each.closest('.visually-hidden');
      const all = selector => [...document.querySelectorAll(selector)].filter(seen);
      const ours = 'main nav a, nav .label, [role=group] button, .button, .badge, .mark, label, legend, dt, th, h3';
      const place = each => {
        const box = each.getBoundingClientRect();
        return [Math.round(box.left), Math.round(box.top)];
      };
      const scrolled = each => {
        for (let above = each.parentElement; above && above !== document.body; above = above.parentElement)
          if (above.scrollWidth > above.clientWidth + 1 && getComputedStyle(above).overflowX !== 'visible') return true;
      };
      return {
        cut: all(ours).filter(each => each.scrollWidth > each.clientWidth + 1 || scrolled(each))
          .map(each => `${each.className}: ${each.innerText}`),
        bar: all('main .bar nav').map(place)[0] ?? null,
        edges: [...new Set(all('main .page > header h1, main .page > .content').map(each => place(each)[0]))],
        wide: document.documentElement.scrollWidth - innerWidth,
      };
    }
"""


async def measured(app: WholeApp, path: str) -> list[tuple[str, int, dict[str, Any]]]:
    """What is measured on a page in each language and on each window, which it is shown in without being left."""
    found: list[tuple[str, int, dict[str, Any]]] = []
    await app.go(path)
    for language in WINDOWS[390]:
        await app.speak(language)
        for width in (each for each, languages in WINDOWS.items() if language in languages):
            await app.page.set_viewport_size({"width": width, "height": 844})
            await app.page.wait_for_function("wide => innerWidth === wide", arg=width)
            await drawn(app.page)
            found.append((language, width, await app.page.evaluate(MEASURED)))
    return found


async def test_tabs_and_edges_stand_in_one_place_and_no_word_of_ours_is_cut(browsers: Browsers) -> None:
    app = await whole_app(browsers)
    bars: dict[int, set[tuple[int, int]]] = {}
    edges: dict[int, dict[int, str]] = {}
    cut: dict[str, str] = {}
    for path in app.all:
        for language, width, seen in await measured(app, path):
            where = f"{path} {language} {width}"
            cut.update((each, where) for each in seen["cut"] if WORDS not in each)
            if seen["wide"] > 0:
                cut["The page"] = where
            if seen["bar"]:
                bars.setdefault(width, set()).add(tuple(seen["bar"]))
            if path in app.that_scroll:
                edges.setdefault(width, {}).update((each, path) for each in seen["edges"])
            # On a phone what is open has the window for itself.
            if path in app.of_the_partner and width >= 900:
                assert seen["bar"], where
    assert not cut
    assert {width: len(places) for width, places in bars.items()} == dict.fromkeys(WINDOWS, 1), bars
    assert {width: len(places) for width, places in edges.items()} == dict.fromkeys(WINDOWS, 1), edges
