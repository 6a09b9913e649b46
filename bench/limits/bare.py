"""The WebSocket server without us: the same uvicorn with the same settings, and an application of four paths.

`/readyz` answers 200, `/echo` sends back what it gets, `/listen` waits, and what is sent to `/drive` goes to everyone
who listens.
"""

import argparse
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import uvicorn

Send = Callable[[dict[str, Any]], Awaitable[None]]
_listening: set[Send] = set()


async def application(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
    """The least that an ASGI application can do."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    if scope["path"] == "/listen":
        _listening.add(send)
    while (event := await receive())["type"] == "websocket.receive":
        if scope["path"] == "/echo":
            await send({"type": "websocket.send", "text": event["text"]})
        elif scope["path"] == "/drive":
            frame = {"type": "websocket.send", "text": event["text"]}
            for each in list(_listening):
                # One who has just left is found here before their own loop ends.
                with suppress(OSError, RuntimeError):
                    await each(frame)
    _listening.discard(send)


def main() -> None:
    """Serves on a port of this machine, with the settings of `estafette serve`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    uvicorn.run(
        application,
        port=parser.parse_args().port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=65_536,
        ws_ping_interval=None,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level="error",
        lifespan="off",
    )


if __name__ == "__main__":
    main()
