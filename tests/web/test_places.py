"""How many connections one address may have: those of people who are signed in are theirs, strangers share the rest."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any
from uuid import UUID

import httpx
import pytest
from websockets.asyncio.client import connect

from estafette.base.ids import new_id
from estafette.web import peers as counting
from estafette.web.addresses import Proxies
from estafette.web.bounded_http import BoundedHttp
from estafette.web.bounded_http.kept_back import MOST_BYTES
from estafette.web.peers import BUSY_SECONDS, IDLE_SECONDS, PLACE, Peers, Place
from estafette.web.throttle import Throttle
from tests.http import WebServer
from tests.loop_time import let_pass
from tests.waiting import eventually
from tests.web.served import Wire, served, strangers, wire

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
SLOW = b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
ANN, BEN = new_id(), new_id()


def asked_by(person: UUID) -> bytes:
    return b"GET / HTTP/1.1\r\nHost: x\r\nX-Person: %s\r\n\r\n" % str(person).encode()


class App:
    """Believes the name that a request gives; some answers wait until they may."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.begun = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        said = dict(scope["headers"]).get(b"x-person")
        if said is not None:
            scope["state"][PLACE].belongs_to(UUID(said.decode()))
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            while (await receive())["type"] == "websocket.receive":
                pass
            return
        if scope["path"] == "/slow":
            self.begun += 1
            await self.go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


def counted(most: int, most_waiting: int = 10, proxies: tuple[str, ...] = ()) -> Peers:
    return Peers(Proxies(proxies), Throttle(), most, most_waiting)


@asynccontextmanager
async def serving(peers: Peers, app: Any = None) -> AsyncGenerator[int, None]:
    async with served(app or App(), partial(BoundedHttp, peers=peers)) as port:
        yield port


async def answered(one: Wire, request: bytes = REQUEST) -> None:
    await one.send(request)
    assert await one.answer() == (200, b"ok")


def waiting(peers: Peers) -> int:
    return sum(len(at.waiting) for at in peers._addresses.values())


async def test_strangers_have_only_so_many_connections_and_the_next_waits_for_one_to_end() -> None:
    peers = counted(2)
    async with serving(peers) as port:
        async with wire(port) as third:
            async with wire(port) as first, wire(port) as second:
                pass
            await eventually(lambda: strangers(peers) == 1)
            async with wire(port) as first:
                await answered(first)
                async with wire(port) as second:
                    await second.send(REQUEST)
                    await eventually(lambda: waiting(peers) == 1)
                    await answered(third)
                    assert waiting(peers) == 1
                    await third.abort()
                    assert await second.answer() == (200, b"ok")
        await eventually(lambda: not peers._addresses)


async def test_whoever_is_signed_in_takes_no_place_of_a_stranger() -> None:
    peers = counted(2)
    async with serving(peers) as port, AsyncExitStack() as open_:
        for _ in range(10):
            await answered(await open_.enter_async_context(wire(port)), asked_by(new_id()))
        assert strangers(peers) == 0
        for _ in range(2):
            await answered(await open_.enter_async_context(wire(port)))
        async with wire(port) as stranger:
            await stranger.send(REQUEST)
            await eventually(lambda: waiting(peers) == 1)
    await eventually(lambda: not peers._addresses and not peers._people)


async def test_those_who_wait_come_in_as_others_are_recognised() -> None:
    peers = counted(1)
    async with serving(peers) as port, AsyncExitStack() as open_:
        wires = [await open_.enter_async_context(wire(port)) for _ in range(8)]
        await eventually(lambda: (strangers(peers), waiting(peers)) == (1, 7))
        for each in wires:
            await each.send(asked_by(new_id()))
        for each in wires:
            assert await each.answer() == (200, b"ok")
        assert (strangers(peers), waiting(peers)) == (0, 0)


async def test_what_one_person_has_too_many_of_counts_as_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_OF_ONE_PERSON", 2)
    peers = counted(1)
    async with serving(peers) as port, AsyncExitStack() as open_:
        anns = [await open_.enter_async_context(wire(port)) for _ in range(3)]
        for each in anns:
            await answered(each, asked_by(ANN))
        assert strangers(peers) == 1
        async with wire(port) as fourth:
            await fourth.send(asked_by(ANN))
            await eventually(lambda: waiting(peers) == 1)
            await anns[0].abort()
            # The one that is too many stays where it is until it asks again.
            await answered(anns[2], asked_by(ANN))
            assert await fourth.answer() == (200, b"ok")


