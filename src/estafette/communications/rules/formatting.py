"""Days, numbers and amounts as people of the language of a text write them (CLDR, by Babel): filters of Liquid."""

import re
from datetime import date, datetime
from typing import Any, Final

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, is_currency
from liquid.exceptions import FilterArgumentError
from liquid.filter import num_arg, with_context

from estafette.base.languages import Language

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


@with_context
def day(value: Any, form: Any = "long", *, context: Any) -> str:
    """A day such as 17 May 2026, in a style of CLDR or a pattern of strftime."""
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
def number(value: Any, digits: Any = None, *, context: Any) -> str:
    """A number such as 1,234.5, with so many digits behind the point or as many as it has."""
    locale = _LOCALES[context.resolve("language")]
    if digits is None:
        return format_decimal(num_arg(value), locale=locale)
    places = max(0, min(int(digits), 10))
    return format_decimal(num_arg(value), f"#,##0.{'0' * places}" if places else "#,##0", locale)


@with_context
def money(value: Any, code: Any, *, context: Any) -> str:
    """An amount of a currency such as €1,234.50."""
    if not is_currency(str(code)):
        raise FilterArgumentError("there is no such currency", token=None)
    return format_currency(num_arg(value), str(code), locale=_LOCALES[context.resolve("language")])
