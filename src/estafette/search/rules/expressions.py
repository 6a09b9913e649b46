"""Reads a search expression: words and phrases as before, and operators such as `from:nora` or `before:2026-11-30`.

Nothing that people type is an exception: what cannot be meant is a fault that names the piece and its place. A colon in
what plainly is text (`http://…`, `10:30`, `Re:`) makes no operator, nor does anything in quotes.
"""

import re
from collections.abc import Mapping
from typing import Final, Literal, get_args

import msgspec

from estafette.search.rules.days import days_of
from estafette.search.rules.questions import straight_quotes
from estafette.search.rules.words import signs, words

MAX_EXPRESSION: Final = 500
"""Characters of an expression."""
MAX_OPERATORS: Final = 20
MAX_WORDS: Final = 40
"""Words, or signs where there are none; a piece such as `jean-pierre` has two."""
MAX_FAULTS: Final = 5

Name = Literal["from", "in", "has", "mentions", "is", "pinned", "before", "after", "on"]
FaultCode = Literal["search_unknown", "search_value", "search_missing", "search_negation", "search_too_many"]

_NAMES: Final[Mapping[str, Name]] = {each: each for each in get_args(Name)}
_VALUES: Final[Mapping[str, frozenset[str]]] = {
    "has": frozenset({"file", "image", "link", "reaction"}),
    "is": frozenset({"unread"}),
    "pinned": frozenset({"", "yes"}),
}
_DATES: Final = frozenset({"before", "after", "on"})
_NEVER_NEGATED: Final = _DATES | {"is"}
_PIECE: Final = re.compile(
    r'(?P<minus>-?)(?:(?P<name>[A-Za-z]{2,20}):(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]*))|"[^"]*"?|[^\s"]+)'
)
# Of these nobody asks: they are the beginnings of addresses and answers.
_TEXT: Final = frozenset({"http", "https", "ftp", "mailto", "tel", "file", "data", "urn", "localhost", "www", "re"})


class Operator(msgspec.Struct, frozen=True):
    """One operator: what is (`wanted`) or is not to be so; `piece` as it was typed, from character `place` on."""

    name: Name
    value: str
    wanted: bool
    piece: str
    place: int


class Fault(msgspec.Struct, frozen=True):
    """A piece that means nothing: which, from which character on, and why."""

    code: FaultCode
    piece: str
    place: int


class Expression(msgspec.Struct, frozen=True):
    """What was typed, taken apart: `words` are what is left for the index of words when the operators are out."""

    words: str
    operators: tuple[Operator, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_expression(text: str) -> Expression:
    """Takes an expression apart; of several faults all are named."""
    text = straight_quotes(text)
    kept: list[str] = []
    asked = 0
    operators: list[Operator] = []
    faults: list[Fault] = []
    for piece in _PIECE.finditer(text):
        read = _read(piece)
        if read is None:
            kept.append(piece[0])
            before, asked = asked, asked + _size(piece[0])
            if before <= MAX_WORDS < asked:
                faults.append(Fault("search_too_many", piece[0], piece.start()))
            continue
        # Where an operator stood nothing goes on: a last word before it is whole.
        kept.append("")
        if isinstance(read, Operator) and len(operators) == MAX_OPERATORS:
            read = Fault("search_too_many", read.piece, read.place)
        if isinstance(read, Fault):
            faults.append(read)
            if len(faults) == MAX_FAULTS:
                break
        else:
            operators.append(read)
    return Expression(" ".join(kept) + " " * text[-1:].isspace(), tuple(operators), tuple(faults))


def _read(piece: re.Match[str]) -> Operator | Fault | None:
    """A piece as an operator, or as one that is wrong; None for words."""
    if piece["name"] is None:
        return None
    value = (piece["plain"] if piece["quoted"] is None else piece["quoted"]).strip()
    name = _NAMES.get(piece["name"].lower())
    if name is None:
        return None if _is_text(piece["name"], value) else Fault("search_unknown", piece[0], piece.start())
    read = Operator(name, value, not piece["minus"], piece[0], piece.start())
    fault = _fault(read)
    return Fault(fault, piece[0], piece.start()) if fault else read


def _size(piece: str) -> int:
    """How many words or signs a piece asks for: `jean-pierre` for two."""
    return max(len(words(piece)) or len(signs(piece)), 1)


def _is_text(name: str, value: str) -> bool:
    """Whether a name with a colon is a part of what people write, and no operator that they mistook."""
    return not name.islower() or name in _TEXT or not value[:1].isalpha()


def _fault(operator: Operator) -> FaultCode | None:
    if not operator.wanted and operator.name in _NEVER_NEGATED:
        return "search_negation"
    values = _VALUES.get(operator.name)
    if values is not None and operator.value.lower() in values:
        return None
    if not operator.value:
        return "search_missing"
    if values is not None or (operator.name in _DATES and days_of(operator.value) is None):
        return "search_value"
    return None
