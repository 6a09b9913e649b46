"""Request bodies: JSON read strictly into the type that a handler asks for, with every wrong field named."""

import re
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import parse_qsl

import msgspec
from litestar import Request
from litestar.exceptions import ValidationException

from estafette.base.errors import FieldError, Invalid, Problem
from estafette.base.wrong_fields import field_error, wrong_fields
from estafette.web.errors import MalformedJSON

_decoders: dict[Any, Callable[[bytes], Any]] = {}


class StrictRequest(Request[Any, Any, Any]):
    """A request whose body is decoded in one step, without Litestar's lenient second conversion ("5" is not 5)."""

    async def json(self) -> Any:
        """The body as the handler's `data` parameter declares it; raises MalformedJSON or Invalid."""
        return body_decoder(self.route_handler)(await self.body())


def body_decoder(handler: Any) -> Callable[[bytes], Any]:
    """What reads a body as a handler's `data` parameter declares it; raises MalformedJSON or Invalid."""
    decode = _decoders.get(handler)
    if decode is None:
        data = handler.parsed_fn_signature.parameters.get("data")
        decode = _decoders[handler] = _decoder(data.annotation if data else Any)
    return decode


def _decoder(wanted: Any) -> Callable[[bytes], Any]:
    strict = msgspec.json.Decoder(wanted)

    def decode(body: bytes) -> Any:
        try:
            return strict.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _refusal(body, wanted, error) from error

    return decode


def _refusal(body: bytes, wanted: Any, error: Exception) -> Problem:
    if not isinstance(error, msgspec.ValidationError):
        return MalformedJSON()
    try:
        # The first wrong field was met before the end of the body, so what follows may still be no JSON.
        return Invalid(*wrong_fields(msgspec.json.decode(body), wanted, error))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return MalformedJSON()


def wrong_parameters(error: ValidationException) -> list[FieldError]:
    """The wrong query, path or header parameters that Litestar found, called as the handler calls them."""
    entries = cast("list[dict[str, str]]", error.extra if isinstance(error.extra, list) else [])
    found: list[FieldError] = []
    for entry in entries:
        wrong = field_error(entry.get("message", ""))
        found.append(FieldError(entry.get("key", wrong.field), wrong.code, wrong.values))
    return found or [_missing_parameter(error.detail)]


def names_outside(handler: Any) -> dict[str, str]:
    """What the parameters of a handler are called in a query, where the code calls them something else."""
    given = {name: each.kwarg_definition for name, each in handler.parsed_fn_signature.parameters.items()}
    aliases = {name: getattr(each, "query", None) or getattr(each, "name", None) for name, each in given.items()}
    return {name: alias for name, alias in aliases.items() if isinstance(alias, str)}


def _missing_parameter(detail: str) -> FieldError:
    # Litestar's sentence for it: "Missing required query parameter 'q' for path …"
    name = re.search(r"parameter '([^']+)'", detail)
    return FieldError(name.group(1) if name else "query", "required")


def readable_query(raw: bytes) -> bool:
    """Whether a query string is text that can be stored and searched for: UTF-8 without NUL."""
    if b"%00" not in raw and b"%" in raw:
        try:
            parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict")
        except (UnicodeDecodeError, ValueError):
            return False
    return b"%00" not in raw
