"""What an endpoint is: method and path, the function that answers, and what the edge and the documents know of it."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypedDict, Unpack

import msgspec

from estafette.base.errors import Problem
from estafette.http.responses import JSON

MAX_JSON_BYTES: Final = 256 * 1024

Handler = Callable[..., Awaitable[Any]]
ErrorShape = Callable[[int, Problem], Any]
"""The body for an HTTP status and a problem, where a documented contract has error bodies of its own."""


class Outcome(msgspec.Struct, frozen=True):
    """One more way in which an endpoint answers, for the documents."""

    description: str
    type: Any = None
    media_type: str = JSON


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A handler and where it is reached; immutable."""

    method: str
    path: str
    """From the root; `{name}` stands for one segment, which the handler takes by this name."""
    handler: Handler
    status: int
    """The HTTP status of a value that was returned."""
    summary: str = ""
    description: str = ""
    tags: Sequence[str] = ()
    operation_id: str = ""
    documented: bool = True
    media_type: str = JSON
    """Of the answer, for the documents."""
    outcomes: Mapping[int, Outcome] = {}
    """Further answers, for the documents."""
    open: bool = False
    """Nobody is asked who they are, and nothing is counted."""
    machine: bool = False
    """Strangers' programs are expected to call often."""
    own_idempotency: bool = False
    """The verb keeps the Idempotency-Key itself, for ever."""
    credentials: bool = False
    """The answer may show a credential: it is never stored for a retry."""
    answers_after: float | None = None
    """Seconds that the answer takes, whatever is found; nothing is held meanwhile."""
    errors: ErrorShape | None = None
    max_body: int = MAX_JSON_BYTES
    """Bytes of a body that is read as a whole."""


class Options(TypedDict, total=False):
    """What a declaration may say beside method and path; see Endpoint."""

    status: int
    summary: str
    description: str
    tags: Sequence[str]
    operation_id: str
    documented: bool
    media_type: str
    outcomes: Mapping[int, Outcome]
    open: bool
    machine: bool
    own_idempotency: bool
    credentials: bool
    answers_after: float
    errors: ErrorShape
    max_body: int


Declaration = Callable[[Handler], Endpoint]


def get(path: str, **options: Unpack[Options]) -> Declaration:
    """Declares what answers GET, and with it HEAD."""
    return _declaration("GET", path, 200, options)


def head(path: str, **options: Unpack[Options]) -> Declaration:
    """Declares what answers HEAD where GET would do too much for it."""
    return _declaration("HEAD", path, 200, options)


def post(path: str, **options: Unpack[Options]) -> Declaration:
    """Declares what answers POST: 201 unless it says otherwise."""
    return _declaration("POST", path, 201, options)


def put(path: str, **options: Unpack[Options]) -> Declaration:
    """Declares what answers PUT."""
    return _declaration("PUT", path, 200, options)


def patch(path: str, **options: Unpack[Options]) -> Declaration:
    """Declares what answers PATCH."""
    return _declaration("PATCH", path, 200, options)


def delete(path: str, **options: Unpack[Options]) -> Declaration:
    """Declares what answers DELETE: 204 unless it says otherwise."""
    return _declaration("DELETE", path, 204, options)


def options(path: str, **options: Unpack[Options]) -> Declaration:
    """Declares what answers OPTIONS where a protocol asks for more than the methods."""
    return _declaration("OPTIONS", path, 204, options)


def under(prefix: str, endpoints: Iterable[Endpoint]) -> list[Endpoint]:
    """The endpoints with a prefix before their paths."""
    return [msgspec.structs.replace(each, path=prefix + each.path) for each in endpoints]


def _declaration(method: str, path: str, status: int, options: Options) -> Declaration:
    def declare(handler: Handler) -> Endpoint:
        declared: Options = {
            "status": status,
            "operation_id": _camel(handler.__name__),
            "description": inspect.getdoc(handler) or "",
        }
        return Endpoint(method=method, path=path, handler=handler, **(declared | options))

    return declare


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)
