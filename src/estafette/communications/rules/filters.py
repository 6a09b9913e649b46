"""What may be done to a variable: the filters of Liquid that make a text, none of which can make it grow without end.

A variable that is not there stays what it is, up to a `default`. What comes out of a filter has a limit.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import quote_plus

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, is_currency
from liquid import Environment
from liquid.builtin.filters import math, misc, string
from liquid.exceptions import FilterArgumentError
from liquid.filter import num_arg, with_context
from liquid.undefined import Undefined

from estafette.base.languages import Language
from estafette.communications.models.content import MOST_CHARACTERS

LARGEST: Final = 10**30
_LOCALES: Final[dict[Language, str]] = {"en": "en_GB", "fr": "fr_FR", "pt": "pt_BR", "ru": "ru_RU"}
_SIGNS: Final = frozenset(" .,;:-–/()")
_STYLES: Final = ("short", "medium", "long", "full")
# The directives of strftime, which Liquid has from Ruby, in the patterns of CLDR.
_DIRECTIVES: Final = {
    "d": "dd",
    "e": "d",
    "m": "MM",
    "y": "yy",
    "Y": "y",
    "b": "MMM",
    "B": "MMMM",
    "a": "EEE",
    "A": "EEEE",
    "j": "DDD",
    "%": "%",
}

Filter = Callable[..., Any]


def add_filters(environment: Environment) -> None:
    """Gives an environment these filters and no others."""
    environment.filters = {name: _limited(each) for name, each in _PLAIN.items()} | {
        "default": misc.default,
        "date": _limited(_date),
        "number": _limited(_number),
        "currency": _limited(_currency),
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


@with_context
def _date(value: Any, form: Any = "long", *, context: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        try:
            value = date.fromisoformat(str(value)[:10])
        except ValueError:
            raise FilterArgumentError("this is no day", token=None) from None
    locale = _LOCALES[context.resolve("language")]
    form = str(form)
    if "%" in form:
        return format_date(value, _pattern(form), locale)
    if form in _STYLES:
        return format_date(value, form, locale)  # pyright: ignore[reportArgumentType]
    if form == "day_and_month":
        return format_skeleton("MMMMd", value, tzinfo=None, locale=locale)
    raise FilterArgumentError("there is no such form of a day", token=None)


def _pattern(form: str) -> str:
    made: list[str] = []
    letters = iter(form)
    for letter in letters:
        if letter != "%":
            made.append(letter if letter in _SIGNS else f"'{letter}'" if letter != "'" else "''")
            continue
        directive = next(letters, "")
        if directive == "-":
            directive = next(letters, "")
            made.append({"d": "d", "m": "M"}.get(directive) or _DIRECTIVES.get(directive, ""))
        elif directive in _DIRECTIVES:
            made.append(_DIRECTIVES[directive])
        else:
            raise FilterArgumentError("there is no such directive of a day", token=None)
    # Letters are quoted, so that none is taken for a field of the pattern; a quote that ends and begins is one of text.
    return re.sub(r"(?<=[^'])''(?=[^'])", "", "".join(made))


@with_context
def _number(value: Any, digits: Any = None, *, context: Any) -> str:
    locale = _LOCALES[context.resolve("language")]
    if digits is None:
        return format_decimal(num_arg(value), locale=locale)
    places = max(0, min(int(digits), 10))
    return format_decimal(num_arg(value), f"#,##0.{'0' * places}" if places else "#,##0", locale)


@with_context
def _currency(value: Any, code: Any, *, context: Any) -> str:
    if not is_currency(str(code)):
        raise FilterArgumentError("there is no such currency", token=None)
    return format_currency(num_arg(value), str(code), locale=_LOCALES[context.resolve("language")])


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
