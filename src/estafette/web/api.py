"""The HTTP API: finds the endpoint of a request, has the gate let it through, and answers what went wrong."""

from estafette.http.asgi import Receive, Scope, Send
from estafette.http.endpoints import Endpoint
from estafette.http.routing import Routes
from estafette.web import problems
from estafette.web.errors import MethodNotAllowed, UnknownRoute
from estafette.web.gate import Gate
from estafette.web.request_context import context_of


class Api:
    """An ASGI application over the endpoints of a process."""

    def __init__(self, routes: Routes, gate: Gate) -> None:
        self._routes = routes
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request; raises only what went wrong after the answer had begun."""
        endpoint: Endpoint | None = None
        try:
            found = self._routes.find(scope["path"])
            if found is None:
                raise UnknownRoute
            route, segments = found
            context_of(scope).route = route.path
            call = route.calls.get(scope["method"])
            if call is None:
                if scope["method"] == "OPTIONS":
                    await _answer_options(route.allowed, send)
                    return
                raise MethodNotAllowed(route.allowed)
            endpoint = call.endpoint
            try:
                values = call.values_in(segments)
            except ValueError:
                raise UnknownRoute from None
            await self._gate(call, values, scope, receive, send)
        except Exception as error:
            if context_of(scope).status:
                raise
            await problems.answer(scope, endpoint, error)(scope, receive, send)


async def _answer_options(allowed: str, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": [(b"allow", allowed.encode())]})
    await send({"type": "http.response.body", "body": b""})
