"""Calls a handler: its values are read, it is awaited, and what it returns is sent."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from estafette.http.asgi import Receive, Scope, Send, whole_body
from estafette.http.bodies import body_decoder
from estafette.http.endpoints import Endpoint
from estafette.http.parameters import Parameters
from estafette.http.responses import JSON, Answer, encode
from estafette.http.signature import read_segment, read_signature

Supply = Callable[[Scope], Any]
"""Finds the value of a type for a request; may raise a Problem, such as Unauthenticated."""

_JSON: Final = (b"content-type", JSON.encode())


class Call:
    """The way to one endpoint's handler."""

    def __init__(self, endpoint: Endpoint, supplies: Mapping[Any, Supply]) -> None:
        signature = read_signature(endpoint, supplies.keys())
        self.endpoint = endpoint
        self._handler = endpoint.handler
        self._in_path = signature.parameters_in("path")
        self._supplies = [(name, supplies[wanted]) for name, wanted in signature.supplied.items()]
        elsewhere = signature.parameters_in("query", "header")
        self._parameters = Parameters(elsewhere) if elsewhere else None
        self._decode = body_decoder(signature.data) if signature.data is not None else None
        self._raw_body = signature.raw_body
        self._request = signature.request

    def values_in(self, segments: Sequence[str]) -> dict[str, Any]:
        """What the path gives; raises ValueError where a segment is not what the handler takes."""
        return {each.name: read_segment(each, text) for each, text in zip(self._in_path, segments, strict=True)}

    async def __call__(self, values: dict[str, Any], scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request whose path gave `values`; raises what is wrong with it, as a Problem."""
        # First of all whoever is asked for: who is not signed in learns that, and nothing of the parameters.
        for name, supply in self._supplies:
            values[name] = supply(scope)
        if self._parameters is not None:
            values |= self._parameters.read(scope)
        if self._decode is not None:
            values["data"] = self._decode(await whole_body(scope, receive, self.endpoint.max_body))
        elif self._raw_body:
            values["body"] = await whole_body(scope, receive, self.endpoint.max_body)
        if self._request is not None:
            values[self._request] = Request(scope, receive)
        result = await self._handler(**values)
        if isinstance(result, Response):
            await result(scope, receive, send)
        elif isinstance(result, Answer):
            await _send(send, result.status, result.value, result.raw_headers())
        else:
            await _send(send, self.endpoint.status, result, [])


async def _send(send: Send, status: int, value: Any, headers: list[tuple[bytes, bytes]]) -> None:
    body = b""
    if status != HTTPStatus.NO_CONTENT:
        body = encode(value)
        headers += [_JSON, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
