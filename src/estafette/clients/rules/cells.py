"""Values as people write them into spreadsheets: numbers, days, yes and no."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from estafette.accounts import Wrong, folded
from estafette.base.languages import Language
from estafette.clients.models.attributes import Attribute, Value
from estafette.clients.rules.attributes import checked

_YES: Final = frozenset(("yes", "y", "true", "1", "x", "on", "oui", "o", "vrai", "sim", "s", "verdadeiro", "да", "д",
                         "истина", "+", "opt-in"))  # fmt: skip
_NO: Final = frozenset(("no", "n", "false", "0", "off", "non", "faux", "nao", "falso", "нет", "н", "ложь", "-",
                        "opt-out"))  # fmt: skip
_NUMBER: Final = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d{1,2})?", re.ASCII)
# English alone has commas between thousands, and in their places only: 1,5 is no 15.
_THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_EXCHANGED: Final = str.maketrans(",.", ".,")
_DAY: Final = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
# An apostrophe with which our own exports keep a cell from being computed.
_GUARDED: Final = re.compile(r"'(?=[-=+@%|])")


def plain(cell: str) -> str:
    """A cell without what stands around its words."""
    return _GUARDED.sub("", cell.strip(), count=1)


def yes_or_no(text: str) -> bool:
    """Yes or no in one of the four languages; raises Wrong."""
    word = folded(text[:20])
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Wrong("yes_or_no_unknown")


def number(language: Language) -> Callable[[str], float | int]:
    """Reads a number as it is written where a language is spoken; raises Wrong."""

    def read(text: str) -> float | int:
        digits = "".join(text.split())[:40]
        if "," in digits and "." in digits:
            thousands = "," if digits.rindex(".") > digits.rindex(",") else "."
        else:
            thousands = "," if language == "en" else ""
        # With a comma for the point, what is between thousands elsewhere is looked at in the same way.
        english = digits if thousands != "." else digits.translate(_EXCHANGED)
        if thousands and "," in english:
            if not _THOUSANDS.fullmatch(english):
                raise Wrong("number_invalid")
            digits = english.replace(",", "")
        digits = digits.replace(",", ".")
        if not _NUMBER.fullmatch(digits):
            raise Wrong("number_invalid")
        value = float(digits)
        return int(value) if value.is_integer() and "." not in digits else value

    return read


def day(language: Language) -> Callable[[str], str]:
    """Reads a day, written 2026-05-17 or 17.05.2026; in English a day that could be two is none. Raises Wrong."""

    def read(text: str) -> str:
        try:
            match = _DAY.fullmatch(text)
            if match is None:
                return date.fromisoformat(text[:10]).isoformat()
            first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
            if language == "en" and sign == "/":
                if first <= 12 and second <= 12 and first != second:
                    raise Wrong("date_ambiguous")
                first, second = (first, second) if first > 12 else (second, first)
            return date(year, second, first).isoformat()
        except ValueError:
            raise Wrong("date_invalid") from None

    return read


def reader_of(attribute: Attribute, language: Language) -> Callable[[str], Value]:
    """What reads the cells of an attribute; raises Wrong."""
    match attribute.kind:
        case "number":
            of_number = number(language)
            return lambda text: checked(attribute, of_number(text))
        case "date":
            return day(language)
        case "boolean":
            return yes_or_no
        case _:
            return lambda text: checked(attribute, text)
