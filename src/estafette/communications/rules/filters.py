"""What may be done to a variable: the filters of Liquid that make a text, none of which can make it grow without end.

A variable that is not there stays what it is, up to a `default`. What comes out of a filter has a limit.
"""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote_plus

from liquid import Environment
from liquid.builtin.filters import math, misc, string
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context
from liquid.undefined import Undefined

from estafette.communications.models.content import MOST_CHARACTERS
from estafette.communications.rules import formatting

LARGEST: Final = 10**30

Filter = Callable[..., Any]


def add_filters(environment: Environment) -> None:
    """Gives an environment these filters and no others."""
    environment.filters = {name: _limited(each) for name, each in _PLAIN.items()} | {
        "default": misc.default,
        "date": _limited(formatting.day),
        "number": _limited(formatting.number),
        "currency": _limited(formatting.money),
    }


def _limited(function: Filter) -> Filter:
    def apply(value: Any, *arguments: Any, **named: Any) -> Any:
        if is_missing(value):
            return None
        if any(map(is_missing, arguments)):
            raise FilterArgumentError("an argument is missing", token=None)
        made = function(value, *arguments, **named)
        if isinstance(made, str | list) and len(made) > MOST_CHARACTERS:
            raise FilterArgumentError("the text becomes too long", token=None)
        if isinstance(made, int | float) and not -LARGEST <= made <= LARGEST:
            raise FilterArgumentError("the number becomes too large", token=None)
        return made

    if getattr(function, "with_context", False):
        return with_context(apply)
    return apply


def is_missing(value: object) -> bool:
    """Whether this is no value at all."""
    return value is None or isinstance(value, Undefined)


def _replace(value: Any, old: Any, new: Any = "") -> str:
    text, sought, put = str(value), str(old), str(new)
    if len(text) + (text.count(sought) * len(put)) > MOST_CHARACTERS:
        raise FilterArgumentError("the text becomes too long", token=None)
    return text.replace(sought, put)


_PLAIN: Final[dict[str, Filter]] = {
    "abs": math.abs_,
    "append": string.append,
    "at_least": math.at_least,
    "at_most": math.at_most,
    "capitalize": string.capitalize,
    "ceil": math.ceil,
    "divided_by": math.divided_by,
    "downcase": string.downcase,
    "first": lambda value: value[0] if isinstance(value, list | str) and value else None,
    "floor": math.floor,
    "last": lambda value: value[-1] if isinstance(value, list | str) and value else None,
    "lstrip": string.lstrip,
    "minus": math.minus,
    "modulo": math.modulo,
    "plus": math.plus,
    "prepend": string.prepend,
    "remove": string.remove,
    "replace": _replace,
    "round": math.round_,
    "rstrip": string.rstrip,
    "size": misc.size,
    "slice": string.slice_,
    "split": string.split,
    "squish": string.squish,
    "strip": string.strip,
    "times": math.times,
    "truncate": string.truncate,
    "truncatewords": string.truncatewords,
    "upcase": string.upcase,
    "url_encode": lambda value: quote_plus(str(value)),  # pyright: ignore[reportUnknownLambdaType]
}
