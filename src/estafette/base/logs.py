"""Structured logs: one JSON object per line, readable lines in a terminal; no secret, nothing that people wrote."""

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TextIO, cast

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from estafette.base.request_log import requests

HIDDEN = "[hidden]"
# Exact names, and parts of names, whose values stay out of the logs.
_PRIVATE_NAMES = frozenset(
    {
        "text",
        "content",
        "contents",
        "body",
        "draft",
        "message",
        "q",
        "query",
        "query_string",
        "setup_code",
        "dsn",
        "pwd",
    }
)
_PRIVATE_PARTS = ("password", "passwd", "token", "secret", "authorization", "cookie", "api_key", "credential")
# Secrets that slip into a sentence: the password of a URL, one of our bearer tokens, any Authorization value.
_SECRETS = re.compile(r"(?P<url>://[^\s:/@]*:)[^\s@/]+(?=@)|\best_[\w-]+|(?P<scheme>\b(?:Bearer|Basic) )[\w.~+/=-]+")
_TRACES = ("://", "est_", "Bearer ", "Basic ")
_LONGEST_REASON = 300
_QUIET = {"uvicorn": "INFO", "uvicorn.error": "WARNING", "uvicorn.access": "CRITICAL", "asyncio": "WARNING"}


def set_up_logs(*, process: str | None = None, stream: TextIO | None = None, readable: bool | None = None) -> None:
    """Sends our own log and that of the libraries to `stream` (stderr); `process` names this one among several."""
    out = stream or sys.stderr
    readable = out.isatty() if readable is None else readable
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,  # the request id
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        *([_named(process)] if process else []),
        short_exceptions,
        hide_private,
    ]
    last: list[Processor] = [structlog.dev.ConsoleRenderer(colors=out.isatty())] if readable else [_as_json]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=True,
    )
    requests.write_to(None if readable else out, process)
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # uvicorn writes addresses with their query string, which may hold secrets, at INFO.
    for name, level in _QUIET.items():
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(level)


def hide_private(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hides values by their names at any depth, and secrets by their form in any text."""
    return {name: _clean(name, value) for name, value in event.items()}


def short_exceptions(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Writes an exception as its frames and the first line of its reason: databases put row values in the rest."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = "".join(_lines_of(error))
    return event


def _lines_of(error: BaseException) -> list[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_lines_of(cause), "\nwhich led to\n"] if cause is not None else []
    lines += traceback.format_tb(error.__traceback__)
    if isinstance(error, BaseExceptionGroup):
        for inner in cast("tuple[BaseException, ...]", error.exceptions):
            lines += [*_lines_of(inner), "\n"]
    reason = (str(error).splitlines() or [""])[0][:_LONGEST_REASON]
    return [*lines, f"{type(error).__qualname__}: {reason}"]


def _clean(name: str, value: object) -> object:
    if _is_private(name):
        return HIDDEN
    if isinstance(value, str):
        # Every secret that the expression knows holds one of these; most texts hold none.
        return _SECRETS.sub(_mask, value) if any(each in value for each in _TRACES) else value
    if isinstance(value, Mapping):
        mapping = cast("Mapping[object, object]", value)
        return {str(inner): _clean(str(inner), held) for inner, held in mapping.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean("", held) for held in cast("list[object]", value)]
    return value


@lru_cache(2_048)
def _is_private(name: str) -> bool:
    lowered = name.lower().replace("-", "_")
    return lowered in _PRIVATE_NAMES or any(part in lowered for part in _PRIVATE_PARTS)


def _mask(found: "re.Match[str]") -> str:
    return (found["url"] or found["scheme"] or "") + HIDDEN


def _named(process: str) -> Processor:
    def add(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    return add


def _as_json(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    return msgspec.json.encode(event, enc_hook=_described).decode()


def _described(value: Any) -> str:
    # Only the kind: a repr of an unknown object may hold anything.
    return f"<{type(value).__qualname__}>"
