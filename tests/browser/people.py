"""People at their browsers: what the tests of the web app do again and again."""

from random import randrange
from typing import Any
from uuid import uuid4

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.cli.running import Up
from tests.waiting import PATIENCE

PASSWORD = "estafette-demo"
# A refused request is part of what is tested; everything else that the console says is a fault.
EXPECTED = ("Failed to load resource", "WebSocket connection to", "net::ERR_INTERNET_DISCONNECTED")


class Installation:
    """The running installation."""

    def __init__(self, running: Up) -> None:
        self.running = running
        self.origin = f"http://127.0.0.1:{running.port}"
        listed = running.get("/api/v1/partners")[1]["items"]
        self.partners = {each["name"]: each["id"] for each in listed}
        self.sessions: dict[str, Any] = {}
        """Cookies of the people of the demo: signing in too often from one address is refused, as it should be."""

    @property
    def bookshop(self) -> str:
        """The id of the partner whose owner, Oliver, speaks English."""
        return self.partners["Harbour & Page"]


class Browsers:
    """Opens browsers and remembers what their consoles said."""

    def __init__(self, installation: Installation, chromium: Browser) -> None:
        self.installation = installation
        self._chromium = chromium
        self._contexts: list[BrowserContext] = []
        self._complaints: list[str] = []

    async def browser(
        self, *, width: int = 1280, scheme: Any = "light", language: str = "en-GB", cookies: Any = None
    ) -> BrowserContext:
        """A browser of its own: cookies, storage, everything."""
        context = await self._chromium.new_context(
            base_url=self.installation.origin,
            viewport={"width": width, "height": 844 if width < 500 else 800},
            color_scheme=scheme,
            locale=language,
            timezone_id="Europe/London",
            reduced_motion="reduce",
            storage_state=cookies,
            # So many people from one address would be refused, as they should be.
            extra_http_headers={"X-Forwarded-For": f"198.18.{randrange(256)}.{randrange(256)}"},
        )
        context.set_default_timeout(PATIENCE * 1_000)
        self._contexts.append(context)
        context.on("page", self._listen)
        return context

    async def signed_in(self, email: str, **how: Any) -> Page:
        """A page of somebody of the demo."""
        known = self.installation.sessions.get(email)
        context = await self.browser(cookies=known, **how)
        if known is None:
            answer = await context.request.post(
                "/api/v1/sessions",
                data={"email": email, "password": PASSWORD},
                headers={"Origin": self.installation.origin},
            )
            assert answer.status == 201, await answer.text()
            self.installation.sessions[email] = await context.storage_state()
        return await context.new_page()

    async def newcomer(self, name: str = "Ann", **how: Any) -> Page:
        """A page of a new customer."""
        context = await self.browser(**how)
        answer = await context.request.post(
            "/api/v1/sign-up",
            data={"name": name, "email": address(), "password": "a long password", "language": "en"},
            headers={"Origin": self.installation.origin},
        )
        assert answer.status == 201, await answer.text()
        return await context.new_page()

    async def close(self) -> list[str]:
        """Closes all and returns what should not have been said."""
        for context in self._contexts:
            await context.close()
        return self._complaints

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self._complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._note(said.type, said.text))

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith(EXPECTED):
            self._complaints.append(text)


def address() -> str:
    """An e-mail address that nobody has."""
    return f"{uuid4().hex[:12]}@example.com"


def bubble(page: Page, text: str) -> Locator:
    """The message that says something."""
    return page.locator("[data-ordinal], [data-key]").filter(has_text=text)


def composer(page: Page) -> Locator:
    """The field one writes in."""
    return page.get_by_placeholder("Message", exact=True)


async def say(page: Page, text: str) -> None:
    """Writes a message and presses Enter."""
    await composer(page).fill(text)
    await composer(page).press("Enter")
    await expect(bubble(page, text)).to_be_visible()


async def send(page: Page, text: str) -> None:
    """Writes a message and waits until the server has it."""
    await say(page, text)
    await expect(bubble(page, text).get_by_label("Sent", exact=True)).to_be_visible()


async def at_the_bookshop(browsers: Browsers, **how: Any) -> Page:
    """A new customer who is about to write to the bookshop."""
    ann = await browsers.newcomer(f"Ann {uuid4().hex[:4]}", **how)
    await ann.goto(f"/partner/{browsers.installation.bookshop}")
    await expect(composer(ann)).to_be_visible()
    return ann


async def choose(page: Page, what: str, kind: Any = "menuitem") -> None:
    """Chooses from the menu of the open conversation."""
    await page.get_by_role("button", name="Conversation menu").click()
    await page.get_by_role(kind, name=what, exact=True).click()


async def name_of(page: Page) -> str:
    """Who sits there."""
    return (await (await page.context.request.get("/api/v1/me")).json())["name"]


async def messages_of(page: Page) -> list[str]:
    """What the server holds of the person's only conversation."""
    place = await place_of(page)
    history = await (await page.context.request.get(f"/api/v1/conversations/{place}/messages")).json()
    return [each["text"] for each in history["items"] if each["kind"] == "text"]


async def place_of(page: Page) -> str:
    """The id of the person's only conversation."""
    found = await (await page.context.request.get("/api/v1/conversations")).json()
    return found["items"][0]["id"]


async def tell(page: Page, place: str, text: str) -> None:
    """Sends a message without touching the page, as another device of the same person would."""
    answer = await page.context.request.post(
        f"/api/v1/conversations/{place}/messages",
        data={"text": text},
        headers={"Origin": "/".join(page.url.split("/")[:3])},
    )
    assert answer.status == 201, await answer.text()


async def drawn(page: Page) -> None:
    """Returns after the page was drawn twice: by then what was turned or typed before may have had its effect."""
    await page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


async def shown(page: Page) -> None:
    """Waits until a page has a heading, and nothing of it is on its way any more."""
    await drawn(page)
    await page.wait_for_function(
        """
        () => {
          const any = selector => [...document.querySelectorAll(selector)].some(each => each.checkVisibility());
          return any('h1, h2') && !any('.skeleton, [aria-busy=true]');
        }
        """
    )
    await drawn(page)


def item_of(page: Page, name: str) -> Locator:
    """The entry of the list that leads to the conversation with somebody."""
    return page.locator("[data-conversation]").filter(has_text=name)
