"""The straight way to a handler that takes plain values and returns a struct.

Litestar finds the route, describes it, and words what is wrong with a request. A request in order needs no more than
its values read, its handler called and the result encoded; that is a third of the work.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.plugins.base import ReceiveRoutePlugin
from litestar.routes import BaseRoute, HTTPRoute

from estafette.web.asgi import App, Receive, Scope, Send, whole_body
from estafette.web.decoding import body_decoder
from estafette.web.dependencies import Supply

_JSON: Final = (b"content-type", b"application/json")
_encode: Final = msgspec.json.Encoder().encode


class Straight:
    """Calls one handler."""

    def __init__(self, handler: HTTPRouteHandler, model: Any, supplies: Mapping[str, Supply]) -> None:
        self._call: Callable[..., Awaitable[Any]] = handler.fn
        self._status = handler.status_code
        in_path = {each.field_name for each in model.expected_path_params}
        wanted = handler.parsed_fn_signature.parameters.keys() - in_path
        self._supplies = [(name, supply) for name, supply in supplies.items() if name in wanted]
        self._parameters = _Parameters(handler, model) if _Parameters.needed(model) else None
        self._decode = body_decoder(handler) if "data" in model.expected_reserved_kwargs else None
        self._raw = "body" in model.expected_reserved_kwargs

    @staticmethod
    def suits(handler: HTTPRouteHandler, model: Any, supplies: Mapping[str, Supply]) -> bool:
        """Whether a handler takes and returns nothing but what is known here, and nothing is done around it."""
        returned = handler.parsed_fn_signature.return_type.annotation
        given = (*model.expected_path_params, *model.expected_query_params, *model.expected_header_params)
        known = {each.field_name for each in given} | supplies.keys() | {"data", "body"}
        return (
            isinstance(returned, type)
            and issubclass(returned, msgspec.Struct)
            and not handler.has_sync_callable
            and handler.parsed_fn_signature.parameters.keys() <= known
            and not (model.expected_form_data or model.expected_data_dto or model.expected_msgpack_data)
            and not (model.is_data_optional or model.sequence_query_parameter_names)
            and not (
                handler.resolve_guards() or handler.resolve_response_headers() or handler.resolve_response_cookies()
            )
            and not (handler.resolve_before_request() or handler.after_request)
            and not handler.resolve_after_response()
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send, otherwise: App) -> None:
        """Answers a request; one whose parameters are not in order goes the other way, to be told what is wrong."""
        values: dict[str, Any] = {**scope["path_params"]}
        for name, supply in self._supplies:
            values[name] = supply(scope)
        if self._parameters is not None and not self._parameters.read(scope, values):
            await otherwise(scope, receive, send)
            return
        if self._decode is not None:
            values["data"] = self._decode(await whole_body(scope, receive))
        elif self._raw:
            values["body"] = await whole_body(scope, receive)
        body = _encode(await self._call(**values))
        headers = [_JSON, (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})


class _Parameters:
    """What a handler takes from the query and from headers."""

    def __init__(self, handler: HTTPRouteHandler, model: Any) -> None:
        self._queried = {each.field_alias: each.field_name for each in model.expected_query_params}
        self._headers = {each.field_alias.lower().encode(): each.field_name for each in model.expected_header_params}
        types = handler.signature_model.__annotations__
        wanted = [*model.expected_query_params, *model.expected_header_params]
        fields = [
            (each.field_name, types[each.field_name], msgspec.NODEFAULT if each.is_required else each.default)
            for each in wanted
        ]
        self._type = msgspec.defstruct("Parameters", fields, kw_only=True)

    @staticmethod
    def needed(model: Any) -> bool:
        return bool(model.expected_query_params or model.expected_header_params)

    def read(self, scope: Scope, values: dict[str, Any]) -> bool:
        """Adds the parameters of a request to the values; False when they are not in order."""
        given: dict[str, str] = {}
        if scope["query_string"] and self._queried:
            for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True):
                if name in self._queried:
                    given[self._queried[name]] = value
        if self._headers:
            for name, value in scope["headers"]:
                if name in self._headers:
                    given.setdefault(self._headers[name], value.decode("latin-1"))
        try:
            values |= msgspec.structs.asdict(msgspec.convert(given, self._type, strict=False))
        except msgspec.ValidationError:
            return False
        return True


class StraightWays(ReceiveRoutePlugin):
    """The straight ways there are, by handler."""

    def __init__(self, supplies: Mapping[str, Supply]) -> None:
        self._supplies = supplies
        self.ways: dict[Any, Straight] = {}

    def receive_route(self, route: BaseRoute) -> None:
        """Finds the straight ways to the handlers of a route."""
        if isinstance(route, HTTPRoute):
            for handler, model in route.route_handler_map.values():
                if Straight.suits(handler, model, self._supplies):
                    self.ways[handler] = Straight(handler, model, self._supplies)
