"""Notifications on this device: asked for after a press only, honest about refusals, shown while no page looks."""

import asyncio
import base64
import json
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.async_api import Page, expect

from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.outgoing import ADA, ask
from tests.browser.people import Browsers
from tests.waiting import PATIENCE

# A browser without a push service of its own: what it would answer is told here, all else is real.
PUSH_SERVICE = """
    window.asked = 0;
    let held = JSON.parse(localStorage.getItem('held'));
    const seen = () => held && {
      endpoint: held.endpoint,
      options: { applicationServerKey: Uint8Array.from(held.key).buffer },
      toJSON: () => ({ endpoint: held.endpoint, keys: held.keys }),
      unsubscribe: async () => { held = null; localStorage.removeItem('held'); return true; },
    };
    Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem('permission') ?? 'default' });
    Notification.requestPermission = async () => {
      window.asked += 1;
      localStorage.setItem('permission', ANSWER);
      return ANSWER;
    };
    PushManager.prototype.getSubscription = async () => seen();
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
      held = { endpoint: ENDPOINT, keys: KEYS, key: [...applicationServerKey] };
      localStorage.setItem('held', JSON.stringify(held));
      return seen();
    };
"""

SHOWN = """async (wanted) => {
    const registration = await navigator.serviceWorker.ready;
    const one = (await registration.getNotifications()).find(({ tag }) => tag === wanted);
    return one && { title: one.title, body: one.body, tag: one.tag, data: one.data };
}"""


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


async def at_the_profile(browsers: Browsers, *, gateway: bool, answer: str = "granted", **how: Any) -> Page:
    """Ada's profile at an installation with or without a gateway for notifications."""
    page = await browsers.signed_in(ADA, **how)
    await prepare(page, browsers.installation.origin, gateway=gateway)
    await with_push_service(page, answer)
    await page.goto("/profile")
    await expect(page.get_by_role("heading", name="Notifications")).to_be_visible()
    return page


