"""The OpenAPI 3.1 document: what the endpoints declare, their types by msgspec, and what the edge does for all."""

from collections.abc import Iterator, Sequence
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin

import msgspec

import estafette
from estafette.accounts import SignedIn
from estafette.base.settings import Settings
from estafette.http import Answer, CallerId, Endpoint, Response
from estafette.http.signature import Parameter, Signature, read_signature
from estafette.web.cookies import Cookies
from estafette.web.documents import words
from estafette.web.parts import Process
from estafette.web.supplies import supplies

TOLD_AT_THE_EDGE: Final = frozenset({"429", "503"})
"""Also before it is known which endpoint is asked for, and so not in the shape of its contract."""
_UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_NEEDS_SIGN_IN: Final = frozenset({SignedIn, CallerId})
_MAY_SIGN_IN: Final = frozenset({SignedIn | None, CallerId | None})
_SIGN_IN: Final = [{"cookie": []}, {"bearer": []}]

Json = dict[str, Any]


def openapi(endpoints: Sequence[Endpoint]) -> Json:
    """The document of these endpoints, the same for every installation."""
    supplied = supplies(Process(), Cookies(Settings())).keys()
    described = [(each, read_signature(each, supplied)) for each in endpoints if each.documented]
    schemas = _Schemas([kind for endpoint, signature in described for kind in _types(endpoint, signature)])
    paths: Json = {}
    for endpoint, signature in described:
        operation = _operation(endpoint, signature, schemas)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Estafette",
            "version": estafette.__version__,
            "description": words.INTRODUCTION,
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in words.TAGS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.components.items())) | words.SCHEMAS,
            "securitySchemes": words.SECURITY_SCHEMES,
            "responses": {name: _problem(text) for name, (_, text) in words.PROBLEMS.items()},
        },
    }


class _Schemas:
    """The schemas of all types, so that what two of them share is described once."""

    def __init__(self, types: Sequence[Any]) -> None:
        template = "#/components/schemas/{name}"
        found, self.components = msgspec.json.schema_components(types, ref_template=template)
        # Not a dictionary: an annotation with marks in it need not be hashable.
        self._found = list(zip(types, found, strict=True))

    def of(self, kind: Any) -> Json:
        """The schema of one of the types."""
        return next(dict(schema) for known, schema in self._found if known is kind)

    def of_any(self, kinds: Sequence[Any]) -> Json:
        """The schema of what is one of the types."""
        schemas = [self.of(kind) for kind in kinds]
        return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _types(endpoint: Endpoint, signature: Signature) -> Iterator[Any]:
    yield from (each.type for each in signature.parameters)
    if signature.data is not None:
        yield signature.data
    yield from _returned(signature)
    yield from (each.type for each in endpoint.outcomes.values() if each.type not in (None, bytes))


def _returned(signature: Signature) -> Sequence[Any]:
    """The types that the body of a success may have; none for an empty one and for bytes."""
    returned = signature.returns
    if get_origin(returned) is Answer:
        (returned,) = get_args(returned)
    if returned in (None, NoneType) or (isinstance(returned, type) and issubclass(returned, Response)):
        return ()
    return get_args(returned) if isinstance(returned, UnionType) else (returned,)


def _operation(endpoint: Endpoint, signature: Signature, schemas: _Schemas) -> Json:
    method, path = endpoint.method.lower(), endpoint.path
    wanted = set(signature.supplied.values())
    signed_in = bool(wanted & _NEEDS_SIGN_IN)
    operation: Json = {
        "tags": list(endpoint.tags),
        "summary": endpoint.summary,
        "description": endpoint.description,
        "operationId": endpoint.operation_id,
        "parameters": [_parameter(each, schemas) for each in signature.parameters],
        "security": _SIGN_IN if signed_in else [{}, *_SIGN_IN] if wanted & _MAY_SIGN_IN else [],
    }
    if endpoint.method in _UNSAFE and signed_in:
        operation["parameters"] = [each for each in operation["parameters"] if each["name"] != "Idempotency-Key"]
        operation["parameters"].append(words.IDEMPOTENCY_KEY)
    if (method, path) in words.BODIES:
        operation["requestBody"] = words.BODIES[method, path]
    elif signature.data is not None:
        operation["requestBody"] = {"required": True, "content": _json(schemas.of(signature.data))}
    operation["responses"] = _successes(endpoint, signature, schemas) | _problems(endpoint, operation, signed_in)
    return operation


def _parameter(parameter: Parameter, schemas: _Schemas) -> Json:
    schema = schemas.of(parameter.type)
    if parameter.default is not None:
        schema["default"] = parameter.default
    described: Json = {
        "name": parameter.wire_name,
        "in": parameter.location,
        "required": parameter.required,
        "schema": schema,
    }
    return described | ({"description": parameter.description} if parameter.description else {})


def _successes(endpoint: Endpoint, signature: Signature, schemas: _Schemas) -> Json:
    status = str(endpoint.status)
    success: Json = {"description": words.SUCCESSES.get(status, "Done")}
    if returned := _returned(signature):
        success["content"] = _json(schemas.of_any(returned))
    responses: Json = {status: success}
    for number, outcome in endpoint.outcomes.items():
        responses[str(number)] = {"description": outcome.description}
        if outcome.type is not None and outcome.type is not bytes:
            responses[str(number)]["content"] = _json(schemas.of(outcome.type))
    content = words.CONTENTS.get((endpoint.method.lower(), endpoint.path))
    if content is not None:
        for status, response in responses.items():
            if status.startswith("2"):
                response["content"] = content
    return responses


def _problems(endpoint: Endpoint, operation: Json, signed_in: bool) -> Json:
    found: Json = {}
    for name, (status, text) in words.PROBLEMS.items():
        if _may_happen(status, endpoint, operation, signed_in):
            shaped = endpoint.errors is not None
            found[status] = _contract_error(status, text) if shaped else {"$ref": f"#/components/responses/{name}"}
    return found


def _may_happen(status: str, endpoint: Endpoint, operation: Json, signed_in: bool) -> bool:
    writes = endpoint.method in _UNSAFE
    return {
        "400": True,
        "401": signed_in or endpoint.path.endswith(("/sessions", "/metrics")),
        "403": writes or signed_in or endpoint.path.endswith("/metrics"),
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


def _contract_error(status: str, text: str) -> Json:
    content = _json({"$ref": "#/components/schemas/ContractError"})
    if status in TOLD_AT_THE_EDGE:
        content |= _problem(text)["content"]
    return {"description": text, "content": content}


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}
