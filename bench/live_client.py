"""A WebSocket client that looks at each frame once: 500 of them must cost less than the server that feeds them."""

import asyncio
import base64
import os
from collections.abc import Callable
from typing import Any

from bench.installation import HOST

TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
_BEAT = b'{"type":"beat"}'


class LiveSocket(asyncio.Protocol):
    """One open WebSocket; `receive` gets each text frame's bytes."""

    def __init__(self, path: str, token: str, receive: Callable[[bytes], None]) -> None:
        self._path, self._token = path, token
        self._receive = receive
        self._buffer = b""
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: Any = None
        self._handshaken = False
        self.closed_by_server: str | None = None

    @classmethod
    async def open(
        cls, port: int, path: str, token: str, receive: Callable[[bytes], None], source: str = HOST
    ) -> "LiveSocket":
        """Connects from an address of this machine and waits for the first frame or the end of the handshake."""
        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(
            lambda: cls(path, token, receive), HOST, port, local_addr=(source, 0) if source != HOST else None
        )
        await socket._opened
        return socket

    def close(self) -> None:
        """Ends the connection without ceremony."""
        self._transport.abort()

    def send(self, payload: bytes) -> None:
        """Sends a text frame of less than 64 kB, masked with zeroes."""
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        self._transport.write(bytes([TEXT]) + length + b"\0\0\0\0" + payload)

    def connection_made(self, transport: Any) -> None:
        """Asks for the upgrade."""
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            (
                f"GET {self._path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nAuthorization: Bearer {self._token}\r\n\r\n"
            ).encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """Fails the handshake if it has not ended."""
        if not self._opened.done():
            self._opened.set_exception(exc or ConnectionResetError("the handshake was refused"))

    def data_received(self, data: bytes) -> None:
        """Takes the handshake's answer, then frames; what is cut off waits for the rest."""
        if self._buffer:
            data = self._buffer + data
        at = 0
        if not self._handshaken:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._buffer = data
                return
            self._handshaken = True
            at = end + 4
            if data.startswith(b"HTTP/1.1 101"):
                self._opened.set_result(None)
            else:
                self._opened.set_exception(ConnectionRefusedError(data[:200].decode(errors="replace")))
        size = len(data)
        while size - at >= 2:
            length = data[at + 1]
            start = at + 2
            if length == 126:
                length, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                length, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if size < start + length:
                break
            self._take(data[at], data[start : start + length])
            at = start + length
        self._buffer = data[at:]

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT:
            if payload == _BEAT:
                self.send(_BEAT)
            else:
                self._receive(payload)
        elif kind == PING:
            self._transport.write(bytes([PONG, 0x80 | len(payload)]) + b"\0\0\0\0" + payload)
        elif kind == CLOSE:
            self.closed_by_server = str(int.from_bytes(payload[:2], "big"))
            self._transport.abort()
