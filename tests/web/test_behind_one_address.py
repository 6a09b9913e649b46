"""Many people behind one address: who is signed in is let in, whatever strangers do beside them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
import pytest_asyncio

from estafette import accounts
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.web import look_ups
from estafette.web.errors import TooManyRequests
from estafette.web.gate import Checks
from estafette.web.identity import Credential
from estafette.web.look_ups import AT_ONCE, AT_ONCE_IN_DOUBT, LookUps
from estafette.web.rate_limiter import RateLimiter
from tests.http import WebServer
from tests.realtime.fakes import settle
from tests.web.test_live_door import Socket

MANY = 20
MADE_UP = ({"Cookie": "estafette_session=made-up"}, {"Authorization": "Bearer est_made-up"})


@pytest.fixture
def checks(web_server: WebServer) -> Checks:
    """The checks of a process that lets five strangers of an address in, and then none for long."""
    checks: Checks = web_server.app._admission._checks
    checks.strangers = RateLimiter(burst=5, per_second=0.001)
    return checks


@pytest_asyncio.fixture
async def tokens(database: Database) -> list[str]:
    """The tokens of many people, none of whom the process has seen."""
    people = [await accounts.add_person(database, f"{i}@example.com", "Somebody", ("customer",)) for i in range(MANY)]
    return [await accounts.create_token(database, each.id, "test", ("read", "write")) for each in people]


@pytest_asyncio.fixture
async def stranger(web_server: WebServer) -> AsyncGenerator[httpx.AsyncClient, None]:
    """Somebody who is not signed in, behind the same address."""
    async with web_server.client() as stranger:
        yield stranger


async def use_up(stranger: httpx.AsyncClient) -> None:
    """Asks for as much as a stranger may."""
    statuses = [(await stranger.get("/api/v1/instance")).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


async def code_of(web_server: WebServer, headers: dict[str, str]) -> int:
    async with Socket(web_server, headers) as socket:
        return await socket.closed()


@pytest.mark.usefixtures("checks")
async def test_all_who_are_signed_in_are_let_in_and_a_stranger_beside_them_is_not(
    web_server: WebServer, tokens: list[str], stranger: httpx.AsyncClient
) -> None:
    await use_up(stranger)
    async with AsyncExitStack() as doors:
        for token in tokens:
            socket = await doors.enter_async_context(Socket(web_server, {"authorization": f"Bearer {token}"}))
            assert (await socket.frame())["type"] == "welcome"
    for token in tokens:
        async with web_server.client(token) as program:
            assert (await program.get("/api/v1/me")).status_code == 200
    assert (await stranger.get("/api/v1/instance")).status_code == 429


@pytest.mark.usefixtures("checks")
async def test_they_all_come_at_once(web_server: WebServer, tokens: list[str], stranger: httpx.AsyncClient) -> None:
    await use_up(stranger)

    async def status(token: str) -> int:
        async with web_server.client(token) as program:
            return (await program.get("/api/v1/me")).status_code

    assert await asyncio.gather(*map(status, tokens)) == [200] * MANY


@pytest.mark.usefixtures("checks")
async def test_a_made_up_credential_is_that_of_a_stranger(web_server: WebServer, stranger: httpx.AsyncClient) -> None:
    for _ in range(3):
        assert (await stranger.get("/api/v1/partners", headers=MADE_UP[0])).status_code == 200
    assert await code_of(web_server, {"authorization": "Bearer est_made-up"}) == 4401
    assert await code_of(web_server, {}) == 4401
    for made_up in MADE_UP:
        answer = await stranger.get("/api/v1/partners", headers=made_up)
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
        assert await code_of(web_server, {name.lower(): value for name, value in made_up.items()}) in (1013, 4403)
    assert (await stranger.get("/api/v1/instance")).status_code == 429


@pytest.mark.usefixtures("checks")
async def test_pages_of_other_sites_are_counted(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    elsewhere = {"cookie": f"estafette_session={ann.cookies['estafette_session']}", "origin": "https://evil.example"}
    # She has been a stranger once herself: to sign up.
    assert [await code_of(web_server, elsewhere) for _ in range(5)] == [4403] * 4 + [1013]


async def test_behind_a_throttled_address_they_are_let_in_though_nobody_remembers_them(
    web_server: WebServer, checks: Checks, tokens: list[str], stranger: httpx.AsyncClient
) -> None:
    checks.throttle.hold("127.0.0.1")
    for token in tokens[:3]:
        async with Socket(web_server, {"authorization": f"Bearer {token}"}) as socket:
            assert (await socket.frame())["type"] == "welcome"
    async with web_server.client(tokens[3]) as program:
        assert (await program.get("/api/v1/me")).status_code == 200
        assert (await program.get("/")).status_code == 200
    for headers in ({}, *MADE_UP):
        assert (await stranger.get("/api/v1/instance", headers=headers)).status_code == 429
        assert await code_of(web_server, {name.lower(): value for name, value in headers.items()}) == 1013


async def test_one_person_comes_only_so_often(web_server: WebServer, checks: Checks, tokens: list[str]) -> None:
    checks.connecting = RateLimiter(burst=2, per_second=0.001)
    often, seldom = ({"authorization": f"Bearer {token}"} for token in tokens[:2])
    for _ in range(2):
        async with Socket(web_server, often) as socket:
            assert (await socket.frame())["type"] == "welcome"
    assert await code_of(web_server, often) == 1013
    async with Socket(web_server, seldom) as socket:
        assert (await socket.frame())["type"] == "welcome"


async def test_pages_that_somebody_opens_are_not_their_neighbours(
    web_server: WebServer, ann: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await ann.get("/api/v1/me")
    web_server.app._admission._pages = RateLimiter(burst=1, per_second=0.001)
    pages = [(await ann.get("/")).status_code for _ in range(110)]
    assert (pages[0], pages[-1]) == (200, 429)
    assert (await stranger.get("/")).status_code == 200


async def test_as_long_as_nobody_can_be_asked_everybody_is_a_stranger(
    web_server: WebServer, checks: Checks, tokens: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(accounts, "by_token", away)
    async with web_server.client(tokens[0]) as program:
        statuses = [(await program.get("/api/v1/me")).status_code for _ in range(7)]
    assert statuses == [503] * 5 + [429] * 2


class SlowIdentities:
    """Answers when it may; remembers nobody."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.go_on = asyncio.Event()

    async def recognise(self, shown: Credential) -> None:
        self.inside.append(shown.secret)
        await self.go_on.wait()
        self.inside.remove(shown.secret)


