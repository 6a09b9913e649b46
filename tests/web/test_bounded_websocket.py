"""A socket that sends more than anybody needs is closed with a code, whatever it is that it sends."""

import asyncio
import inspect
from typing import Any

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.protocol import Protocol

from estafette.web import bounded_websocket
from tests.web.served import served, wire

HEAD = b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"


def masked(opcode: int, payload: bytes, *, fin: bool = True) -> bytes:
    """A frame of a client (RFC 6455, section 5.2) with a mask that changes nothing."""
    assert len(payload) < 126
    return bytes((fin << 7 | opcode, 0x80 | len(payload), 0, 0, 0, 0)) + payload


BEAT = masked(1, b'{"type":"beat"}')
FLOODS = {
    "heartbeats": (b"", BEAT),
    "pings": (b"", masked(9, b"x")),
    "pongs": (b"", masked(10, b"")),
    "empty fragments": (masked(1, b"{", fin=False), masked(0, b"", fin=False)),
    "garbage": (b"", masked(1, b"nope")),
}


class App:
    """Accepts a socket and counts what it says until it ends."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.ended: asyncio.Queue[int] = asyncio.Queue()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while (event := await receive())["type"] == "websocket.receive":
            self.heard.append(event)
        self.ended.put_nowait(event["code"])


def connected(port: int) -> connect:
    return connect(f"ws://127.0.0.1:{port}/", ping_interval=None, compression=None)


async def code_of(socket: ClientConnection) -> int | None:
    try:
        async with asyncio.timeout(60):
            while True:
                await socket.recv()
    except ConnectionClosed:
        return socket.close_code


@pytest.mark.parametrize("kind", FLOODS)
async def test_whoever_floods_is_closed_with_1008(kind: str) -> None:
    app = App()
    begin, piece = FLOODS[kind]
    async with served(app) as port, connected(port) as socket:
        socket.transport.write(begin + piece * 1_000)
        assert await code_of(socket) == 1008
        assert socket.close_reason == "too_many_frames"
        assert await app.ended.get() == 1008
    assert len(app.heard) <= bounded_websocket.BURST_FRAMES


async def test_large_frames_are_a_flood_too() -> None:
    app = App()
    async with served(app, ws_max_size=65_536) as port, connected(port) as socket:
        for _ in range(3):
            await socket.send("x" * 65_000)
        assert await code_of(socket) == 1008
    assert len(app.heard) <= 2


async def test_the_longest_frame_and_a_busy_writer_are_no_flood() -> None:
    app = App()
    async with served(app, ws_max_size=65_536) as port, connected(port) as socket:
        await socket.send("x" * 65_536)
        for _ in range(40):
            await socket.send('{"type":"beat"}')
        await socket.close()
        assert await app.ended.get() == 1000
    assert len(app.heard) == 41


async def test_what_went_on_for_hours_within_the_limit_is_no_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("estafette.web.bucket.monotonic", lambda: now)
    app = App()
    async with served(app) as port, connected(port) as socket:
        for _ in range(500):
            now += 0.2
            await socket.send('{"type":"beat"}')
            await (await socket.ping())
        await socket.close()
        assert await app.ended.get() == 1000
    assert len(app.heard) == 500


async def test_a_flood_goes_on_to_a_closed_door() -> None:
    async with served(App()) as port, wire(port) as stubborn:
        await stubborn.send(HEAD + b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
        assert await stubborn.flood(BEAT * 1_000, 64_000_000) < 32_000_000


async def test_a_handshake_that_the_library_does_not_like_is_not_kept_open() -> None:
    many = b"".join(b"x%d: y\r\n" % number for number in range(200))
    async with served(App()) as port:
        for head in (HEAD + many, HEAD + b"X-A: " + b"a" * 20_000 + b"\r\n"):
            async with wire(port) as odd:
                await odd.send(head + b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                assert (await odd.rest()).startswith(b"HTTP/1.1 431 ")


def test_uvicorn_and_websockets_still_have_what_is_built_upon() -> None:
    assert list(inspect.signature(WebSocketsSansIOProtocol.data_received).parameters) == ["self", "data"]
    assert list(inspect.signature(WebSocketsSansIOProtocol.handle_events).parameters) == ["self"]
    assert "self.handle_events()" in inspect.getsource(WebSocketsSansIOProtocol.data_received)
    made = inspect.getsource(WebSocketsSansIOProtocol.__init__)
    for attribute in (
        "app_state",
        "queue",
        "conn",
        "close_sent",
        "close_timer",
        "handshake_complete",
        "handshake_initiated",
        "read_paused",
    ):
        assert f"self.{attribute}" in made, attribute
    assert '"state": self.app_state.copy()' in inspect.getsource(WebSocketsSansIOProtocol.handle_connect)
    assert "if self.close_timer is None:" in inspect.getsource(WebSocketsSansIOProtocol.run_asgi)
    assert "self.events" in inspect.getsource(Protocol.events_received)
