"""The door of the live connection: who may come in, and the codes that tell who may not."""

import asyncio
from typing import Any

import httpx
import msgspec
from structlog.testing import capture_logs

from estafette.base.database import Database
from tests.http import WebServer
from tests.waiting import PATIENCE
from tests.web.test_who_asks import token_of


class Socket:
    """A WebSocket of a browser or program, without a network."""

    def __init__(self, web_server: WebServer, headers: dict[str, str]) -> None:
        given = {"host": "127.0.0.1:8000"} | headers
        self._scope = {
            "type": "websocket",
            "asgi": {"version": "3.0"},
            "path": "/api/v1/live",
            "raw_path": b"/api/v1/live",
            "query_string": b"",
            "root_path": "",
            "scheme": "ws",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 8_000),
            "subprotocols": [],
            "state": {},
        }
        self._web_server = web_server
        self._in: asyncio.Queue[Any] = asyncio.Queue()
        self._out: asyncio.Queue[Any] = asyncio.Queue()

    async def __aenter__(self) -> "Socket":
        await self._in.put({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._web_server.app(self._scope, self._in.get, self._out.put))
        assert (await self.next())["type"] == "websocket.accept"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._in.put({"type": "websocket.disconnect", "code": 1000})
        async with asyncio.timeout(PATIENCE):
            await self._task

    async def next(self) -> Any:
        async with asyncio.timeout(PATIENCE):
            return await self._out.get()

    async def frame(self) -> Any:
        return msgspec.json.decode((await self.next())["text"])

    async def closed(self) -> int:
        """The code that it is closed with; what the account has to tell before may come or not."""
        while (event := await self.next())["type"] == "websocket.send":
            pass
        assert event["type"] == "websocket.close"
        return event["code"]


def cookie(browser: httpx.AsyncClient) -> dict[str, str]:
    return {"cookie": f"estafette_session={browser.cookies['estafette_session']}", "origin": "http://127.0.0.1:8000"}


async def test_whoever_is_signed_in_is_welcome(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    me = (await ann.get("/api/v1/me")).json()["id"]
    async with Socket(web_server, cookie(ann)) as socket:
        welcome = await socket.frame()
    assert welcome["type"] == "welcome"
    assert welcome["person"] == me
    assert welcome["heartbeat_seconds"] == 20


async def test_a_program_is_welcome_without_an_origin(
    web_server: WebServer, database: Database, ann: httpx.AsyncClient
) -> None:
    token = await token_of(database, "ann@example.com", "read")
    async with Socket(
        web_server, {"authorization": f"Bearer {token}", "origin": "https://elsewhere.example"}
    ) as socket:
        assert (await socket.frame())["type"] == "welcome"


async def test_nobody_is_told_to_sign_in(web_server: WebServer) -> None:
    for headers in ({}, {"cookie": "estafette_session=unknown"}, {"authorization": "Bearer est_unknown"}):
        async with Socket(web_server, headers) as socket:
            assert await socket.next() == {"type": "websocket.close", "code": 4401, "reason": ""}


async def test_a_page_of_another_site_is_turned_away(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        for _ in range(2):
            async with Socket(web_server, cookie(ann) | {"origin": "https://evil.example"}) as socket:
                assert (await socket.next())["code"] == 4403
    # Once in a minute: it may be the public URL that is wrong.
    [told] = [each for each in logs if each["event"] == "refused a page that is none of ours"]
    assert (told["origin"], told["public_url"]) == ("https://evil.example", web_server.settings.origin)


async def test_a_session_that_ends_takes_its_connection_along(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    async with Socket(web_server, cookie(ann)) as socket:
        assert (await socket.frame())["type"] == "welcome"
        await ann.delete("/api/v1/sessions/current")
        assert await socket.closed() == 4401


async def test_a_socket_elsewhere_is_no_socket(web_server: WebServer) -> None:
    sent: asyncio.Queue[Any] = asyncio.Queue()
    socket = Socket(web_server, {})
    scope = socket._scope | {"path": "/api/v1/nothing"}
    async with asyncio.timeout(PATIENCE):
        await web_server.app(scope, asyncio.Queue().get, sent.put)
    assert (await sent.get())["type"] == "websocket.close"