@pytest.mark.parametrize(("in_doubt", "at_once"), [(False, AT_ONCE), (True, AT_ONCE_IN_DOUBT)])
async def test_of_one_address_few_are_looked_up_at_a_time_and_others_do_not_wait_for_them(
    in_doubt: bool, at_once: int
) -> None:
    slow: Any = SlowIdentities()
    few = LookUps(slow)
    asking = [
        asyncio.create_task(few.recognise(Credential(f"{where} {number}", False), where, in_doubt=in_doubt))
        for where in ("here", "there")
        for number in range(50)
    ]
    await settle()
    assert sorted(slow.inside) == sorted(f"{where} {n}" for where in ("here", "there") for n in range(at_once))
    slow.go_on.set()
    await asyncio.gather(*asking)
    assert few._lanes == {}


async def test_too_many_who_wait_to_be_looked_up_are_told_to_come_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_ups, "MOST_WAITING", 5)
    slow: Any = SlowIdentities()
    few = LookUps(slow)
    shown = Credential(str(new_id()), False)
    asking = [asyncio.create_task(few.recognise(shown, "here", in_doubt=True)) for _ in range(5)]
    await settle()
    with pytest.raises(TooManyRequests) as refused:
        await few.recognise(shown, "here", in_doubt=True)
    assert refused.value.retry_after == look_ups.RETRY_SECONDS
    asking.pop().cancel()
    await settle()
    asking.append(asyncio.create_task(few.recognise(shown, "here", in_doubt=True)))
    slow.go_on.set()
    await asyncio.gather(*asking)
    assert few._lanes == {}
