"""The connection is shown as it is: connecting, gone, catching up, and up to date again."""

import asyncio
from typing import Any

from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.people import Browsers, at_the_bookshop, bubble, composer, place_of, send, tell

LIVE = "**/api/v1/live"
BANNER = {
    "connecting": "Connecting…",
    "offline": "No connection.",
    "catching up": "Catching up…",
    "caught up": "Up to date again",
}


async def in_a_conversation(browsers: Browsers) -> tuple[Page, str]:
    """A customer with an open conversation, and its id."""
    ann = await at_the_bookshop(browsers)
    await send(ann, "Before")
    return ann, await place_of(ann)


async def test_nothing_is_said_while_all_is_well(browsers: Browsers) -> None:
    ann, place = await in_a_conversation(browsers)
    # However slow the machine is, the clock of the page stands still until the connection is there …
    await ann.clock.install(time=0)
    await ann.clock.pause_at(1_000)
    await ann.goto(f"/messages/{place}")
    await expect(bubble(ann, "Before")).to_be_visible()
    # The first may come with what is read after the welcome, the second comes over the connection only.
    for text in ("Heard soon", "Heard at once"):
        await tell(ann, place, text)
        await expect(bubble(ann, text)).to_be_visible()
    # … and then goes on until after the moment at which a missing one would be said.
    await ann.clock.run_for(2_000)
    for words in BANNER.values():
        assert await ann.get_by_text(words).count() == 0


async def test_a_server_that_does_not_welcome_anybody_is_being_connected_to(browsers: Browsers) -> None:
    ann, place = await in_a_conversation(browsers)
    sockets: list[WebSocketRoute] = []

    def silent(route: WebSocketRoute) -> None:
        sockets.append(route)

    def through(route: WebSocketRoute) -> None:
        route.connect_to_server()

    await ann.route_web_socket(LIVE, silent)
    await ann.goto(f"/messages/{place}")
    await expect(ann.get_by_text(BANNER["connecting"])).to_be_visible()
    await ann.route_web_socket(LIVE, through)
    for each in sockets:
        await each.close(code=1012)
    await expect(ann.get_by_text(BANNER["caught up"])).to_be_visible()
    await expect(ann.get_by_text(BANNER["caught up"])).to_have_count(0)


async def test_a_lost_connection_is_said_with_what_waits_and_made_up_for(browsers: Browsers) -> None:
    ann, place = await in_a_conversation(browsers)
    await ann.goto(f"/messages/{place}")
    await expect(bubble(ann, "Before")).to_be_visible()
    await ann.context.set_offline(True)
    banner = ann.get_by_role("status").filter(has_text=BANNER["offline"])
    await expect(banner).to_be_visible()
    await expect(banner.get_by_role("button", name="Try now")).to_be_visible()
    await composer(ann).fill("In the tunnel")
    await composer(ann).press("Enter")
    await expect(banner).to_contain_text("1 message goes out once you are back.")
    await ann.context.set_offline(False)
    await expect(ann.get_by_text(BANNER["caught up"])).to_be_visible()
    await expect(bubble(ann, "In the tunnel").get_by_label("Sent", exact=True)).to_be_visible()
    await expect(ann.get_by_role("status").filter(has_text=BANNER["caught up"])).to_have_count(0)


async def test_a_server_without_its_database_says_so_and_nothing_is_lost(browsers: Browsers) -> None:
    ann, place = await in_a_conversation(browsers)
    await ann.goto(f"/messages/{place}")
    await expect(bubble(ann, "Before")).to_be_visible()
    away = True

    async def unavailable(route: Any) -> None:
        body = {"code": "unavailable", "title": "Not ready", "status": 503}
        if away:
            await route.fulfill(status=503, headers={"Retry-After": "1"}, json=body)
        else:
            await route.continue_()

    for address in (f"**/conversations/{place}/messages", "**/api/v1/instance"):
        await ann.route(address, unavailable)
    await composer(ann).fill("While it was away")
    await composer(ann).press("Enter")
    banner = ann.get_by_role("status").filter(has_text="cannot reach its database")
    await expect(banner).to_be_visible()
    await expect(banner).to_contain_text("Nothing is lost")
    away = False
    await expect(banner).to_have_count(0)
    await expect(bubble(ann, "While it was away").get_by_label("Sent", exact=True)).to_be_visible()


async def test_catching_up_lasts_until_everything_was_read(browsers: Browsers) -> None:
    ann, place = await in_a_conversation(browsers)
    await ann.goto(f"/messages/{place}")
    await expect(bubble(ann, "Before")).to_be_visible()
    await ann.context.set_offline(True)
    await expect(ann.get_by_text(BANNER["offline"])).to_be_visible()
    gate = asyncio.Event()

    async def slowly(route: Any) -> None:
        await gate.wait()
        await route.continue_()

    await ann.route("**/changes?*", slowly)
    other = await ann.context.new_page()  # the same person on another device, so to say
    await ann.context.set_offline(False)
    await other.goto("/")
    await tell(other, place, "Meanwhile")
    await expect(ann.get_by_text(BANNER["catching up"])).to_be_visible()
    await expect(ann.get_by_text(BANNER["caught up"])).to_have_count(0)
    gate.set()
    await expect(ann.get_by_text(BANNER["caught up"])).to_be_visible()
    await expect(bubble(ann, "Meanwhile")).to_have_count(1)
