"""The words of ASGI, and what the edge notes about a request on its way in and out."""

from collections.abc import Awaitable, Callable, MutableMapping
from time import perf_counter
from typing import Any, Final

from uuid_utils import uuid4

from estafette.accounts import SignedIn
from estafette.base.errors import TooLarge

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_VISIT: Final = "estafette"


class Visit:
    """One request or socket: its id, whence it came, who asks once that is known, and how it was answered."""

    __slots__ = ("address", "paced", "request_id", "secure", "send", "signed_in", "started", "status")

    def __init__(self, address: str, secure: bool) -> None:
        self.request_id = str(uuid4())
        self.address = address
        self.secure = secure
        """Whether it came over TLS, as far as the edge may believe it."""
        self.signed_in: SignedIn | None = None
        self.paced = False
        """Whether it was counted how fast this one goes."""
        self.status = 0
        """The HTTP status sent; 0 while nothing was sent."""
        self.started = perf_counter()


def note(scope: Scope, visit: Visit) -> None:
    """Leaves the visit where every part of the edge finds it."""
    scope[_VISIT] = visit


def visit_of(scope: Scope) -> Visit:
    """The visit that a scope belongs to."""
    return scope[_VISIT]


async def whole_body(scope: Scope, receive: Receive) -> bytes:
    """The body of a request; raises TooLarge, and ConnectionResetError when the client goes away before its end."""
    limit = scope["route_handler"].resolve_request_max_body_size()
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


def header(scope: Scope, name: bytes) -> bytes | None:
    """The first header of a name (in lower case)."""
    for key, value in scope["headers"]:
        if key == name:
            return value
    return None
