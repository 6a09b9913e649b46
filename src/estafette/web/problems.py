"""Everything that goes wrong, as problem+json (RFC 9457) in the language of whoever asked."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final, cast

import msgspec
import structlog

from estafette.base import errors
from estafette.base.errors import FieldError, Problem
from estafette.base.languages import Language, Sentence, preferred
from estafette.base.open_files import is_shortage, open_files
from estafette.http import Endpoint, Response
from estafette.http.asgi import Scope, header
from estafette.http.responses import encode
from estafette.web import words
from estafette.web.errors import MethodNotAllowed
from estafette.web.meaning import understood
from estafette.web.request_context import context_of

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 2

STATUS: Final[dict[type[Problem], int]] = {
    errors.NotFound: 404,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    errors.Malformed: 400,
    errors.Invalid: 422,
    MethodNotAllowed: 405,
    Problem: 500,
}

_log = structlog.get_logger(__name__)


class FieldProblem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One wrong field: its name, a stable code, what is wrong in words, and which of its many values are."""

    field: str
    code: str
    message: str
    values: dict[str, Any] = {}


class ProblemBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a problem looks like on the wire; `code` is stable, `title` and `detail` are words for people.

    `values` is what a program may need to go on, such as the state that something is in.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[FieldProblem] = []
    values: dict[str, Any] = {}


def status_of(kind: type[Problem]) -> int:
    """The HTTP status of a problem, by the nearest of its parents."""
    return next(STATUS[each] for each in kind.__mro__ if each in STATUS)


def catalogue() -> list[tuple[str, int, Sentence]]:
    """Code, HTTP status and sentence of every problem, by code."""
    return sorted((kind.code, status_of(kind), sentence) for kind, sentence in words.problem_sentences().items())


def language_of(scope: Scope) -> Language:
    """The language of the signed-in person, else the browser's."""
    signed_in = context_of(scope).signed_in
    if signed_in is not None:
        return signed_in.language
    accepted = header(scope, b"accept-language")
    return preferred(accepted.decode("latin-1") if accepted else None)


def body_of(problem: Problem, scope: Scope) -> ProblemBody:
    """The body that says what went wrong."""
    language = language_of(scope)
    kind = type(problem)
    sentence = words.say(words.problem_sentence(kind), language, problem.values)
    fields = cast("Sequence[FieldError]", getattr(problem, "fields", ()))
    field_problems = [
        FieldProblem(each.field, each.code, words.field_message(each, language), each.told) for each in fields
    ]
    return ProblemBody(
        f"/problems/{problem.code}",
        sentence,
        status_of(kind),
        problem.code,
        " ".join([sentence, *[f"{each.field}: {each.message}" for each in field_problems[:5]]])
        if field_problems
        else sentence,
        context_of(scope).request_id,
        field_problems,
        {name: problem.values[name] for name in kind.told if name in problem.values},
    )


def headers_of(problem: Problem) -> dict[str, str]:
    """The headers that belong to a problem."""
    if isinstance(problem, errors.TooMany):
        return {"Retry-After": str(problem.retry_after)}
    if isinstance(problem, errors.Unavailable):
        return {"Retry-After": str(RETRY_SECONDS)}
    if isinstance(problem, errors.Unauthenticated):
        return {"WWW-Authenticate": 'Bearer realm="estafette"'}
    if isinstance(problem, MethodNotAllowed):
        return {"Allow": problem.allowed}
    return {}


def answer(scope: Scope, endpoint: Endpoint | None, error: Exception) -> Response:
    """The answer to a request that failed, in the shape that its endpoint promises."""
    problem = understood(error)
    status = status_of(type(problem))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        report(error, status)
    headers = headers_of(problem)
    if endpoint is not None and endpoint.errors is not None:
        return Response(encode(endpoint.errors(status, problem)), status, headers, "application/json")
    return Response(encode(body_of(problem, scope)), status, headers, MEDIA_TYPE)


def report(error: BaseException, status: int) -> None:
    """Leaves a log line: where it happened and of what kind, never the text of the exception, which may hold data."""
    if is_shortage(error):
        open_files.ran_out("a file")
    step = error.__traceback__
    frames: list[str] = []
    while step is not None:
        code = step.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{step.tb_lineno}:{code.co_name}")
        step = step.tb_next
    log = _log.error if status == HTTPStatus.INTERNAL_SERVER_ERROR else _log.warning
    log("request failed", status=status, kind=f"{type(error).__module__}.{type(error).__name__}", where=frames[-8:])
