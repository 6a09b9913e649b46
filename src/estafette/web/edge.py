"""The outermost layer: each request gets its id, complete headers and an answer, and is measured."""

import re
from collections.abc import Callable
from time import perf_counter
from typing import Final

import msgspec
from structlog.contextvars import bind_contextvars

from estafette.base.errors import Problem
from estafette.base.request_log import RequestLine, requests
from estafette.base.settings import Settings
from estafette.http.asgi import App, Message, Receive, Scope, Send
from estafette.web.addresses import Proxies
from estafette.web.admission import Admission
from estafette.web.headers import always, completed
from estafette.web.metrics import RequestMetrics
from estafette.web.peers import place_of
from estafette.web.problems import MEDIA_TYPE, body_of, report
from estafette.web.request_context import RequestContext, attach
from estafette.web.unexpected_tls import UnexpectedTls

SERVER_ERROR: Final = 500
# Asked every few seconds by machines: counted, not logged.
_UNLOGGED: Final = frozenset({"/healthz", "/readyz", "/metrics"})

# Where answering GET would mean to read a file for nothing.
_HEADS_OF_ITS_OWN: Final = re.compile(r"/api/v1/(files|uploads)/[^/]+/?$")


class Edge:
    """Puts together what answers; `pages` answers what belongs to the web app and returns None for the rest."""

    def __init__(
        self,
        api: App,
        live: App,
        lifespan: App,
        settings: Settings,
        metrics: RequestMetrics,
        pages: Callable[[Scope], App | None],
        admission: Admission,
    ) -> None:
        self._api = api
        self._live = live
        self._lifespan = lifespan
        self._proxies = Proxies(settings.trusted_proxies)
        self._headers = always(settings)
        self._metrics = metrics
        self._pages = pages
        self._admission = admission
        self.unexpected_tls = UnexpectedTls(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request or serves a socket."""
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
            return
        context = RequestContext(*self._proxies.origin(scope), place_of(scope))
        attach(scope, context)
        if context.secure and self.unexpected_tls.possible:
            self.unexpected_tls.saw()
        bind_contextvars(request_id=context.request_id)
        wait = await self._admission.seconds_to_wait(scope, context)
        if scope["type"] == "websocket":
            if wait:
                await self._admission.turn_away(scope, receive, send, wait)
                return
            await self._live(scope, receive, send)
            self._log(scope, context, "SOCKET")
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                context.status = message["status"]
                headers = completed(message["headers"], self._headers)
                headers.append((b"x-request-id", context.request_id.encode()))
                message["headers"] = headers
            await send(message)

        method: str = scope["method"]
        if wait:
            # Counted, and not logged: the log must not be what floods.
            await self._admission.turn_away(scope, receive, complete, wait)
            self._count(method, "throttled", context)
            return
        page = self._pages(scope)
        try:
            if page is None and method == "HEAD" and not _HEADS_OF_ITS_OWN.match(scope["path"]):
                # In a copy: the server below must still know that the answer has no body.
                scope = {**scope, "method": "GET"}
                await self._api(scope, receive, _headers_only(complete))
            else:
                await (page or self._api)(scope, receive, complete)
        except Exception as error:
            report(error, SERVER_ERROR)
            if not context.status:
                await _apologise(scope, complete)
        finally:
            self._admission.count(scope, context, page=page is not None)
            self._log(scope, context, method, page is not None)

    def _count(self, method: str, route: str, context: RequestContext) -> None:
        # A method of somebody's own invention must not become a label.
        known = method if method in _METHODS else "OTHER"
        self._metrics.answered(known, route, context.status, perf_counter() - context.started)

    def _log(self, scope: Scope, context: RequestContext, method: str, page: bool = False) -> None:
        seconds = perf_counter() - context.started
        route = "page" if page else context.route
        if method != "SOCKET":
            self._count(method, route, context)
        if route in _UNLOGGED or page:
            return
        person = context.signed_in.person_id if context.signed_in else None
        requests.log(RequestLine(context.request_id, method, route, context.status, round(seconds * 1000, 1), person))


_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


def _headers_only(send: Send) -> Send:
    """HEAD is answered like GET, without the body (RFC 9110)."""

    async def send_headers(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_headers


async def _apologise(scope: Scope, send: Send) -> None:
    body = msgspec.json.encode(body_of(Problem(), scope))
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": SERVER_ERROR, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
