"""The gate in front of every handler: who asks, from where, how fast, with which right, and whether it is a retry."""

import asyncio
from collections.abc import Hashable, Mapping
from functools import partial
from time import perf_counter
from typing import Any, Final

from litestar.datastructures import Cookie

from estafette.accounts import SignedIn
from estafette.base.errors import Malformed
from estafette.web.addresses import neighbourhood
from estafette.web.asgi import SAFE_METHODS, App, Message, Receive, Scope, Send, Visit, visit_of
from estafette.web.cookies import Cookies
from estafette.web.decoding import readable_query
from estafette.web.errors import CrossSite, ReadOnlyToken, TooManyRequests
from estafette.web.idempotency import Idempotency
from estafette.web.identity import Credential, Identities, credential
from estafette.web.origin import Origins
from estafette.web.pace import Pace
from estafette.web.straight import Straight
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
        self.origins = origins
        self.idempotency = idempotency
        self.throttle = throttle or Throttle()
        self.methods: dict[str, str] = {}
        """What each address takes, as the header Allow says it; Litestar tells of one handler of several only."""
        self.straight: Mapping[Any, Straight] = {}
        """The handlers that need not be called through Litestar."""
        self.strangers = Pace(burst=1_000, per_second=50)
        # A page of the web app asks for a few things at a time; a program works through lists.
        self.people = Pace(burst=3_000, per_second=100)
        self.programs = Pace(burst=30_000, per_second=500)
        # A gateway reports several times about each message that it carries.
        self.machines = Pace(burst=30_000, per_second=1_000)

    def credential(self, scope: Scope) -> Credential | None:
        """What a request shows to be recognised by."""
        return credential(scope, self._cookie_name)

    def recall(self, scope: Scope) -> SignedIn | None:
        """Who makes a request, as far as that is remembered."""
        shown = self.credential(scope)
        return None if shown is None else self.identities.recall(shown)

    async def recognise(self, visit: Visit, shown: Credential | None, *, machine: bool = False) -> None:
        """Finds out who asks; looking up a credential that is not remembered counts as a stranger's step.

        `machine`: a stranger's program that is expected to call often.
        """
        visit.signed_in = self.identities.recall(shown) if shown is not None else None
        if visit.signed_in is None:
            self.step(self.machines if machine else self.strangers, visit, neighbourhood(visit.address))
            if shown is not None:
                visit.signed_in = await self.identities.recognise(shown)

    def admit(self, scope: Scope, visit: Visit, shown: Credential | None) -> None:
        """Lets a request in or raises why not."""
        if scope["query_string"] and not readable_query(scope["query_string"]):
            raise Malformed
        safe = scope["method"] in SAFE_METHODS
        if not safe and not (shown is not None and shown.bearer) and not self.origins.ours(scope):
            raise CrossSite
        signed_in = visit.signed_in
        if signed_in is not None:
            if not safe and signed_in.token_id is not None and _WRITING_SCOPES.isdisjoint(signed_in.scopes):
                raise ReadOnlyToken
            pace = self.people if signed_in.token_id is None else self.programs
            self.step(pace, visit, signed_in.person_id)

    def step(self, pace: Pace, visit: Visit, who: Hashable) -> None:
        """Counts a request; raises TooManyRequests, which counts as well."""
        visit.paced = True
        try:
            pace.step(who)
        except TooManyRequests:
            self.throttle.refused(who)
            raise


class Gate:
    """The gate of one route; Litestar calls it after it has found the route (`opt={"open": True}` goes unasked).

    `opt={"machine": True}` is for strangers' programs that are expected to call often. `opt={"answers_after": seconds}`
    is for what must take as long whatever is found; nothing is held meanwhile.
    """

    def __init__(self, app: App, checks: Checks) -> None:
        self._app = app
        self._checks = checks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Asks, then lets the request through."""
        if scope["type"] != "http" or scope["route_handler"].opt.get("open"):
            await self._app(scope, receive, send)
            return
        checks = self._checks
        if scope["method"] == "OPTIONS":
            await _tell_methods(checks.methods.get(scope["path_template"], ""), send)
            return
        visit = visit_of(scope)
        shown = checks.credential(scope)
        await checks.recognise(visit, shown, machine=bool(scope["route_handler"].opt.get("machine")))
        checks.admit(scope, visit, shown)
        if (seconds := scope["route_handler"].opt.get("answers_after")) is not None:
            send = _not_before(visit.started + seconds, send)
        straight = checks.straight.get(scope["route_handler"])
        app = self._app if straight is None else partial(straight, otherwise=self._app)
        if scope["method"] not in SAFE_METHODS and checks.idempotency.concerns(scope):
            await checks.idempotency.run(app, scope, receive, send)
        elif scope["path_template"] == RENEWS and shown is not None and not shown.bearer and visit.signed_in:
            # The session slides with its use, so its cookie must: the web app asks who it is whenever it starts.
            await app(scope, receive, _setting(checks.cookies.session(shown.secret), send))
        else:
            await app(scope, receive, send)


def _setting(cookie: Cookie, send: Send) -> Send:
    async def send_with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], cookie.to_encoded_header()]
        await send(message)

    return send_with_cookie


def _not_before(moment: float, send: Send) -> Send:
    async def send_then(message: Message) -> None:
        if message["type"] == "http.response.start":
            await asyncio.sleep(moment - perf_counter())
        await send(message)

    return send_then


async def _tell_methods(allowed: str, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": [(b"allow", allowed.encode())]})
    await send({"type": "http.response.body", "body": b""})
