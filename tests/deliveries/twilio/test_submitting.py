"""Messages to Twilio: each made once, and each answer means what it says."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web

from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Medium, Refused, Unknown
from estafette.deliveries.models.transport import Link
from estafette.deliveries.transports.twilio import TRANSPORT, Credentials, Settings, link
from tests.deliveries.claimed import Inbox, account, claimed
from tests.deliveries.twilio.counterpart import SID, TOKEN, Counterpart
from tests.loop_time import let_pass
from tests.ports import free_port
from tests.services import service
from tests.waiting import PATIENCE, eventually, forever, turns

GATEWAY = UUID(int=7)


@asynccontextmanager
async def link_to(url: str, token: str = TOKEN, **changes: str) -> AsyncGenerator[Link, None]:
    settings = Settings(account_sid=SID, base_url=url, **changes)
    ours = account(settings, Credentials(auth_token=token), gateway_id=GATEWAY, private_addresses=False)
    async with TRANSPORT.open(ours, Inbox().hand_in) as opened:
        yield opened


async def test_a_text_message_is_taken_and_says_where_to_report() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(f"{url}/") as opened:
        outcome = await opened.submit(claimed(text="Olá + você & eu = 100%"))
    assert outcome == Accepted(provider_ids=("SM00000000000000000000000000000001",))
    assert other.messages == [
        {
            "To": ["+554899246868"],
            "From": ["Estafette"],
            "Body": ["Olá + você & eu = 100%"],
            "StatusCallback": [f"https://estafette.example/api/v1/callbacks/{GATEWAY}"],
        }
    ]


async def test_pictures_travel_as_their_addresses() -> None:
    other = Counterpart()
    media = (Medium(url="https://estafette.example/f/1?a=b&c=d"), Medium(url="https://estafette.example/f/2"))
    async with service(other.take) as url, link_to(url) as opened:
        await opened.submit(claimed(channel="mms", text="", media=media))
        await opened.submit(claimed(channel="mms", text="Look", media=media[:1]))
        await opened.submit(claimed(channel="mms", text="Only text"))
    assert [each.get("MediaUrl") for each in other.messages] == [[each.url for each in media], [media[0].url], None]
    assert [each.get("Body") for each in other.messages] == [None, ["Look"], ["Only text"]]


async def test_a_messaging_service_chooses_the_sender() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url, messaging_service_sid="MG1") as opened:
        await opened.submit(claimed())
    assert other.messages[0]["MessagingServiceSid"] == ["MG1"]
    assert "From" not in other.messages[0]


async def test_a_message_without_any_sender_is_not_sent() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed(sender=""))
    assert isinstance(outcome, Refused)
    assert (outcome.kind, outcome.permanent, outcome.code) == ("system", True, "bad_sender")
    assert other.messages == []


async def test_a_message_that_is_soon_worth_nothing_is_not_tried_for_longer() -> None:
    other = Counterpart()
    now = datetime.now(UTC)
    async with service(other.take) as url, link_to(url) as opened:
        for left in (timedelta(minutes=1), timedelta(seconds=-1), timedelta(days=2)):
            await opened.submit(claimed(expires_at=now + left))
    validities = [each.get("ValidityPeriod", ["none"])[0] for each in other.messages]
    assert 50 <= int(validities[0]) <= 60
    assert validities[1:] == ["1", "none"]


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (400, 21211, {"permanent": True, "code": "bad_destination", "suppress": False}),
        (400, 21614, {"permanent": True, "code": "bad_destination"}),
        (400, 21610, {"permanent": True, "code": "unsubscribed", "suppress": True}),
        (403, 21408, {"permanent": True, "code": "no_route"}),
        (400, 21606, {"permanent": True, "code": "bad_sender"}),
        (400, 21617, {"permanent": True, "code": "too_large"}),
        (400, 21620, {"permanent": True, "code": "bad_media"}),
        (400, 21602, {"permanent": True, "kind": "system"}),
        (400, 99999, {"permanent": True, "code": "error_99999", "kind": "gateway"}),
        (400, "<html>no</html>", {"permanent": True, "code": "refused"}),
        (307, "elsewhere", {"permanent": True, "code": "refused"}),
        (429, 20429, {"permanent": False, "code": "throttled", "throttled": True}),
        (429, "slow down", {"permanent": False, "throttled": True, "retry_after": 7.0}),
        (400, 21611, {"permanent": False, "code": "queue_full", "throttled": False}),
        (500, 20500, {"permanent": False, "code": "service_unavailable"}),
        (503, 20503, {"permanent": False, "code": "service_unavailable"}),
        (503, "slow down", {"permanent": False, "code": "service_unavailable", "retry_after": 7.0}),
    ],
)
async def test_what_is_refused_is_refused_as_it_says(status: int, said: Any, expected: dict[str, Any]) -> None:
    async with service(Counterpart((status, said)).take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed())
        assert isinstance(outcome, Refused)
        wanted = {"kind": "gateway", **expected}
        assert {name: getattr(outcome, name) for name in wanted} == wanted
        assert str(status) in outcome.reason
        # The next one is not troubled by it.
        assert isinstance(await opened.submit(claimed(delivery_id=2)), Accepted)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, "<html>Welcome</html>"),
        (201, "{}"),
        (201, "[1]"),
        (500, ""),
        (500, "{}"),
        (502, "<html>Bad Gateway</html>"),
        (503, "no room in between"),
        (504, ""),
        (504, 20504),
    ],
)
async def test_an_answer_that_says_neither_yes_nor_no_leaves_it_open(status: int, said: Any) -> None:
    async with service(Counterpart((status, said)).take) as url, link_to(url) as opened:
        assert isinstance(await opened.submit(claimed()), Unknown)


async def test_who_takes_the_message_and_hangs_up_or_never_answers_leaves_it_open() -> None:
    taken: list[str] = []

    async def take(request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            taken.append((await request.read()).decode())
            if len(taken) > 1:
                await forever()
            assert request.transport
            request.transport.abort()
        return web.Response()

    async with service(take) as url, link_to(url) as opened:
        assert isinstance(await opened.submit(claimed()), Unknown)
        submitting = asyncio.create_task(opened.submit(claimed()))
        await eventually(lambda: len(taken) == 2)
        assert not submitting.done()
        let_pass(link.TIMEOUT)
        assert isinstance(await submitting, Unknown)
    assert len(taken) == 2


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


async def test_a_wrong_secret_opens_no_link() -> None:
    async with service(Counterpart().take) as url:
        with pytest.raises(LinkRefused, match="401 20003 Authenticate"):
            async with link_to(url, token="wrong"):
                pass


@pytest.mark.parametrize("account_error", [(401, 20003), (403, 20005), (404, 20404)])
async def test_an_account_that_is_not_let_in_any_more_loses_the_link_and_not_the_message(account_error: Any) -> None:
    async with service(Counterpart(account_error).take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed())
        assert isinstance(outcome, Refused)
        assert (outcome.permanent, outcome.code) == (False, "connection_lost")
        async with asyncio.timeout(PATIENCE):
            assert str(account_error[1]) in await opened.lost()


async def test_a_gateway_that_does_not_show_accounts_will_do() -> None:
    async with service(Counterpart(shows_account=False).take) as url, link_to(url) as opened:
        assert isinstance(await opened.submit(claimed()), Accepted)


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}", "https://gateway.invalid", "nonsense", ""])
async def test_where_nobody_listens_there_is_no_link(url: str) -> None:
    with pytest.raises(LinkRefused):
        async with link_to(url.format(port=free_port())):
            pass


async def test_many_at_once_are_as_many_as_there_is_room_for() -> None:
    other = Counterpart()
    async with service(other.take) as url, link_to(url) as opened:
        capacity = await opened.capacity()
        outcomes = await asyncio.gather(*(opened.submit(claimed(delivery_id=each)) for each in range(capacity)))
        assert await opened.capacity() == capacity
    assert len({each.provider_ids for each in outcomes if isinstance(each, Accepted)}) == capacity