async def with_push_service(page: Page, answer: str = "granted") -> None:
    """A browser that can be subscribed."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    keys = {
        "p256dh": base64url(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)),
        "auth": base64url(uuid4().bytes),
    }
    script = PUSH_SERVICE.replace("ANSWER", json.dumps(answer)).replace("KEYS", json.dumps(keys))
    await page.add_init_script(f"{{{script.replace('ENDPOINT', json.dumps(f'https://push.invalid/{uuid4()}'))}}}")


async def prepare(page: Page, origin: str, *, gateway: bool) -> None:
    listed = (await (await page.context.request.get("/api/v1/gateways")).json())["items"]
    there = [each["id"] for each in listed if each["transport"] == "web_push"]
    for each in [] if gateway else there:
        await ask(page, origin, "DELETE", f"/gateways/{each}")
    if gateway and not there:
        await ask(page, origin, "POST", "/gateways", name="Browsers", transport="web_push", channels=["push"])


async def devices(page: Page) -> list[dict[str, Any]]:
    return (await (await page.context.request.get("/api/v1/push/subscriptions")).json())["items"]


async def test_a_server_without_a_push_gateway_says_so(browsers: Browsers) -> None:
    page = await at_the_profile(browsers, gateway=False)
    await expect(page.get_by_text("This server cannot send notifications yet")).to_be_visible()
    await expect(page.get_by_role("switch", name="Notifications on this device")).to_have_count(0)
    await page.get_by_role("link", name="Set up a gateway").click()
    await expect(page.get_by_role("heading", name="Gateways")).to_be_visible()


async def test_a_browser_is_switched_on_tested_and_off_again(browsers: Browsers) -> None:
    page = await at_the_profile(browsers, gateway=True)
    switch = page.get_by_role("switch", name="Notifications on this device")
    await expect(switch).not_to_be_checked()
    assert await page.evaluate("asked") == 0, "nobody is asked before they press"
    before = len(await devices(page))
    await switch.check()
    await expect(page.get_by_text("This device", exact=True)).to_be_visible()
    assert await page.evaluate("asked") == 1
    held = await page.evaluate("JSON.parse(localStorage.getItem('held'))")
    key = (await (await page.context.request.get("/api/v1/push/key")).json())["key"]
    assert base64url(bytes(held["key"])) == key
    listed = await devices(page)
    assert len(listed) == before + 1
    [mine] = [each for each in listed if each["endpoint"] == held["endpoint"]]
    assert mine["label"].endswith("on Linux")

    await page.reload()
    await expect(switch).to_be_checked()
    here = page.get_by_role("listitem").filter(has_text="This device")
    await here.get_by_role("button", name="Test", exact=True).click()
    await expect(page.get_by_text("A notification is on its way.")).to_be_visible()
    await switch.uncheck()
    await expect(switch).not_to_be_checked()
    await expect(page.get_by_text("This device", exact=True)).to_have_count(0)
    assert len(await devices(page)) == before
    assert await page.evaluate("localStorage.getItem('held')") is None


async def test_a_refusal_is_told_plainly(browsers: Browsers) -> None:
    page = await at_the_profile(browsers, gateway=True, answer="denied")
    await page.get_by_role("switch", name="Notifications on this device").click()
    await expect(page.get_by_text("have refused notifications from this site")).to_be_visible()
    assert await page.evaluate("localStorage.getItem('held')") is None


async def test_who_signs_out_is_not_told_any_more(browsers: Browsers) -> None:
    page = await browsers.newcomer()
    await page.add_init_script(
        "{" + PUSH_SERVICE.replace("ANSWER", "'granted'").replace("ENDPOINT", f"'https://push.invalid/{uuid4()}'")
        .replace("KEYS", "{p256dh: '', auth: ''}") + "}"
    )  # fmt: skip
    await page.goto("/messages")
    await page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)")
    await page.evaluate("localStorage.setItem('held', JSON.stringify({endpoint: 'x', keys: {}, key: []}))")
    await page.reload()
    await page.get_by_role("button", name="Account of").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    await page.wait_for_function("localStorage.getItem('held') === null")


async def test_a_phone_whose_session_is_ended_elsewhere_is_told_nothing_more(browsers: Browsers) -> None:
    ada = await at_the_profile(browsers, gateway=True)
    await ada.close()
    phone = await browsers.newcomer(width=390)
    await with_push_service(phone)
    await phone.goto("/profile")
    await phone.get_by_role("switch", name="Notifications on this device").check()
    await expect(phone.get_by_text("This device", exact=True)).to_be_visible()
    email = (await (await phone.context.request.get("/api/v1/me")).json())["email"]
    laptop = await (await browsers.browser()).new_page()
    given = {"email": email, "password": "a long password"}
    await ask(laptop, browsers.installation.origin, "POST", "/sessions", **given)
    assert len(await devices(laptop)) == 1

    await laptop.goto("/sessions")
    await laptop.get_by_role("button", name="End all others").click()
    await laptop.get_by_role("dialog").get_by_role("button", name="End all others").click()
    await expect(phone.get_by_role("heading", name="Welcome back")).to_be_visible()
    assert await devices(laptop) == []
    # The browser still has its address at the push service; who signs in there again is asked again all the same.
    assert await phone.evaluate("localStorage.getItem('held')") is not None
    await ask(phone, browsers.installation.origin, "POST", "/sessions", **given)
    await phone.goto("/profile")
    await expect(phone.get_by_role("switch", name="Notifications on this device")).not_to_be_checked()


async def test_what_is_pushed_is_shown_and_leads_nowhere_foreign(full_browsers: Browsers) -> None:
    page = await full_browsers.newcomer()
    await page.context.grant_permissions(["notifications"], origin=full_browsers.installation.origin)
    registered: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    session = await page.context.new_cdp_session(page)

    def heard(told: dict[str, Any]) -> None:
        for each in told["registrations"]:
            registered.put_nowait(each)

    session.on("ServiceWorker.workerRegistrationUpdated", heard)
    await session.send("ServiceWorker.enable")
    await page.goto("/messages")
    await page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)")
    async with asyncio.timeout(PATIENCE):
        registration = await registered.get()

    # Who looks again and again loses what he looks for: the browser forgets what it finds written down and not on the
    # screen yet, so a look in the middle of showing is the last one.
    displayed: asyncio.Queue[str] = asyncio.Queue()

    def seen(told: dict[str, Any]) -> None:
        if told["backgroundServiceEvent"]["eventName"] == "Notification displayed":
            displayed.put_nowait(told["backgroundServiceEvent"]["instanceId"])

    session.on("BackgroundService.backgroundServiceEventReceived", seen)
    await session.send("BackgroundService.startObserving", {"service": "notifications"})
    await session.send("BackgroundService.setRecording", {"shouldRecord": True, "service": "notifications"})

    async def pushed(data: str, tag: str) -> dict[str, Any]:
        """What is shown after a push; what is shown already stays, since a browser closes it in its own time."""
        message = {
            "origin": full_browsers.installation.origin,
            "registrationId": registration["registrationId"],
            "data": data,
        }
        await session.send("ServiceWorker.deliverPushMessage", message)
        async with asyncio.timeout(PATIENCE):
            await displayed.get()
        return await page.evaluate(SHOWN, tag)

    said = {"title": "Your parcel", "text": "It is here.", "url": "/messages?x=1", "topic": "parcel"}
    assert await pushed(json.dumps(said), "parcel") == {
        "title": "Your parcel",
        "body": "It is here.",
        "tag": "parcel",
        "data": {"url": "/messages?x=1"},
    }
    foreign = said | {"url": "https://elsewhere.example/", "topic": "foreign"}
    assert (await pushed(json.dumps(foreign), "foreign"))["data"] == {"url": "/"}
    assert (await pushed("plain words", ""))["body"] == "plain words"


async def test_nothing_stands_in_anybodys_way(browsers: Browsers) -> None:
    page = await at_the_profile(browsers, gateway=True)
    await page.get_by_role("switch", name="Notifications on this device").check()
    await expect(page.get_by_text("This device", exact=True)).to_be_visible()
    await nothing_in_the_way(page)
    await at_360_pixels_in_russian(page)
