"""The gate in front of every handler: who asks, from where, how fast, with which right, and whether it is a retry."""

import asyncio
from collections.abc import Hashable
from functools import partial
from time import perf_counter
from typing import Any, Final
from urllib.parse import parse_qsl

from estafette.accounts import SignedIn
from estafette.base.errors import Malformed
from estafette.http import Cookie
from estafette.http.asgi import SAFE_METHODS, Message, Receive, Scope, Send
from estafette.http.calling import Call
from estafette.web.addresses import neighbourhood
from estafette.web.cookies import Cookies
from estafette.web.errors import CrossSite, ReadOnlyToken, TooManyRequests
from estafette.web.idempotency import Idempotency
from estafette.web.identity import Credential, Identities, credential
from estafette.web.look_ups import LookUps
from estafette.web.origin import Origins
from estafette.web.rate_limiter import RateLimiter
from estafette.web.request_context import RequestContext, context_of
from estafette.web.throttle import Throttle

RENEWS: Final = "/api/v1/me"
_WRITING_SCOPES: Final = frozenset({"write", "admin"})


class Checks:
    """What the gate asks, shared by all routes."""

    def __init__(
        self,
        cookies: Cookies,
        identities: Identities,
        origins: Origins,
        idempotency: Idempotency,
        throttle: Throttle | None = None,
    ) -> None:
        self.cookies = cookies
        self._cookie_name = cookies.name.encode()
        self.identities = identities
        self._look_ups = LookUps(identities)
        self.origins = origins
        self.idempotency = idempotency
        self.throttle = throttle or Throttle()
        self.strangers = RateLimiter(burst=1_000, per_second=50)
        # A page of the web app asks for a few things at a time; a program works through lists.
        self.people = RateLimiter(burst=3_000, per_second=100)
        self.programs = RateLimiter(burst=30_000, per_second=500)
        # Fifty pages of somebody that come back at once, again and again while the server cannot keep them.
        self.connecting = RateLimiter(burst=500, per_second=10)
        # A gateway reports several times about each message that it carries.
        self.machines = RateLimiter(burst=30_000, per_second=1_000)

    def credential(self, scope: Scope) -> Credential | None:
        """What a request shows to be recognised by."""
        return credential(scope, self._cookie_name)

    def recall(self, scope: Scope) -> SignedIn | None:
        """Who makes a request, as far as that is remembered."""
        shown = self.credential(scope)
        return None if shown is None else self.identities.recall(shown)

    async def recognise(self, context: RequestContext, shown: Credential | None, *, machine: bool = False) -> None:
        """Finds out who asks; whoever is nobody, whatever they show, counts as a stranger of their address.

        `machine`: a stranger's program that is expected to call often.
        """
        strangers = self.machines if machine else self.strangers
        if shown is not None:
            try:
                await self.look_up(context, shown)
            except TooManyRequests:
                # Too many wait to be looked up: it may well be somebody, so it counts against nobody.
                context.paced = True
                raise
            except Exception:
                # As long as nobody can be asked, everybody is a stranger.
                self.step(strangers, context, neighbourhood(context.address))
                raise
        if context.signed_in is None:
            self.step(strangers, context, neighbourhood(context.address))

    async def look_up(self, context: RequestContext, shown: Credential) -> None:
        """Notes who shows a credential, if anybody does, and that the connection is theirs."""
        signed_in = self.identities.recall(shown)
        if signed_in is None:
            where = neighbourhood(context.address)
            in_doubt = not self.strangers.has_room(where) or self.throttle.seconds_left(where) > 0
            signed_in = await self._look_ups.recognise(shown, where, in_doubt=in_doubt)
        context.signed_in = signed_in
        if signed_in is not None and context.place is not None:
            context.place.belongs_to(signed_in.person_id)

    def admit(self, scope: Scope, context: RequestContext, shown: Credential | None) -> None:
        """Lets a request in or raises why not."""
        if scope["query_string"] and not readable_query(scope["query_string"]):
            raise Malformed
        safe = scope["method"] in SAFE_METHODS
        if not safe and not (shown is not None and shown.bearer) and not self.origins.ours(scope):
            raise CrossSite
        signed_in = context.signed_in
        if signed_in is not None:
            if not safe and signed_in.token_id is not None and _WRITING_SCOPES.isdisjoint(signed_in.scopes):
                raise ReadOnlyToken
            limiter = self.people if signed_in.token_id is None else self.programs
            self.step(limiter, context, signed_in.person_id)

    def step(self, limiter: RateLimiter, context: RequestContext, who: Hashable) -> None:
        """Counts a request; raises TooManyRequests, which counts as well."""
        context.paced = True
        try:
            limiter.step(who)
        except TooManyRequests:
            self.throttle.refused(who)
            raise


class Gate:
    """The gate before every endpoint; one that is `open` goes unasked."""

    def __init__(self, checks: Checks) -> None:
        self._checks = checks

    async def __call__(self, call: Call, values: dict[str, Any], scope: Scope, receive: Receive, send: Send) -> None:
        """Asks, then lets the request through to its handler; `values` is what its path gave."""
        endpoint = call.endpoint
        if endpoint.open:
            await call(values, scope, receive, send)
            return
        checks = self._checks
        context = context_of(scope)
        shown = checks.credential(scope)
        await checks.recognise(context, shown, machine=endpoint.machine)
        checks.admit(scope, context, shown)
        if endpoint.answers_after is not None:
            send = _not_before(context.started + endpoint.answers_after, send)
        if scope["method"] not in SAFE_METHODS and checks.idempotency.concerns(endpoint, scope):
            await checks.idempotency.run(endpoint, partial(call, values), scope, receive, send)
        elif endpoint.path == RENEWS and shown is not None and not shown.bearer and context.signed_in:
            # The session slides with its use, so its cookie must: the web app asks who it is whenever it starts.
            await call(values, scope, receive, _setting(checks.cookies.session(shown.secret), send))
        else:
            await call(values, scope, receive, send)


def _setting(cookie: Cookie, send: Send) -> Send:
    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], cookie.header()]
        await send(message)

    return send_with_cookie


def _not_before(moment: float, send: Send) -> Send:
    async def send_then(message: Message) -> None:
        if message["type"] == "http.response.start":
            await asyncio.sleep(moment - perf_counter())
        await send(message)

    return send_then


def readable_query(query: bytes) -> bool:
    """Whether a query string is text that can be stored and searched for: UTF-8 without NUL."""
    if b"%00" not in query and b"%" in query:
        try:
            parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
        except (UnicodeDecodeError, ValueError):
            return False
    return b"%00" not in query
