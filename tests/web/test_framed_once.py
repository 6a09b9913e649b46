"""What is framed once goes out as it is, in its order, and not after the end."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from websockets.asyncio.client import connect

from estafette.realtime.frames import Frame
from estafette.web.framed_once import FramedOnce
from tests.waiting import PATIENCE, eventually


@asynccontextmanager
async def served(app: Any) -> AsyncGenerator[str, None]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, ws=FramedOnce, ws_per_message_deflate=False, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()


async def test_framed_and_plain_events_arrive_in_their_order() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        for number in range(3):
            await send({"type": "websocket.send", "text": f"plain {number}"})
            await send(Frame(f"framed {number}").event | {"text": "not this"})
        await receive()

    async with served(app) as address, connect(address) as client:
        heard = [await client.recv() for _ in range(6)]
    assert heard == ["plain 0", "framed 0", "plain 1", "framed 1", "plain 2", "framed 2"]


async def test_whoever_does_not_read_is_waited_for() -> None:
    size, count = 1_000_000, 50
    waiting: list[int] = []
    """Bytes that the server held for the client after each frame."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        transport = send.__self__.transport
        for _ in range(count):
            await send(Frame("x" * size).event)
            waiting.append(transport.get_write_buffer_size())
        await receive()

    async with served(app) as address, connect(address, max_size=None, max_queue=1) as client:
        # It reads only after the server has once held more than it likes to (asyncio: 64 KiB). How much more is up to
        # the kernel, whose buffers end somewhere within a frame.
        await eventually(lambda: max(waiting, default=0) > 65_536)
        assert {len(await client.recv()) for _ in range(count)} == {size}
    assert len(waiting) == count
    assert max(waiting) < 2 * size, "a frame was sent on top of one that nobody had read"


async def test_after_the_end_sending_says_so() -> None:
    told: asyncio.Queue[str] = asyncio.Queue()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        assert (await receive())["type"] == "websocket.disconnect"
        try:
            await send(Frame("late").event)
        except OSError as error:
            told.put_nowait(type(error).__name__)

    async with served(app) as address:
        async with connect(address):
            pass
        async with asyncio.timeout(PATIENCE):
            assert await told.get() == "ClientDisconnected"
