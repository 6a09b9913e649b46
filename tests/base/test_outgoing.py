"""HTTP to addresses that others chose never reaches what is near, and says what may have been sent."""

import asyncio
import socket
from typing import Any

import pytest
from aiohttp import web

from estafette.base.outgoing import NoAnswer, NotConnected, Outgoing, OutgoingRefused, check_url
from estafette.base.outgoing.addresses import NotPublic, public_socket
from tests.services import service
from tests.waiting import PATIENCE, forever

NEAR = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "192.88.99.1",
    "fec0::1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
]
FAR = ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::8.8.8.8"]


def info(address: str) -> tuple[Any, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 443))


@pytest.mark.parametrize("address", NEAR)
def test_nothing_near_is_connected_to(address: str) -> None:
    with pytest.raises(NotPublic):
        public_socket(info(address))


@pytest.mark.parametrize("address", FAR)
def test_what_is_public_is_connected_to(address: str) -> None:
    public_socket(info(address)).close()


@pytest.mark.parametrize("address", [each for each in NEAR if "%" not in each])
def test_a_url_with_a_near_address_is_refused_before_anything_is_sent(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(OutgoingRefused, match="private address"):
        check_url(f"https://{host}/push")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://push.example/1", "https"),
        ("ftp://push.example/1", "https"),
        ("file:///etc/passwd", "no URL"),
        ("push.example/1", "no URL"),
        ("", "no URL"),
        ("https://", "no URL"),
        ("https://push.example:99999/", "no URL"),
        ("https://push.example:0/", "no URL"),
        ("https://[::1/", "no URL"),
        ("https://push.example/a b", "no URL"),
        ("https://push.example/é", "no URL"),
        ("https://push.example/a\r\nX: y", "no URL"),
        ("https://ann:secret@push.example/1", "password"),
        ("https://ann@push.example/1", "password"),
    ],
)
def test_a_url_that_is_none_or_tells_a_secret_is_refused(url: str, reason: str) -> None:
    with pytest.raises(OutgoingRefused, match=reason):
        check_url(url)


def test_a_plain_public_https_url_is_fine() -> None:
    check_url("https://push.example:8443/a%2Fb?c=d")
    check_url("http://127.0.0.1:8080/", private_addresses=True)


async def test_a_name_that_leads_here_is_refused_when_it_is_looked_up_and_nothing_arrives() -> None:
    arrived = asyncio.Event()

    async def listen(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        writer.close()

    listener = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with listener, Outgoing() as outgoing:
        # Also old ways of writing 127.0.0.1, which only the system's own resolver understands.
        for host in ("localhost", "2130706433", "127.1", "0x7f000001"):
            with pytest.raises((OutgoingRefused, NotConnected)):
                await outgoing.post(f"https://{host}:{port}/", b"", {}, timeout=PATIENCE)
        with pytest.raises(OutgoingRefused, match="private address"):
            await outgoing.post(f"https://localhost:{port}/", b"", {}, timeout=PATIENCE)
    assert not arrived.is_set()


async def test_an_answer_comes_back_whatever_its_status() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        sent = await request.read()
        return web.Response(
            status=410, body=sent + request.raw_path.encode(), headers={"X-Seen": request.headers["X-A"]}
        )

    async with service(answer) as url, Outgoing(private_addresses=True) as outgoing:
        got = await outgoing.post(f"{url}/a%2Fb%7E", b"hello ", {"X-A": "1"}, timeout=PATIENCE)
    assert (got.status, got.headers["x-seen"], got.body) == (410, "1", b"hello /a%2Fb%7E")


async def test_a_redirect_is_an_answer_and_not_followed() -> None:
    seen: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with service(answer) as url, Outgoing(private_addresses=True) as outgoing:
        assert (await outgoing.post(f"{url}/here", b"", {}, timeout=PATIENCE)).status == 307
    assert seen == ["/here"]


async def test_an_endless_answer_is_cut() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 8192)

    async with service(answer) as url, Outgoing(private_addresses=True, answer_limit=10_000) as outgoing:
        assert len((await outgoing.post(url, b"", {}, timeout=PATIENCE)).body) == 10_000


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        async with Outgoing(private_addresses=True) as outgoing:
            with pytest.raises(NotConnected):
                await outgoing.post(url, b"", {}, timeout=PATIENCE)


async def test_an_unknown_name_is_a_missing_connection() -> None:
    async with Outgoing() as outgoing:
        with pytest.raises(NotConnected):
            await outgoing.post("https://nowhere.invalid/", b"", {}, timeout=PATIENCE)


async def test_who_takes_the_request_and_never_answers_may_have_acted_on_it() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/never":
            await forever()
        return web.Response()

    async with service(answer) as url, Outgoing(private_addresses=True) as outgoing:
        # The connection is there when the short time begins: a slow machine may not use it up before.
        await outgoing.post(url, b"", {}, timeout=PATIENCE)
        with pytest.raises(NoAnswer, match="in time"):
            await outgoing.post(f"{url}/never", b"", {}, timeout=0.1)


async def test_who_takes_the_request_and_hangs_up_may_have_acted_on_it() -> None:
    async def drop(request: web.Request) -> web.StreamResponse:
        await request.read()
        assert request.transport
        request.transport.abort()
        return web.Response()

    async with service(drop) as url, Outgoing(private_addresses=True) as outgoing:
        with pytest.raises(NoAnswer):
            await outgoing.post(url, b"hello", {}, timeout=PATIENCE)


async def test_a_kept_connection_that_breaks_may_have_carried_the_request() -> None:
    seen: list[object] = []

    async def once(request: web.Request) -> web.StreamResponse:
        await request.read()
        seen.append(request.transport)
        if len(seen) > 1:
            assert request.transport
            request.transport.abort()
        return web.Response()

    async with service(once) as url, Outgoing(private_addresses=True) as outgoing:
        assert (await outgoing.post(url, b"hello", {}, timeout=PATIENCE)).status == 200
        with pytest.raises(NoAnswer):
            await outgoing.post(url, b"hello", {}, timeout=PATIENCE)
    assert len(seen) == 2
    assert seen[0] is seen[1]


async def test_a_question_is_asked_with_the_same_care() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(text=request.method)

    async with service(answer) as url:
        async with Outgoing(private_addresses=True) as outgoing:
            assert (await outgoing.get(url, {}, timeout=PATIENCE)).body == b"GET"
        async with Outgoing() as outgoing:
            with pytest.raises(OutgoingRefused):
                await outgoing.get(url, {}, timeout=PATIENCE)


async def test_cancelling_is_not_swallowed() -> None:
    arrived = asyncio.Event()

    async def hang(_: web.Request) -> web.StreamResponse:
        arrived.set()
        await forever()
        return web.Response()

    async with service(hang) as url, Outgoing(private_addresses=True) as outgoing:
        asking = asyncio.create_task(outgoing.post(url, b"", {}, timeout=PATIENCE))
        await arrived.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
