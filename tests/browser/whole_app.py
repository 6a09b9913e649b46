"""One person who may open every page, and has something on each of them."""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.browser.asking import leave, reachable
from tests.browser.outgoing import administrator, ask
from tests.browser.people import PASSWORD, Browsers, address, drawn, shown

ROLES = ["administrator", "employee", "customer"]
LANGUAGES = {"en": "English", "fr": "Français", "pt": "Português", "ru": "Русский"}
WORDS = "Atelier of the harbour"
# A link of the page itself: the app goes there without being loaded anew.
GO = """
    to => {
      const link = document.body.appendChild(Object.assign(document.createElement('a'), { href: to }));
      link.click();
      link.remove();
    }
"""
FILL = "menus => menus.forEach(menu => { menu.showPopover(); menu.hidePopover(); })"


class WholeApp:
    """A page of that person, and the addresses of all that she can open."""

    def __init__(self, page: Page, partner: str, ids: dict[str, Any]) -> None:
        self.page, self.gateway = page, ids["gateway"]
        inbox = f"/inbox/{partner}"
        writing = f"/communications/{ids['communication']}/edit"
        self.talk, self.requests = f"{inbox}/{ids['conversation']}", f"{inbox}/requests?state=new"
        self.of_the_partner = [
            inbox, f"{inbox}/archive", self.talk, self.requests,
            f"{inbox}/requests?view=figures", f"{inbox}/requests/{ids['request']}", f"{inbox}/adverts",
            f"{inbox}/settings", f"{inbox}/settings?tab=hours", f"{inbox}/settings?tab=members",
            f"{inbox}/settings?tab=told",
        ]  # fmt: skip
        self.that_scroll = [
            "/requests", "/profile", "/notification-settings", "/my-files", "/sessions", "/tokens", "/notifications",
            "/outbox", "/outbox/new", "/outbox/webhooks", f"/outbox/{ids['delivery']}", "/administration/people",
            "/administration/partners", "/administration/gateways", "/administration/suppressions",
            "/administration/usage", "/administration/documents", "/partners", "/colleagues", "/search?q=tour",
            "/documents", "/clients", "/clients/segments", "/clients/attributes", "/clients/imports",
            "/communications", "/communications/calendar", "/communications/answers", "/communications/settings",
            f"{writing}?step=channels", f"{writing}?step=texts", f"{writing}?step=time", f"{writing}?step=check",
            *self.of_the_partner[-5:],
        ]  # fmt: skip
        self.all = [
            *self.of_the_partner[:-5], *self.that_scroll, "/messages", f"/messages/{ids['own']}",
            "/chats", "/chats/channels", "/chats/threads", "/chats/archive",
            f"/chats/{ids['group']}", f"/partner/{partner}", "/administration/people/import", "/nowhere",
        ]  # fmt: skip

    async def go(self, path: str) -> None:
        """Shows a page of the app, and waits until nothing of it is on its way."""
        await self.page.evaluate(GO, path)
        await shown(self.page)

    async def speak(self, language: str) -> None:
        """Chooses another language from the menu of the account."""
        # A menu is filled when it opens.
        await self.page.locator("nav [popover]").evaluate_all(FILL)
        button = self.page.locator(f"nav button[title='{LANGUAGES[language]}']")
        await button.dispatch_event("click")
        await expect(self.page.locator("html")).to_have_attribute("lang", language)
        await drawn(self.page)


async def whole_app(browsers: Browsers, words: str = WORDS, **how: Any) -> WholeApp:
    """Makes the person and all that she has, each of it named by `words`, and opens her browser."""
    origin = browsers.installation.origin
    ada = await administrator(browsers, "/administration/people")
    email = address()
    await ask(
        ada, origin, "POST", "/people", name=words, email=email, password=PASSWORD, roles=ROLES, language="en"
    )  # fmt: skip
    partner = (await ask(ada, origin, "POST", "/partners", name=words, owner_email=email))["id"]
    page = await browsers.signed_in(email, **how)

    async def hers(path: str, **body: Any) -> Any:
        return await ask(page, origin, "POST", path, **body)

    details = {"tagline": words, "description": words, "city": words}
    await ask(page, origin, "PATCH", f"/partners/{partner}", **details)
    advert = await hers(f"/partners/{partner}/adverts", title=words, link="https://www.example.com/advert")
    visitor, _ = await reachable(browsers, words)
    request = await leave(browsers, visitor, advert)
    talk = await ask(visitor, origin, "POST", "/conversations", partner_id=partner, text=words)
    await hers(f"/conversations/{talk['conversation']['id']}/messages", text=words)
    own = await hers("/conversations", partner_id=browsers.installation.bookshop, text=words)
    group = await hers("/groups", kind="group", name=words, purpose=words)
    await hers(f"/conversations/{group['id']}/messages", text=words)
    await hers("/me/contact-profiles", label=words, email=None, phone="+33123456789")
    await hers("/tokens", name=words, scopes=["read"])
    await hers("/webhooks", url=f"https://www.example.com/{quote(words)}")
    # Last in order, so that nothing goes out by it.
    gateway = {"name": f"{words[:-6]}{uuid4().hex[:6]}", "transport": "folder", "channels": ["sms"], "priority": 900}
    await hers("/gateways", **gateway)
    await hers("/suppressions", channel="email", recipient=f"{uuid4().hex}{uuid4().hex[:20]}@example.com")
    delivery = await hers("/deliveries", channel="sms", to="+33612345678", text=words, **{"from": "Atelier"})
    texts = {"en": {"email": {"subject": words, "text": words}, "sms": {"text": words}}}
    communication = await hers(
        "/communications", name=words, draft=True, audience={"kind": "everyone"}, channels=["email", "sms"],
        content={"default_language": "en", "texts": texts},
    )  # fmt: skip
    ids = {
        "conversation": talk["conversation"]["id"], "own": own["conversation"]["id"], "group": group["id"],
        "request": request["id"], "delivery": delivery["id"], "gateway": gateway["name"],
        "communication": communication["id"],
    }  # fmt: skip
    await page.goto("/profile")
    await expect(page.locator("h1")).to_be_visible()
    return WholeApp(page, partner, ids)
