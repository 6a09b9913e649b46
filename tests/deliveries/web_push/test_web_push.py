"""Notifications to browsers: only the browser can read them; a subscription ends only when its push service says so."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import web

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Options, Refused, Subscription, Unknown
from estafette.deliveries.models.transport import Callback, Link
from estafette.deliveries.transports.web_push import TRANSPORT, Credentials, Settings, link, vapid
from estafette.deliveries.transports.web_push.encryption import encrypt
from estafette.deliveries.transports.web_push.vapid import Vapid, origin
from tests.deliveries.claimed import Inbox, account, claimed
from tests.deliveries.web_push.browsers import Browser, PushService, from_base64url, new_private_key, verified
from tests.loop_time import let_pass
from tests.ports import free_port
from tests.services import service
from tests.waiting import forever


@asynccontextmanager
async def link_of(settings: Settings | None = None, **changes: Any) -> AsyncGenerator[Link, None]:
    credentials = Credentials(private_key=new_private_key())
    ours = account(settings or Settings(contact="ops@estafette.example"), credentials, **changes)
    async with TRANSPORT.open(ours, Inbox().hand_in) as opened:
        yield opened


def notice(subscription: Subscription | None, **changes: Any) -> ClaimedMessage:
    usual = {
        "channel": "push",
        "recipient": str(uuid4()),
        "sender": "",
        "subject": "Новое сообщение",
        "text": "Olá! 👋🏽",
        "subscription": subscription,
    }
    return claimed(**{**usual, **changes})


async def test_the_browser_reads_what_was_sent_and_the_push_service_knows_who_sent_it() -> None:
    browser, push = Browser(), PushService(headers={"Location": "https://push.example/m/1"})
    options = Options(url="/deliveries/5", topic="order-5")
    async with service(push.take) as url, link_of() as opened:
        outcome = await opened.submit(notice(browser.subscription(f"{url}/p/a%2Fb"), options=options))
    assert outcome == Accepted(provider_ids=("https://push.example/m/1",), delivered=False)
    assert browser.read(push.bodies[0]) == {
        "title": "Новое сообщение",
        "text": "Olá! 👋🏽",
        "url": "/deliveries/5",
        "topic": "order-5",
    }
    assert push.claims[0] | {"exp": 0} == {"aud": url, "exp": 0, "sub": "mailto:ops@estafette.example"}


@pytest.mark.parametrize("status", [200, 201, 202])
async def test_a_push_service_that_names_no_message_gets_an_id_of_ours(status: int) -> None:
    async with service(PushService(status).take) as url, link_of() as opened:
        outcomes = [await opened.submit(notice(Browser().subscription(url))) for _ in range(2)]
    ids = {each.provider_ids for each in outcomes if isinstance(each, Accepted)}
    assert len(ids) == 2


async def test_how_urgent_and_how_long_it_is_worth_telling_is_said() -> None:
    push = PushService()
    now = datetime.now(UTC)
    async with service(push.take) as url, link_of() as opened:
        subscription = Browser().subscription(url)
        for urgency, left in [(0, timedelta(minutes=1)), (1, timedelta(days=90)), (2, timedelta(seconds=-5))]:
            await opened.submit(notice(subscription, urgency=urgency, expires_at=now + left))
        await opened.submit(notice(subscription, options=Options(topic="тема" * 20)))
    assert [each["urgency"] for each in push.headers[:3]] == ["high", "normal", "low"]
    lives = [int(each["ttl"]) for each in push.headers[:3]]
    assert 50 <= lives[0] <= 60
    assert lives[1:] == [28 * 86_400, 0]
    assert all(each["content-encoding"] == "aes128gcm" for each in push.headers)
    assert "topic" not in push.headers[0]
    assert len(push.headers[3]["topic"]) == 32
    assert from_base64url(push.headers[3]["topic"])


async def test_one_token_serves_a_push_service_for_a_while_and_no_other_one() -> None:
    first, second = PushService(), PushService()
    async with service(first.take) as here, service(second.take) as there, link_of() as opened:
        for url in (here, there, here, here):
            assert isinstance(await opened.submit(notice(Browser().subscription(url))), Accepted)
    assert len(set(first.tokens)) == 1
    assert first.claims[0]["aud"] != second.claims[0]["aud"]


def test_strangers_cannot_fill_the_memory_with_push_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vapid, "SERVICES", 3)
    signer = Vapid(new_private_key(), "ops@estafette.example")
    for each in range(20):
        signer.authorization(f"https://push{each}.example/")
    assert len(signer._tokens) <= 3


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, {"kind": "operator", "permanent": True, "gone": True}),
        (410, {"kind": "operator", "permanent": True, "gone": True, "code": "subscription_gone"}),
        (400, {"kind": "gateway", "permanent": True, "gone": False, "code": "not_authorized"}),
        (401, {"kind": "gateway", "permanent": True, "gone": False}),
        (403, {"kind": "gateway", "permanent": True, "gone": False}),
        (413, {"kind": "gateway", "permanent": True, "gone": False, "code": "too_large"}),
        (307, {"kind": "gateway", "permanent": True, "gone": False}),
        (429, {"permanent": False, "retry_after": 120.0, "throttled": False, "gone": False}),
        (500, {"kind": "gateway", "permanent": False, "gone": False}),
        (503, {"permanent": False, "retry_after": 120.0}),
    ],
)
async def test_what_a_push_service_answers_means_what_it_says(status: int, expected: dict[str, Any]) -> None:
    push = PushService(status, {"Retry-After": "120", "Location": "https://127.0.0.1/"}, text="no\x00\nbecause " * 99)
    async with service(push.take) as url, link_of() as opened:
        outcome = await opened.submit(notice(Browser().subscription(url)))
    assert isinstance(outcome, Refused)
    assert {name: getattr(outcome, name) for name in expected} == expected
    assert outcome.reason.startswith(f"{status} no because")
    assert len(outcome.reason) <= 300
    assert len(push.bodies) == 1


@pytest.mark.parametrize(
    ("said", "least", "most"), [("date", 50, 60), ("soon", None, None), ("99999999", 86_400, 86_400)]
)
async def test_a_time_to_wait_is_understood_in_both_forms(said: str, least: float | None, most: float | None) -> None:
    value = format_datetime(datetime.now(UTC) + timedelta(minutes=1), usegmt=True) if said == "date" else said
    async with service(PushService(429, {"Retry-After": value}).take) as url, link_of() as opened:
        outcome = await opened.submit(notice(Browser().subscription(url)))
    assert isinstance(outcome, Refused)
    if least is None or most is None:
        assert outcome.retry_after is None
    else:
        assert outcome.retry_after is not None
        assert least <= outcome.retry_after <= most


async def test_a_push_service_that_takes_it_and_never_answers_leaves_it_open() -> None:
    taken = asyncio.Event()

    async def hang(_: web.Request) -> web.StreamResponse:
        taken.set()
        await forever()
        return web.Response()

    async with service(hang) as url, link_of() as opened:
        submitting = asyncio.create_task(opened.submit(notice(Browser().subscription(url))))
        await taken.wait()
        assert not submitting.done()
        let_pass(link.TIMEOUT)
        assert isinstance(await submitting, Unknown)


async def test_a_push_service_that_is_away_is_asked_again_later() -> None:
    async with link_of() as opened:
        outcome = await opened.submit(notice(Browser().subscription(f"http://127.0.0.1:{free_port()}")))
    assert isinstance(outcome, Refused)
    assert (outcome.permanent, outcome.code, outcome.gone) == (False, "unreachable", False)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "10.0.0.1", "[::1]"])
async def test_an_endpoint_inside_our_own_network_is_never_called(host: str) -> None:
    push = PushService()
    async with service(push.take) as url, link_of(private_addresses=False) as opened:
        port = url.rpartition(":")[2]
        for scheme in ("http", "https"):
            outcome = await opened.submit(notice(Browser().subscription(f"{scheme}://{host}:{port}/")))
            assert isinstance(outcome, Refused)
            assert (outcome.permanent, outcome.code) == (True, "endpoint_refused")
    assert push.bodies == []


async def test_a_notification_that_is_too_long_or_for_nobody_is_not_sent() -> None:
    push = PushService()
    async with service(push.take) as url, link_of() as opened:
        subscription = Browser().subscription(url)
        outcomes = [
            await opened.submit(notice(subscription, text="я" * 2_000)),
            await opened.submit(notice(None)),
            await opened.submit(notice(Subscription(endpoint=url, p256dh=b"\x04" + b"1" * 64, auth=b"1" * 16))),
            await opened.submit(notice(Browser().subscription("https://push.example:99999/"))),
        ]
        assert isinstance(await opened.submit(notice(subscription, text="я" * 1_800)), Accepted)
    codes = [(each.code, each.permanent) for each in outcomes if isinstance(each, Refused)]
    assert codes == [
        ("too_large", True),
        ("subscription_gone", True),
        ("bad_subscription", True),
        ("bad_subscription", True),
    ]
    assert [len(each) <= 4_096 for each in push.bodies] == [True]


def test_no_two_messages_share_a_key_or_a_salt() -> None:
    subscription = Browser().subscription("https://push.example/")
    bodies = [encrypt(b"same", subscription.p256dh, subscription.auth) for _ in range(20)]
    assert len({each[:16] for each in bodies}) == len({each[21:86] for each in bodies}) == 20


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://push.example/a?b#c", "https://push.example"),
        ("https://Push.Example:443/a", "https://push.example"),
        ("https://push.example:8443/a", "https://push.example:8443"),
        ("http://[::1]:80/", "http://[::1]"),
        ("http://127.0.0.1:443/", "http://127.0.0.1:443"),
    ],
)
def test_a_token_is_for_a_whole_address_with_its_port(url: str, expected: str) -> None:
    assert origin(url) == expected
    assert verified(Vapid(new_private_key(), "https://estafette.example").authorization(url))["aud"] == expected


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("ops@estafette.example", "mailto:ops@estafette.example"),
        ("mailto:ops@estafette.example", "mailto:ops@estafette.example"),
        ("https://estafette.example/", "https://estafette.example/"),
        ("http://127.0.0.1:8000", None),
    ],
)
def test_whom_to_turn_to_is_said_when_there_is_somebody(contact: str, expected: str | None) -> None:
    assert verified(Vapid(new_private_key(), contact).authorization("https://push.example/")).get("sub") == expected


async def test_without_a_contact_the_server_itself_is_named() -> None:
    push = PushService()
    async with service(push.take) as url, link_of(Settings()) as opened:
        await opened.submit(notice(Browser().subscription(url)))
    assert push.claims[0]["sub"] == "https://estafette.example"


@pytest.mark.parametrize("key", ["", "abc", "A" * 43 + "B", "A" * 43, "not base64!"])
async def test_a_key_that_is_none_opens_no_link(key: str) -> None:
    with pytest.raises(LinkRefused, match="private key"):
        async with TRANSPORT.open(account(Settings(), Credentials(private_key=key)), Inbox().hand_in):
            pass


def test_push_services_call_nobody_back() -> None:
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(account(None, None), Callback(url="https://x", headers={}, body=b""))
