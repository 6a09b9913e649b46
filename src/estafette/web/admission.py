"""The first question about a request, before it is looked at: whether whoever makes it is throttled."""

from collections.abc import Callable
from typing import Final

import msgspec

from estafette.accounts import SignedIn
from estafette.base.errors import TooMany
from estafette.http.asgi import Receive, Scope, Send
from estafette.web.addresses import Proxies, neighbourhood
from estafette.web.errors import TooManyRequests
from estafette.web.problems import MEDIA_TYPE, body_of
from estafette.web.rate_limiter import RateLimiter
from estafette.web.request_context import RequestContext
from estafette.web.throttle import Throttle

STATUS: Final = 429
TRY_LATER: Final = 1013
"""Close code of a live connection (docs/live-protocol.md)."""


class Admission:
    """Turns throttled addresses and people away at little cost; `recall` tells who asks, as far as it is remembered."""

    def __init__(self, throttle: Throttle, proxies: Proxies, recall: Callable[[Scope], SignedIn | None]) -> None:
        self._throttle = throttle
        self._proxies = proxies
        self._recall = recall
        # What the gate does not pace. A classroom opens the app at the same moment, each page with all its files;
        # documents, what machines ask, and what is not there are asked for now and then.
        self._pages = RateLimiter(burst=5_000, per_second=200)
        self._others = RateLimiter(burst=300, per_second=20)

    def seconds_to_wait(self, scope: Scope, context: RequestContext) -> int:
        """For how many seconds a request is turned away; 0 lets it in.

        Somebody who is remembered to be signed in does not answer for their neighbours.
        """
        if not self._throttle.active:
            return 0
        signed_in = self._recall(scope)
        who = neighbourhood(context.address) if signed_in is None else signed_in.person_id
        if not self._throttle.seconds_left(who):
            return 0
        # A flood that goes on stays throttled; who asks now and then comes in when the time is over.
        self._throttle.refused(who)
        return self._throttle.seconds_left(who)

    def count(self, context: RequestContext, *, page: bool) -> None:
        """Counts a request that nobody has paced; `page`: for the web app and its files."""
        if context.paced:
            return
        where = neighbourhood(context.address)
        try:
            (self._pages if page else self._others).step(where)
        except TooMany:
            self._throttle.refused(where)

    async def turn_away(self, scope: Scope, receive: Receive, send: Send, seconds: int) -> None:
        """Answers 429, and ends the connection if it is theirs alone; a socket is closed with a code."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": TRY_LATER, "reason": ""})
            return
        body = msgspec.json.encode(body_of(TooManyRequests(retry_after=seconds), scope))
        headers = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", b"%d" % len(body)),
            (b"retry-after", b"%d" % seconds),
        ]
        peer = scope.get("client")
        if peer is not None and not self._proxies.trusts(peer[0]):
            headers.append((b"connection", b"close"))
        await send({"type": "http.response.start", "status": STATUS, "headers": headers})
        await send({"type": "http.response.body", "body": body})
