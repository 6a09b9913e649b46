"""Messages to Kannel: each handed over once, and each answer means what it says."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import msgspec
import pytest
from aiohttp import web

from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Refused, Unknown
from estafette.deliveries.models.transport import Link
from estafette.deliveries.transports.kannel import TRANSPORT, Credentials, Settings, link
from tests.deliveries.claimed import Inbox, account, claimed
from tests.deliveries.kannel.counterpart import PASSWORD, PATH, USER, Counterpart
from tests.loop_time import let_pass
from tests.ports import free_port
from tests.services import service
from tests.waiting import PATIENCE, eventually, forever, turns

GATEWAY, SECRET = UUID(int=7), "sixteen letters!"


@asynccontextmanager
async def link_to(
    url: str, *, username: str = USER, secret: str = SECRET, path: str = PATH, **changes: Any
) -> AsyncGenerator[Link, None]:
    settings = Settings(url=url + path, **changes)
    credentials = Credentials(username=username, password=PASSWORD, callback_secret=secret)
    ours = account(settings, credentials, gateway_id=GATEWAY, private_addresses=False)
    async with TRANSPORT.open(ours, Inbox().hand_in) as opened:
        yield opened


async def test_a_message_is_taken_and_says_where_to_report() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed(text="Good day {you} & 100% of €"))
    [message] = other.messages
    report_url = message.pop("dlr-url")
    assert isinstance(outcome, Accepted)
    assert 2870 <= int(message.pop("validity")) <= 2880
    assert message == {
        "method": "POST",
        "text": "Good day {you} & 100% of €",
        "username": USER,
        "password": PASSWORD,
        "from": "Estafette",
        "to": "+554899246868",
        "coding": "0",
        "dlr-mask": "31",
    }
    parts = urlsplit(report_url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"https://estafette.example/api/v1/callbacks/{GATEWAY}"
    assert parse_qs(parts.query)["id"] == list(outcome.provider_ids)


@pytest.mark.parametrize("text", ["Привет, как дела?", "Olá, até amanhã", "👋🏽", "ça va"])
async def test_what_is_outside_the_alphabet_of_phones_goes_as_ucs2(text: str) -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url) as opened:
        assert isinstance(await opened.submit(claimed(text=text, sender="Почта")), Accepted)
    assert (other.messages[0]["text"], other.messages[0]["coding"], other.messages[0]["from"]) == (text, "2", "Почта")


async def test_a_long_text_goes_whole() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url) as opened:
        assert isinstance(await opened.submit(claimed(text="ж" * 1_600)), Accepted)
    assert other.messages[0]["text"] == "ж" * 1_600


async def test_each_attempt_has_a_name_of_its_own() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url) as opened:
        outcomes = [await opened.submit(claimed()) for _ in range(3)]
    assert len({each.provider_ids for each in outcomes if isinstance(each, Accepted)}) == 3
    assert len({each["dlr-url"] for each in other.messages}) == 3


async def test_who_wants_no_reports_and_no_validity_asks_for_none() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url, dlr_mask=0, validity=False) as opened:
        await opened.submit(claimed(sender=""))
    assert {"dlr-url", "dlr-mask", "validity", "from"}.isdisjoint(other.messages[0])


async def test_a_message_that_is_soon_worth_nothing_is_not_tried_for_longer() -> None:
    other = Counterpart()
    now = datetime.now(UTC)
    async with service(other.take) as url, link_to(url) as opened:
        for left in (timedelta(minutes=10, seconds=5), timedelta(seconds=20), timedelta(seconds=-1)):
            await opened.submit(claimed(expires_at=now + left))
    assert [each["validity"] for each in other.messages] == ["10", "1", "1"]


async def test_a_sender_that_would_break_the_request_is_not_sent() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed(sender="a\r\nX-Kannel-To: +1"))
    assert isinstance(outcome, Refused)
    assert (outcome.kind, outcome.permanent, outcome.code) == ("system", True, "bad_sender")
    assert other.messages == []


@pytest.mark.parametrize(
    ("status", "said"),
    [(202, "0: Accepted for delivery"), (202, "3: Queued for later delivery"), (202, "Sent."), (200, "0: Accepted")],
)
async def test_what_is_taken_or_queued_is_accepted(status: int, said: str) -> None:
    async with service(Counterpart(taken=(status, said)).take) as url, link_to(url) as opened:
        assert isinstance(await opened.submit(claimed()), Accepted)


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (400, "Sender missing and no global set, rejected", {"permanent": True, "code": "bad_sender"}),
        (400, "Empty receiver number not allowed, rejected", {"permanent": True, "code": "bad_destination"}),
        (400, "Number(s) has/have been denied by white- and/or black-lists.", {"permanent": True, "code": "blocked"}),
        (400, "Charset or body misformed, rejected", {"permanent": True, "code": "bad_text"}),
        (400, "Something else", {"permanent": True, "code": "refused"}),
        (403, "Not routable. Do not try again.", {"permanent": True, "code": "no_route"}),
        (404, "Unknown request.", {"permanent": True, "code": "refused"}),
        (302, "elsewhere", {"permanent": True, "code": "refused"}),
        (429, "slow down", {"permanent": False, "code": "throttled", "throttled": True, "retry_after": 7.0}),
        (500, "Sending failed.", {"permanent": False, "code": "service_unavailable"}),
        (503, "Temporal failure, try again later.", {"permanent": False, "code": "service_unavailable"}),
        (503, "<html>Retry-After: 7</html>", {"permanent": False, "retry_after": 7.0}),
    ],
)
async def test_what_is_refused_is_refused_as_it_says(status: int, said: str, expected: dict[str, Any]) -> None:
    async with service(Counterpart((status, said)).take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed())
        assert isinstance(outcome, Refused)
        wanted = {"kind": "gateway", **expected}
        assert {name: getattr(outcome, name) for name in wanted} == wanted
        assert str(status) in outcome.reason
        # The next one is not troubled by it.
        assert isinstance(await opened.submit(claimed(delivery_id=2)), Accepted)


@pytest.mark.parametrize(
    ("status", "said"), [(200, "<html>Welcome</html>"), (204, ""), (502, "no way"), (503, "busy"), (504, "late")]
)
async def test_an_answer_that_says_neither_yes_nor_no_leaves_it_open_and_named(status: int, said: str) -> None:
    async with service(Counterpart((status, said)).take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed())
    assert isinstance(outcome, Unknown)
    assert len(outcome.provider_ids) == 1


async def test_who_takes_the_message_and_hangs_up_or_never_answers_leaves_it_open_and_named() -> None:
    named: list[str] = []

    async def take(request: web.Request) -> web.StreamResponse:
        if "X-Kannel-To" not in request.headers:
            return web.Response(status=400)
        named.append(parse_qs(urlsplit(request.headers["X-Kannel-DLR-URL"]).query)["id"][0])
        if len(named) > 1:
            await forever()
        assert request.transport
        request.transport.abort()
        return web.Response()

    async with service(take) as url, link_to(url) as opened:
        hung_up = await opened.submit(claimed())
        submitting = asyncio.create_task(opened.submit(claimed()))
        await eventually(lambda: len(named) == 2)
        assert not submitting.done()
        let_pass(link.TIMEOUT)
        outcomes = [hung_up, await submitting]
    assert [each.provider_ids for each in outcomes if isinstance(each, Unknown)] == [(each,) for each in named]
    assert len(named) == 2


async def test_a_gateway_that_went_away_is_lost_after_some_tries_and_nothing_was_sent() -> None:
    async with service(Counterpart().take) as url:
        opening = link_to(url)
        opened = await opening.__aenter__()
    losing = asyncio.create_task(opened.lost())
    for each in range(4):
        await turns()
        assert losing.done() == (each > 2)
        outcome = await opened.submit(claimed())
        assert isinstance(outcome, Refused)
        assert (outcome.permanent, outcome.code) == (False, "connection_lost")
    assert await losing
    await opening.__aexit__(None, None, None)


async def test_a_wrong_user_opens_no_link() -> None:
    async with service(Counterpart().take) as url:
        with pytest.raises(LinkRefused, match="403 Authorization failed for sendsms"):
            async with link_to(url, username="somebody"):
                pass


@pytest.mark.parametrize("status", [401, 403])
async def test_a_user_that_is_not_let_in_any_more_loses_the_link_and_not_the_message(status: int) -> None:
    error = (status, "Authorization failed for sendsms")
    async with service(Counterpart(error).take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed())
        assert isinstance(outcome, Refused)
        assert (outcome.permanent, outcome.code) == (False, "connection_lost")
        async with asyncio.timeout(PATIENCE):
            assert "Authorization failed" in await opened.lost()


async def test_a_link_is_opened_without_a_message() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url):
        pass
    assert (other.greetings, other.messages) == (1, [])


@pytest.mark.parametrize("path", ["/", "/cgi-bin/sendota"])
async def test_where_there_is_no_sendsms_there_is_no_link(path: str) -> None:
    async with service(Counterpart().take) as url:
        with pytest.raises(LinkRefused, match="no sendsms"):
            async with link_to(url, path=path):
                pass


async def test_where_nobody_listens_there_is_no_link() -> None:
    with pytest.raises(LinkRefused, match="No connection"):
        async with link_to(f"http://127.0.0.1:{free_port()}"):
            pass


async def test_without_a_secret_for_its_reports_there_is_no_link() -> None:
    async with service(Counterpart().take) as url:
        with pytest.raises(LinkRefused, match="secret"):
            async with link_to(url, secret=""):
                pass


async def test_as_many_go_at_once_as_the_settings_say() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url, concurrency=5) as opened:
        assert await opened.capacity() == 5
        outcomes = await asyncio.gather(*(opened.submit(claimed(delivery_id=each)) for each in range(5)))
        assert await opened.capacity() == 5
    assert all(isinstance(each, Accepted) for each in outcomes)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "nonsense"},
        {"url": "ftp://127.0.0.1/"},
        {"url": "http://user:secret@127.0.0.1/"},
        {"url": ""},
        {"concurrency": 0},
        {"dlr_mask": 32},
        {"unknown": 1},
    ],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, Any]) -> None:
    right = {"url": "http://10.0.0.1:13013/cgi-bin/sendsms"}
    msgspec.convert(right, Settings)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(right | wrong, Settings)


@pytest.mark.parametrize(
    "wrong", [{"username": ""}, {"password": ""}, {"password": "a\r\nb"}, {"callback_secret": "fifteen letters"}]
)
def test_credentials_that_cannot_work_are_refused(wrong: dict[str, str]) -> None:
    right = {"username": "me", "password": "secret"}
    msgspec.convert(right, Credentials)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(right | wrong, Credentials)
