"""Words without an end break: no page is wider than its window, and nothing lies on top of what stands beside it."""

from playwright.async_api import expect

from tests.browser.people import Browsers
from tests.browser.whole_app import whole_app

# Of the letters that take most room, and in two scripts.
ENDLESS = "W" * 30 + "Щ" * 30
# What sticks out of the window, also where something above it cuts it off; what scrolls sideways by itself may.
BEYOND = """
    () => [...document.querySelectorAll('body *')].filter(each => {
      if (!each.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
      if (each.closest('.visually-hidden, svg, .skip')) return false;
      const box = each.getBoundingClientRect();
      if (box.width === 0 || box.right <= innerWidth + 1) return false;
      for (let above = each.parentElement; above; above = above.parentElement) {
        const { overflowX, textOverflow } = getComputedStyle(above);
        const scrolls = /auto|scroll/.test(overflowX) && above.scrollWidth > above.clientWidth;
        if (scrolls || textOverflow === 'ellipsis') return false;
      }
      return true;
    }).map(each => `${each.tagName}.${each.className}: ${each.textContent.slice(0, 20)}`).slice(0, 5)
"""


async def test_a_word_of_sixty_letters_in_every_name_widens_no_page_and_no_toast(browsers: Browsers) -> None:
    app = await whole_app(browsers, ENDLESS, width=390)
    wider: dict[str, object] = {}
    for path in app.all:
        await app.go(path)
        found = await app.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        beyond = await app.page.evaluate(BEYOND)
        if found > 0 or beyond:
            wider[path] = (found, beyond)
    assert not wider, "\n".join(map(str, wider.items()))

    # The same of a toast that repeats a name.
    await app.go("/administration/gateways")
    await app.page.locator(f"[data-gateway='{app.gateway}']").get_by_role("button", name="More actions").click()
    await app.page.get_by_role("menuitem", name="Switch off", exact=True).click()
    toast = app.page.locator(".toast").filter(has_text=app.gateway)
    await expect(toast.get_by_role("button")).to_be_in_viewport(ratio=1)
    assert await toast.evaluate("each => each.scrollWidth <= each.clientWidth")
