"""Whoever goes on far beyond a limit is turned away at the door, and nobody else with them."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from estafette.base.database import Database
from estafette.web import throttle as throttling
from estafette.web.addresses import Proxies
from estafette.web.admission import Admission
from estafette.web.bounded_http import BoundedHttp
from estafette.web.peers import Peers
from estafette.web.throttle import Throttle
from tests.http import WebServer, running
from tests.waiting import eventually
from tests.web.served import served, strangers, wire
from tests.web.test_who_asks import token_of

WILD = "198.51.100.7"


async def until_turned_away(browser: httpx.AsyncClient, path: str) -> httpx.Response:
    """The first answer that was given at the door."""
    for _ in range(10_000):
        answer = await browser.get(path)
        if answer.headers.get("connection") == "close":
            return answer
    raise AssertionError("never turned away")


@pytest.mark.parametrize("path", ["/api/v1/instance", "/", "/docs/docs.css", "/readyz", "/healthz", "/api/v1/nowhere"])
async def test_whoever_goes_on_is_turned_away_wherever_they_ask(
    web_server: WebServer, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("estafette.web.rate_limiter.monotonic", lambda: 1_000.0)
    # As if it had asked for all that it may but a little.
    admission: Admission = web_server.app._admission
    for limiter in (admission._pages, admission._others):
        limiter._buckets[WILD] = (5.0, 1_000.0)
    async with web_server.client(address=WILD) as wild, web_server.client(address="198.51.100.8") as calm:
        turned_away = await until_turned_away(wild, path)
        assert turned_away.status_code == 429
        assert turned_away.json()["code"] == "too_many_requests"
        assert 1 <= int(turned_away.headers["retry-after"]) <= 10
        assert (await calm.get("/api/v1/instance")).status_code == 200


def test_a_few_refusals_do_no_harm_and_many_do_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    for module in ("throttle", "bucket"):
        monkeypatch.setattr(f"estafette.web.{module}.monotonic", lambda: now)
    throttle = Throttle()
    for _ in range(100):
        throttle.refused("ann")
    assert not throttle.active
    throttle.refused("ann")
    assert (throttle.seconds_left("ann"), throttle.seconds_left("ben")) == (10, 0)
    now += 9
    throttle.refused("ann")
    assert throttle.seconds_left("ann") == 1
    for _ in range(100):
        throttle.refused("ann")
    assert throttle.seconds_left("ann") == 10
    now += 10
    assert throttle.seconds_left("ann") == 0
    assert not throttle.active
    # Now and then over a limit, for hours, is not far beyond it.
    for _ in range(1_000):
        now += 0.2
        throttle.refused("ben")
    assert throttle.seconds_left("ben") == 0


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "REMEMBERED", 10)
    throttle = Throttle()
    for who in range(100):
        throttle.refused(who)
        throttle.hold(who)
    assert [who for who in range(100) if throttle.seconds_left(who)] == list(range(90, 100))


async def test_who_is_signed_in_does_not_answer_for_their_neighbours(
    web_server: WebServer, ann: httpx.AsyncClient, database: Database
) -> None:
    throttle: Throttle = web_server.app._admission._throttle
    assert (await ann.get("/api/v1/me")).status_code == 200
    throttle.hold("127.0.0.1")
    assert (await ann.get("/api/v1/me")).status_code == 200
    async with (
        web_server.client() as stranger,
        web_server.client(await token_of(database, "ann@example.com")) as program,
    ):
        assert (await stranger.get("/")).status_code == 429
        # Nobody remembers this one yet.
        assert (await program.get("/api/v1/me")).status_code == 200
    for made_up in ({"Cookie": "estafette_session=made-up"}, {"Authorization": "Bearer est_made-up"}):
        async with web_server.client() as stranger:
            assert (await stranger.get("/api/v1/me", headers=made_up)).status_code == 429


async def test_somebody_signed_in_who_goes_on_is_turned_away_everywhere(
    web_server: WebServer, ann: httpx.AsyncClient
) -> None:
    throttle: Throttle = web_server.app._admission._throttle
    throttle.hold(UUID((await ann.get("/api/v1/me")).json()["id"]))
    assert (await ann.get("/api/v1/me")).status_code == 429
    async with web_server.client(address=WILD) as stranger:
        assert (await stranger.get("/")).status_code == 200


async def test_behind_a_trusted_proxy_nobody_else_loses_the_connection(dsn: str, tmp_path: Path) -> None:
    async with running(dsn, tmp_path, trusted_proxies=("10.0.0.1",)) as web_server:
        web_server.app._admission._throttle.hold(WILD)
        async with web_server.client(address="10.0.0.1", X_Forwarded_For=WILD) as proxy:
            answer = await proxy.get("/")
        assert answer.status_code == 429
        assert "connection" not in answer.headers


async def app(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def test_connections_of_a_throttled_address_wait_before_they_are_read() -> None:
    throttle = Throttle()
    peers = Peers(Proxies(()), throttle)

    class Patient(BoundedHttp):
        throttled_seconds = 0.3

    async with served(app, partial(Patient, peers=peers)) as port:
        throttle.hold("127.0.0.1")
        async with wire(port) as waiting:
            await waiting.send(REQUEST)
            answer = asyncio.create_task(waiting.answer())
            await eventually(lambda: strangers(peers))
            throttle._until.clear()
            async with wire(port) as later:
                await later.send(REQUEST)
                assert await later.answer() == (200, b"ok")
            assert not answer.done()
            assert await answer == (200, b"ok")
