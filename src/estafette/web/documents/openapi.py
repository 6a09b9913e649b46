"""The OpenAPI 3.1 document: Litestar's, completed with what the edge does for every route."""

from collections.abc import Iterator
from typing import Any, Final, cast

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import License

import estafette
from estafette.base.settings import Settings
from estafette.web.cookies import Cookies
from estafette.web.dependencies import named_plainly, registered, supplies
from estafette.web.documents import words
from estafette.web.parts import Process

_UNSAFE: Final = frozenset({"post", "put", "patch", "delete"})
_NEEDS_SIGN_IN: Final = frozenset({"signed_in", "person_id"})
_MAY_SIGN_IN: Final = frozenset({"visitor", "maybe_person_id"})
_SIGN_IN: Final = [{"cookie": []}, {"bearer": []}]
_NOISE: Final = (("deprecated", False), ("allowEmptyValue", False), ("allowReserved", False), ("headers", {}))

Json = dict[str, Any]


def openapi(handlers: list[Any]) -> Json:
    """The document of these handlers, the same for every installation."""
    names = supplies(Process(), Cookies(Settings()))
    with named_plainly():
        app = Litestar(
            handlers,
            dependencies=registered(names.keys() - {"person_id"}),
            logging_config=None,
            openapi_config=OpenAPIConfig(
                title="Estafette",
                version=estafette.__version__,
                description=words.INTRODUCTION,
                license=License(name="Apache License 2.0", identifier="Apache-2.0"),
                operation_id_creator=lambda handler, *_: _camel(handler.handler_name.rsplit(".", 1)[-1]),
                use_handler_docstrings=True,
            ),
        )
    found = app.openapi_schema.to_schema()
    by_operation = {
        (path, method.lower()): handler
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        for method in handler.http_methods
        for path in [route.path_format]
    }
    for path, method, operation in _operations(found):
        _complete(path, method, operation, by_operation[path, method])
    found["components"] |= {
        "securitySchemes": words.SECURITY_SCHEMES,
        "responses": {name: _problem(text) for name, (_, text) in words.PROBLEMS.items()},
    }
    found["components"]["schemas"] |= words.SCHEMAS
    found["tags"] = [{"name": name, "description": text} for name, text in words.TAGS.items()]
    found["paths"] = dict(sorted(found["paths"].items()))
    return cast("Json", _without_noise(found))


def _operations(found: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in found["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _complete(path: str, method: str, operation: Json, handler: HTTPRouteHandler) -> None:
    asks = handler.parsed_fn_signature.parameters.keys()
    if asks & _NEEDS_SIGN_IN:
        operation["security"] = _SIGN_IN
    elif asks & _MAY_SIGN_IN:
        operation["security"] = [{}, *_SIGN_IN]
    else:
        operation["security"] = []
    parameters = operation.setdefault("parameters", [])
    if method in _UNSAFE and asks & _NEEDS_SIGN_IN:
        parameters[:] = [each for each in parameters if each["name"] != "Idempotency-Key"]
        parameters.append(words.IDEMPOTENCY_KEY)
    if (method, path) in words.BODIES:
        operation["requestBody"] = words.BODIES[method, path]
    responses = {status: each for status, each in operation["responses"].items() if status.startswith(("2", "3"))}
    for status, each in responses.items():
        each["description"] = words.SUCCESSES.get(status, each["description"])
        if (method, path) in words.CONTENTS:
            each["content"] = words.CONTENTS[method, path]
    contract = "errors" in handler.opt
    for name, (status, text) in words.PROBLEMS.items():
        if _may_happen(status, method, path, operation, bool(asks & _NEEDS_SIGN_IN)):
            responses[status] = _contract_error(text) if contract else {"$ref": f"#/components/responses/{name}"}
    operation["responses"] = responses


def _may_happen(status: str, method: str, path: str, operation: Json, signed_in: bool) -> bool:
    writes = method in _UNSAFE
    return {
        "400": True,
        "401": signed_in or path.endswith(("/sessions", "/metrics")),
        "403": writes or signed_in or path.endswith("/metrics"),
        "404": bool(operation["parameters"]) or writes,
        "409": writes,
        "413": writes,
        "422": bool(operation["parameters"]) or "requestBody" in operation or writes,
        "429": True,
        "500": True,
        "503": True,
    }[status]


def _problem(text: str) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def _contract_error(text: str) -> Json:
    schema = {"$ref": "#/components/schemas/ContractError"}
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def _without_noise(value: Any) -> Any:
    if isinstance(value, dict):
        entries = cast("Json", value)
        return {name: _without_noise(each) for name, each in entries.items() if (name, each) not in _NOISE}
    if isinstance(value, list):
        return [_without_noise(each) for each in cast("list[Any]", value)]
    return value
