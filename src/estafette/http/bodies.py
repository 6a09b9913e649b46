"""JSON bodies, read strictly ("5" is not 5) into the type that a handler asks for, with every wrong field named."""

from collections.abc import Callable
from typing import Any

import msgspec

from estafette.base.errors import Invalid, MalformedJSON, Problem
from estafette.base.wrong_fields import wrong_fields


def body_decoder(wanted: Any) -> Callable[[bytes], Any]:
    """What reads a body as a type; raises MalformedJSON or Invalid."""
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
