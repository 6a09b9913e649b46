"""What people choose for themselves, light or dark and their language, holds at once and stays."""

from playwright.async_api import Page, expect

from tests.browser.people import Browsers


async def becomes(page: Page, wanted: str) -> None:
    """Waits until the page itself is dark or light, whatever the system is."""
    await page.wait_for_function(
        """wanted => {
            const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')
            canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor
            canvas.fillRect(0, 0, 1, 1)
            const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data
            return wanted === 'dark' ? red + green + blue < 180 : red + green + blue > 600
        }""",
        arg=wanted,
    )


async def choose(page: Page, menu: str, choice: str) -> None:
    await page.get_by_role("button", name=menu).click()
    await page.get_by_role("menuitemradio", name=choice).or_(page.get_by_role("menuitem", name=choice)).click()


async def test_dark_and_light_can_be_chosen_against_the_system(browsers: Browsers) -> None:
    page = await (await browsers.browser(scheme="light")).new_page()
    await page.goto("/")
    await becomes(page, "light")
    await choose(page, "Appearance", "Dark")
    await becomes(page, "dark")
    await page.reload()
    await becomes(page, "dark")
    await choose(page, "Appearance", "System")
    await becomes(page, "light")
    await page.emulate_media(color_scheme="dark")
    await becomes(page, "dark")
    await choose(page, "Appearance", "Light")
    await becomes(page, "light")


async def test_the_language_can_be_chosen_on_every_page(browsers: Browsers) -> None:
    page = await (await browsers.browser(language="en-GB")).new_page()
    await page.goto("/sign-in")
    await expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    await choose(page, "Language", "Русский")
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    await expect(page.get_by_role("heading", name="Welcome back")).to_have_count(0)
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    refused = page.get_by_role("textbox").first
    await refused.fill("nobody@example.com")
    await page.get_by_role("textbox").nth(1).fill("a wrong password")
    await page.keyboard.press("Enter")
    # The server's words follow the choice as well.
    await expect(page.get_by_role("alert").filter(has_text="парол")).to_be_visible()
