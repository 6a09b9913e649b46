"""What a handler takes, read once from its signature."""

import inspect
from collections.abc import Collection
from typing import Annotated, Any, Final, Literal, get_args, get_origin
from uuid import UUID

import msgspec
from starlette.requests import Request

from estafette.http.endpoints import Endpoint

Location = Literal["path", "query", "header"]


class Header(msgspec.Struct, frozen=True):
    """Marks a parameter that stands in a header of this name."""

    name: str
    description: str = ""


class Query(msgspec.Struct, frozen=True):
    """Says of a parameter in the query what it means, or that it has another name there."""

    description: str = ""
    name: str = ""


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One value that a request gives in its path, its query or a header."""

    name: str
    """As the handler calls it."""
    wire_name: str
    """As the request calls it."""
    location: Location
    type: Any
    required: bool = True
    default: Any = None
    description: str = ""


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """All that a handler takes; `supplied` holds the types of what comes from the process, by name."""

    parameters: list[Parameter]
    supplied: dict[str, Any]
    data: Any = None
    """The type of the JSON body, if one is read."""
    raw_body: bool = False
    request: str | None = None
    """The name under which the handler wants the request itself."""
    returns: Any

    def parameters_in(self, *locations: Location) -> list[Parameter]:
        """The parameters that stand there; those of the path in its order."""
        return [each for each in self.parameters if each.location in locations]


def read_signature(endpoint: Endpoint, supplied: Collection[Any]) -> Signature:
    """What an endpoint's handler takes, when values of the types in `supplied` are there for the asking.

    Raises TypeError for a path that names what the handler does not take, and for what it must have, is supplied by
    nobody and not marked: were it read from the query, whoever asks would say who they are.
    """
    found = inspect.signature(endpoint.handler)
    in_path = [part[1:-1] for part in endpoint.path.split("/") if part.startswith("{")]
    if missing := set(in_path) - found.parameters.keys():
        raise TypeError(f"{endpoint.handler.__name__} takes no {', '.join(missing)}")
    parameters = [
        Parameter(name=name, wire_name=name, location="path", type=found.parameters[name].annotation)
        for name in in_path
    ]
    wanted: dict[str, Any] = {}
    data: Any = None
    raw_body, request = False, None
    for name, each in found.parameters.items():
        if name in in_path:
            continue
        if name == "data":
            data = each.annotation
        elif name == "body":
            raw_body = True
        elif each.annotation is Request:
            request = name
        elif each.annotation in supplied:
            wanted[name] = each.annotation
        else:
            parameters.append(_given(name, each))
    return Signature(
        parameters=parameters,
        supplied=wanted,
        data=data,
        raw_body=raw_body,
        request=request,
        returns=found.return_annotation,
    )


def _given(name: str, parameter: inspect.Parameter) -> Parameter:
    required = parameter.default is inspect.Parameter.empty
    annotation = parameter.annotation
    marks = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    mark = next((each for each in marks if isinstance(each, Header | Query)), None)
    if mark is None and required:
        raise TypeError(f"{name} is supplied by nobody; mark it with Query or Header if the request gives it")
    mark = mark or Query()
    return Parameter(
        name=name,
        wire_name=mark.name or name,
        location="header" if isinstance(mark, Header) else "query",
        type=annotation,
        required=required,
        default=None if required else parameter.default,
        description=mark.description,
    )


_READERS: Final[dict[Any, Any]] = {UUID: UUID, int: int, str: str}


def read_segment(parameter: Parameter, text: str) -> Any:
    """A segment of a path as its parameter's type; raises ValueError."""
    return _READERS[parameter.type](text)
