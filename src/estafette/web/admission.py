"""The first question about a request, before it is looked at: whether whoever makes it is throttled."""

from contextlib import suppress
from typing import Final

import msgspec

from estafette.accounts import SignedIn
from estafette.base.errors import TooMany
from estafette.http.asgi import Receive, Scope, Send
from estafette.web.addresses import Proxies, neighbourhood
from estafette.web.errors import TooManyRequests
from estafette.web.gate import Checks
from estafette.web.problems import MEDIA_TYPE, body_of
from estafette.web.rate_limiter import RateLimiter
from estafette.web.request_context import RequestContext
from estafette.web.throttle import Throttle

STATUS: Final = 429
TRY_LATER: Final = 1013
"""Close code of a live connection (docs/live-protocol.md)."""


class Admission:
    """Turns throttled addresses and people away at little cost."""

    def __init__(self, throttle: Throttle, proxies: Proxies, checks: Checks) -> None:
        self._throttle = throttle
        self._proxies = proxies
        self._checks = checks
        # What the gate does not pace. A classroom opens the app at the same moment, each page with all its files;
        # documents, what machines ask, and what is not there are asked for now and then.
        self._pages = RateLimiter(burst=5_000, per_second=200)
        self._others = RateLimiter(burst=300, per_second=20)

    async def seconds_to_wait(self, scope: Scope, context: RequestContext) -> int:
        """For how many seconds a request is turned away; 0 lets it in.

        Somebody who is signed in does not answer for their neighbours, and is looked up for it where nobody remembers
        them: else nobody could come in beside a stranger who floods the server that has just started.
        """
        if not self._throttle.active:
            return 0
        signed_in = self._checks.recall(scope)
        where = neighbourhood(context.address)
        if signed_in is None and self._throttle.seconds_left(where):
            signed_in = await self._look_up(scope, context)
        who = where if signed_in is None else signed_in.person_id
        if not self._throttle.seconds_left(who):
            return 0
        # A flood that goes on stays throttled; who asks now and then comes in when the time is over.
        self._throttle.refused(who)
        return self._throttle.seconds_left(who)

    async def _look_up(self, scope: Scope, context: RequestContext) -> SignedIn | None:
        shown = self._checks.credential(scope)
        if shown is None:
            return None
        # Who cannot be asked about is a stranger, and not logged: the log must not be what floods.
        with suppress(Exception):
            await self._checks.look_up(context, shown)
        return context.signed_in

    def count(self, scope: Scope, context: RequestContext, *, page: bool) -> None:
        """Counts a request that nobody has paced; `page`: for the web app and its files."""
        if context.paced:
            return
        signed_in = context.signed_in or self._checks.recall(scope)
        if signed_in is not None and context.place is not None:
            context.place.belongs_to(signed_in.person_id)
        who = neighbourhood(context.address) if signed_in is None else signed_in.person_id
        try:
            (self._pages if page else self._others).step(who)
        except TooMany:
            self._throttle.refused(who)

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
