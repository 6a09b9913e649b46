"""Messages to WhatsApp: each made once, in words or in a template, and each answer means what it says."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from msgspec import structs

from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, ClaimedTemplate, Options, Refused, Unknown
from estafette.deliveries.models.transport import Link
from estafette.deliveries.transports.whatsapp import TRANSPORT, Credentials, Settings, link
from tests.deliveries import claimed as messages
from tests.deliveries.whatsapp.cloud import ACCOUNT, CREDENTIALS, NUMBER, TOKEN, Cloud
from tests.loop_time import let_pass
from tests.ports import free_port
from tests.services import service
from tests.waiting import PATIENCE, eventually, forever

PICTURE = "https://estafette.example/f/1/menu.PNG?width=640"


def claimed(**changes: Any) -> ClaimedMessage:
    """A text to somebody who wrote a moment ago."""
    return messages.claimed(**{"channel": "whatsapp", "sender": "", "window_open": True} | changes)


@asynccontextmanager
async def link_to(url: str, token: str = TOKEN, **changes: str) -> AsyncGenerator[Link, None]:
    settings = Settings(phone_number_id=NUMBER, business_account_id=ACCOUNT, base_url=f"{url}/v23.0", **changes)
    ours = messages.account(settings, Credentials(**CREDENTIALS | {"access_token": token}))
    async with TRANSPORT.open(ours, messages.Inbox().hand_in) as opened:
        yield opened


async def sent(message: ClaimedMessage, **settings: str) -> dict[str, Any]:
    """What leaves for a message, without what is the same in all."""
    cloud = Cloud()
    async with service(cloud.take) as url, link_to(url, **settings) as opened:
        assert isinstance(await opened.submit(message), Accepted)
    [found] = cloud.messages
    assert (found.pop("messaging_product"), found.pop("recipient_type")) == ("whatsapp", "individual")
    assert found.pop("to") == "554899246868"
    assert found.pop("biz_opaque_callback_data") == message.own_name
    return found


async def test_a_text_is_taken_and_the_answer_says_how_its_recipient_is_called() -> None:
    cloud = Cloud()
    cloud.wa_ids["554899246868"] = "5548999246868"
    async with service(cloud.take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed(text="Olá"))
    assert outcome == Accepted(provider_ids=("wamid.HBgL00000000000000000001",), recipient_id="5548999246868")
    assert (await sent(claimed(text="Olá"))) == {"type": "text", "text": {"preview_url": True, "body": "Olá"}}


async def test_a_text_to_somebody_who_has_not_written_today_does_not_leave() -> None:
    cloud = Cloud()
    async with service(cloud.take) as url, link_to(url) as opened:
        for each in (Options(), Options(media=PICTURE), Options(notice=True)):
            outcome = await opened.submit(claimed(window_open=False, options=each))
            assert isinstance(outcome, Refused)
            assert (outcome.kind, outcome.permanent, outcome.code) == ("gateway", True, "window_closed")
            assert "24 hours" in outcome.reason
    assert cloud.messages == []


async def test_a_template_goes_out_in_its_language_with_its_variables_in_one_line() -> None:
    options = Options(template="order_ready", template_language="pt_BR", variables=("Ana", "two\r\nlines     wide"))
    assert await sent(claimed(window_open=False, text="", options=options)) == {
        "type": "template",
        "template": {
            "name": "order_ready",
            "language": {"policy": "deterministic", "code": "pt_BR"},
            "components": [
                {
                    "type": "body",
                    "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "two lines wide"}],
                }
            ],
        },
    }


async def test_a_known_template_says_its_language_its_names_and_its_head() -> None:
    options = Options(template="menu", template_language="pt", variables=("Ana",), media=PICTURE)
    known = ClaimedTemplate(language="pt_BR", places=("name",), header="IMAGE")
    template = (await sent(claimed(window_open=False, options=options, template=known)))["template"]
    assert template["language"]["code"] == "pt_BR"
    assert template["components"] == [
        {"type": "header", "parameters": [{"type": "image", "image": {"link": PICTURE}}]},
        {"type": "body", "parameters": [{"type": "text", "text": "Ana", "parameter_name": "name"}]},
    ]


async def test_with_a_text_and_a_template_the_text_goes_to_those_who_may_have_it() -> None:
    options = Options(template="order_ready", template_language="en")
    assert (await sent(claimed(text="Hello", options=options)))["type"] == "text"
    assert (await sent(claimed(text="Hello", options=options, window_open=False)))["type"] == "template"


async def test_a_notice_goes_out_in_the_template_of_the_gateway() -> None:
    known = ClaimedTemplate(language="fr", places=("1",))
    notice = claimed(text="Nora: Hello\nhttps://x.example", options=Options(notice=True), window_open=False)
    found = await sent(notice, notice_template="notice")
    assert found["template"]["language"]["code"] == "en"
    found = await sent(structs.replace(notice, template=known), notice_template="notice")
    assert (found["template"]["name"], found["template"]["language"]["code"]) == ("notice", "fr")
    assert found["template"]["components"][0]["parameters"][0]["text"] == "Nora: Hello https://x.example"


@pytest.mark.parametrize(
    ("url", "text", "expected"),
    [
        (PICTURE, "Look", {"type": "image", "image": {"link": PICTURE, "caption": "Look"}}),
        (PICTURE, "", {"type": "image", "image": {"link": PICTURE}}),
        ("https://x.example/a.mp4", "", {"type": "video", "video": {"link": "https://x.example/a.mp4"}}),
        ("https://x.example/a.ogg", "No", {"type": "audio", "audio": {"link": "https://x.example/a.ogg"}}),
        (
            "https://x.example/bill.pdf",
            "Yours",
            {
                "type": "document",
                "document": {"link": "https://x.example/bill.pdf", "caption": "Yours", "filename": "bill.pdf"},
            },
        ),
    ],
)
async def test_media_travel_as_their_address(url: str, text: str, expected: dict[str, Any]) -> None:
    assert await sent(claimed(text=text, options=Options(media=url))) == expected


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (400, 131047, {"permanent": True, "code": "window_closed"}),
        (400, 131026, {"permanent": True, "code": "undeliverable", "kind": "operator"}),
        (400, 131049, {"permanent": True, "code": "frequency_capped", "kind": "operator"}),
        (400, 131050, {"permanent": True, "code": "unsubscribed", "kind": "operator", "suppress": True}),
        (400, 132000, {"permanent": True, "code": "template_variables"}),
        (404, 132001, {"permanent": True, "code": "template_unknown"}),
        (400, 132015, {"permanent": True, "code": "template_paused"}),
        (400, 132999, {"permanent": True, "code": "template_refused"}),
        (400, 100, {"permanent": True, "code": "bad_request"}),
        (400, 139999, {"permanent": True, "code": "error_139999"}),
        (400, "<html>no</html>", {"permanent": True, "code": "refused"}),
        (400, 131056, {"permanent": False, "code": "pair_throttled", "throttled": False}),
        (429, 130429, {"permanent": False, "code": "throttled", "throttled": True}),
        (400, 80007, {"permanent": False, "code": "throttled", "throttled": True}),
        (403, 368, {"permanent": False, "code": "account_suspended", "throttled": True, "retry_after": 600.0}),
        (403, 131031, {"permanent": False, "throttled": True, "retry_after": 600.0}),
        (500, 131000, {"permanent": False, "code": "service_unavailable"}),
        (503, 2, {"permanent": False, "code": "service_unavailable", "throttled": False}),
        (500, 139999, {"permanent": False, "code": "service_unavailable"}),
        (429, "slow down", {"permanent": False, "code": "throttled", "throttled": True, "retry_after": 7.0}),
        (503, "slow down", {"permanent": False, "code": "service_unavailable", "retry_after": 7.0}),
    ],
)
async def test_what_is_refused_is_refused_as_it_says(status: int, said: Any, expected: dict[str, Any]) -> None:
    async with service(Cloud((status, said)).take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed())
        assert isinstance(outcome, Refused)
        wanted = {"kind": "gateway", **expected}
        assert {name: getattr(outcome, name) for name in wanted} == wanted
        assert str(status) in outcome.reason
        # The next one is not troubled by it.
        assert isinstance(await opened.submit(claimed(delivery_id=2)), Accepted)


@pytest.mark.parametrize(
    ("status", "said"),
    [(200, "<html>Welcome</html>"), (200, "{}"), (200, '{"messages":[]}'), (500, ""), (502, "<html>"), (504, "")],
)
async def test_an_answer_that_says_neither_yes_nor_no_leaves_it_open(status: int, said: str) -> None:
    message = claimed()
    async with service(Cloud((status, said)).take) as url, link_to(url) as opened:
        outcome = await opened.submit(message)
    assert isinstance(outcome, Unknown)
    assert outcome.provider_ids == (message.own_name,)


async def test_who_takes_the_message_and_hangs_up_or_never_answers_leaves_it_open() -> None:
    taken: list[bytes] = []

    async def take(request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            taken.append(await request.read())
            if len(taken) > 1:
                await forever()
            assert request.transport
            request.transport.abort()
        return web.json_response({"id": NUMBER})

    async with service(take) as url, link_to(url) as opened:
        lost = await opened.submit(claimed())
        assert isinstance(lost, Unknown)
        assert lost.provider_ids
        submitting = asyncio.create_task(opened.submit(claimed()))
        await eventually(lambda: len(taken) == 2)
        let_pass(link.TIMEOUT)
        assert isinstance(await submitting, Unknown)
    assert len(taken) == 2


@pytest.mark.parametrize("code", [190, 10, 200, 133010])
async def test_a_number_that_is_not_let_in_any_more_loses_the_link_and_not_the_message(code: int) -> None:
    async with service(Cloud((401, code)).take) as url, link_to(url) as opened:
        outcome = await opened.submit(claimed())
        assert isinstance(outcome, Refused)
        assert (outcome.permanent, outcome.code) == (False, "connection_lost")
        async with asyncio.timeout(PATIENCE):
            assert str(code) in await opened.lost()


async def test_a_wrong_token_opens_no_link() -> None:
    async with service(Cloud().take) as url:
        with pytest.raises(LinkRefused, match="401 190") as refused:
            async with link_to(url, token="wrong"):
                pass
    assert refused.value.fault == "sign_in"


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}", "https://gateway.invalid", "nonsense"])
async def test_where_nobody_listens_there_is_no_link(url: str) -> None:
    with pytest.raises(LinkRefused):
        async with link_to(url.format(port=free_port())):
            pass