async def test_strangers_who_do_nothing_make_room_for_those_who_wait() -> None:
    peers = counted(1)
    async with serving(peers) as port, wire(port) as idle:
        await answered(idle)
        async with wire(port) as next_:
            await next_.send(REQUEST)
            await eventually(lambda: waiting(peers) == 1)
            let_pass(IDLE_SECONDS)
            assert await idle.rest() == b""
            assert await next_.answer() == (200, b"ok")


async def test_a_stranger_who_is_being_answered_keeps_the_place_for_a_while_only() -> None:
    peers, app = counted(1), App()
    async with serving(peers, app) as port, wire(port) as slow:
        await slow.send(SLOW)
        await eventually(lambda: app.begun)
        async with wire(port) as next_:
            await next_.send(REQUEST)
            await eventually(lambda: waiting(peers) == 1)
            let_pass(IDLE_SECONDS)
            await eventually(lambda: is_watched(peers))
            assert (strangers(peers), waiting(peers)) == (1, 1)
            let_pass(BUSY_SECONDS)
            assert await next_.answer() == (200, b"ok")
        app.go_on.set()


def is_watched(peers: Peers) -> bool:
    [at] = peers._addresses.values()
    return at.timer is not None and at.timer.when() > asyncio.get_running_loop().time()


async def test_those_who_wait_are_not_too_many_either() -> None:
    peers = counted(1, most_waiting=1)
    async with serving(peers) as port, wire(port) as first, wire(port):
        await eventually(lambda: (strangers(peers), waiting(peers)) == (1, 1))
        async with wire(port) as third:
            assert (await third.rest()).startswith(b"HTTP/1.1 429 ")
        assert peers.throttle._refusals
        await answered(first)


async def test_who_sends_much_while_waiting_is_let_go() -> None:
    peers = counted(1)
    async with serving(peers) as port, wire(port), wire(port) as second:
        await eventually(lambda: waiting(peers) == 1)
        await second.send(b"GET / HTTP/1.1\r\nX: ", b"x" * (2 * MOST_BYTES))
        assert await second.rest() == b""
        await eventually(lambda: waiting(peers) == 0)


async def test_a_live_connection_counts_until_it_is_known_whose_it_is() -> None:
    peers = counted(5)
    async with serving(peers) as port:
        url = f"ws://127.0.0.1:{port}/"
        async with connect(url, compression=None):
            assert strangers(peers) == 1
            async with connect(url, compression=None, additional_headers={"X-Person": str(BEN)}):
                await eventually(lambda: peers._people == {BEN: 1})
                assert strangers(peers) == 1
        await eventually(lambda: not peers._addresses and not peers._people)


async def test_a_made_up_cookie_makes_a_connection_nobodys(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    peers = counted(5)
    async with serving(peers, web_server.app) as port, wire(port) as one:
        for cookie, status, left in (("made-up", 401, 1), (ann.cookies["estafette_session"], 200, 0)):
            request = f"GET /api/v1/me HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nCookie: estafette_session={cookie}\r\n\r\n"
            await one.send(request.encode())
            assert (await one.answer())[0] == status
            assert strangers(peers) == left


async def test_without_room_for_files_those_who_wait_go_first_and_the_newest_of_them() -> None:
    peers = counted(1)
    ended: list[str] = []

    class Waiting:
        def __init__(self, name: str) -> None:
            self.name = name

        def begin(self) -> None: ...

        def is_idle(self) -> bool:
            return True

        def abort(self) -> None:
            ended.append(self.name)

    assert not peers.make_room()
    places = [peers.enter("198.51.100.7", Waiting(name)) for name in ("first", "second", "third")]
    assert peers.make_room()
    assert peers.make_room()
    assert ended == ["third", "second"]
    assert not peers.make_room()
    for place in places:
        assert isinstance(place, Place)
        place.leave()
    assert not peers._addresses


async def test_who_comes_by_a_trusted_proxy_is_not_counted() -> None:
    peers = counted(1, most_waiting=0, proxies=("127.0.0.1",))
    async with serving(peers) as port, AsyncExitStack() as open_:
        for _ in range(5):
            await answered(await open_.enter_async_context(wire(port)))
        assert not peers._addresses
