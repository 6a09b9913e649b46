"""An application behind real sockets, and what a client of bytes needs."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any

import uvicorn

from estafette.web.bounded_http import BoundedHttp
from estafette.web.bounded_websocket import BoundedWebSocket
from estafette.web.peers import Peers


@asynccontextmanager
async def served(
    app: Any, http: Any = BoundedHttp, ws: Any = BoundedWebSocket, **options: Any
) -> AsyncGenerator[int, None]:
    """The port of an application under our server."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        http=http,
        ws=ws,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        log_config=None,
        lifespan="off",
        **options,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await serving
        listener.close()


class Wire:
    """A connection on which a test writes bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, *parts: bytes) -> None:
        """Sends, unless the other side has gone."""
        try:
            for part in parts:
                self._writer.write(part)
                await self._writer.drain()
        except OSError:
            pass

    async def flood(self, piece: bytes, most: int) -> int:
        """Sends a piece again and again until the other side is gone; returns the bytes that got away."""
        sent = 0
        try:
            while sent < most:
                self._writer.write(piece)
                await self._writer.drain()
                sent += len(piece)
        except OSError:
            pass
        return sent

    async def abort(self) -> None:
        """Ends it without a word."""
        self._writer.transport.abort()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def answer(self) -> tuple[int, bytes]:
        """Status and body of the next answer that announces its length."""
        async with asyncio.timeout(60):
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
            )
            return int(head.split()[1]), await self._reader.readexactly(length)

    async def rest(self) -> bytes:
        """Everything until the other side closes."""
        said = bytearray()
        async with asyncio.timeout(60):
            try:
                while piece := await self._reader.read(65_536):
                    said += piece
            except OSError:
                pass
        return bytes(said)


@asynccontextmanager
async def wire(port: int) -> AsyncGenerator[Wire, None]:
    """A connection, closed afterwards."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Wire(reader, writer)
    finally:
        writer.transport.abort()


def strangers(peers: Peers) -> int:
    """How many connections count as those of their addresses."""
    return sum(len(at.strangers) for at in peers._addresses.values())
