"""An HTTP client that costs next to nothing: what is measured is the server."""

import asyncio
from typing import Any
from uuid import uuid4

import msgspec

from bench.installation import HOST


class Refused(Exception):
    """The server answered with an error: what was measured is not what was meant."""


class HttpConnection(asyncio.Protocol):
    """One kept connection of somebody with a bearer token; one request at a time."""

    def __init__(self, token: str) -> None:
        self._head = f"HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        self._buffer = b""
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: Any = None

    def speak_as(self, token: str, address: str) -> None:
        """Goes on as somebody else, from another place, as a proxy tells it."""
        self._head = f"HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nX-Forwarded-For: {address}\r\n"

    @classmethod
    async def open(cls, port: int, token: str) -> "HttpConnection":
        """Connects to this machine's server."""
        _, connection = await asyncio.get_running_loop().create_connection(lambda: cls(token), HOST, port)
        return connection

    def close(self) -> None:
        """Closes the connection."""
        self._transport.close()

    async def get(self, path: str) -> bytes:
        """The body of an answer; raises Refused for an error."""
        return await self._ask(f"GET {path} {self._head}\r\n".encode())

    async def send(self, conversation: str, text: str) -> bytes:
        """Sends a message under a key of its own and returns the answer's body."""
        body = msgspec.json.encode({"text": text})
        return await self.post(f"/api/v1/conversations/{conversation}/messages", body, uuid4().hex)

    async def post(self, path: str, body: bytes, key: str | None = None) -> bytes:
        """Posts JSON, under a key if there is one, and returns the answer's body; raises Refused for an error."""
        keyed = f"Idempotency-Key: {key}\r\n" if key else ""
        return await self._ask(self._with_body("POST", path, body, keyed))

    async def put(self, path: str, body: bytes) -> bytes:
        """Puts JSON and returns the answer's body; raises Refused for an error."""
        return await self._ask(self._with_body("PUT", path, body))

    def _with_body(self, method: str, path: str, body: bytes, more: str = "") -> bytes:
        head = (
            f"{method} {path} {self._head}Content-Type: application/json\r\n{more}Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def _ask(self, request: bytes) -> bytes:
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def connection_made(self, transport: Any) -> None:
        """Keeps the transport."""
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Fails what waits."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("closed by the server"))

    def data_received(self, data: bytes) -> None:
        """Collects one answer, whose length the server has announced."""
        self._buffer = data = self._buffer + data if self._buffer else data
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return
        start = data.lower().find(b"content-length:", 0, end) + 15
        stop = data.find(b"\r\n", start)
        total = end + 4 + int(data[start:stop])
        if len(data) < total or self._answer is None or self._answer.done():
            return
        self._buffer = b""
        if data[9:10] == b"2":
            self._answer.set_result(data[end + 4 : total])
        else:
            self._answer.set_exception(Refused(data[:total].decode(errors="replace")))
