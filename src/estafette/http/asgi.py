"""The words of ASGI, and reading what a request brought."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from estafette.base.errors import TooLarge

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def header(scope: Scope, name: bytes) -> bytes | None:
    """The first header of a name (in lower case)."""
    for key, value in scope["headers"]:
        if key == name:
            return value
    return None


async def whole_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The body of a request; raises TooLarge, and ConnectionResetError when the client goes away before its end."""
    announced = header(scope, b"content-length") or b"0"
    if announced.isdigit() and int(announced) > limit:
        raise TooLarge(max=limit)
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError("the client went away")
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise TooLarge(max=limit)
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)
