"""A program of somebody else: an HTTP server that is called, and answers as it was told to."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from standardwebhooks import Webhook

from tests.waiting import eventually


class Received:
    """One call as it came."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self.path, self.headers, self.body = path, headers, body

    def verified(self, secret: str) -> Any:
        """The payload; the library raises when the signature is wrong."""
        return Webhook(secret).verify(self.body, self.headers)


class Receiver:
    """What came, and with which statuses it answers: the first of `answers` first, 204 when there are none left."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: list[int] = []
        self.calls: list[Received] = []
        self.at_once = 0
        self.most_at_once = 0
        self.go_on = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.calls.append(Received(request.path, headers, await request.read()))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if request.path == "/hangs":
            await self.go_on.wait()
        self.at_once -= 1
        status = self.answers.pop(0) if self.answers else 204
        headers = {"Location": f"{self.url}/elsewhere"} if 300 <= status < 400 else {}
        return web.Response(status=status, headers=headers)

    async def until(self, number: int) -> list[Received]:
        """The calls, once there are so many."""
        await eventually(lambda: len(self.calls) >= number, lambda: f"{len(self.calls)} of {number} have come")
        return self.calls


@asynccontextmanager
async def receiving() -> AsyncGenerator[Receiver, None]:
    """A receiver on a free port of this machine."""
    receiver, app = Receiver(), web.Application()
    app.router.add_post("/{path:.*}", receiver.take)
    async with TestServer(app, host="127.0.0.1") as server:
        receiver.url = f"http://127.0.0.1:{server.port}"
        yield receiver
        receiver.go_on.set()
