"""What attributes may be like, and which values they take."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from estafette.accounts import Form, Wrong, folded, line
from estafette.clients.models.attributes import Attribute, Value

ATTRIBUTES: Final = 50
LABEL: Final = 60
KEY: Final = 40
TEXT: Final = 500
CHOICES: Final = 100
GREATEST: Final = 10**15
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")

label = line(LABEL)
text = line(TEXT)
_choice = line(LABEL)


def key(given: str) -> str:
    """A key: Latin letters, digits and underscores, beginning with a letter. Raises Wrong."""
    if not _KEY.fullmatch(given):
        raise Wrong("attribute_key_invalid", max=KEY)
    return given


def key_of(given: str, taken: frozenset[str]) -> str:
    """A key for a label that is none of those taken."""
    plain = _BETWEEN.sub("_", folded(given)).strip("_")
    plain = (plain if plain[:1].isalpha() else f"attribute_{plain}".rstrip("_"))[: KEY - 4]
    numbered = (f"{plain}_{number}" for number in range(2, ATTRIBUTES * 20))
    return plain if plain not in taken else next(each for each in numbered if each not in taken)


def choices(given: Sequence[str]) -> list[str]:
    """The choices, each once. Raises Wrong."""
    if len(given) > CHOICES:
        raise Wrong("too_many", max=CHOICES)
    read = [_choice(each) for each in given]
    if not read:
        raise Wrong("required")
    if len({folded(each) for each in read}) < len(read):
        raise Wrong("choice_twice")
    return read


def read_values(
    form: Form, given: Mapping[str, Value | None], known: Mapping[str, Attribute], prefix: str = "attributes"
) -> dict[str, Value | None]:
    """Values by key, checked against the kinds of their attributes; None takes a value away."""
    if len(given) > ATTRIBUTES:
        form.refuse(prefix, "too_many", max=ATTRIBUTES)
        return {}
    found: dict[str, Value | None] = {}
    for name, value in given.items():
        attribute = known.get(name)
        field = f"{prefix}.{name[:KEY]}"
        if attribute is None:
            form.refuse(field, "attribute_unknown")
        elif value is None:
            found[name] = None
        else:
            found[name] = form.read(field, lambda each, of=attribute: checked(of, each), value)
    return found


def checked(attribute: Attribute, value: Value) -> Value:
    """A value of the right kind for an attribute; raises Wrong."""
    match attribute.kind:
        case "boolean":
            if not isinstance(value, bool):
                raise Wrong("wrong_type")
            return value
        case "number":
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise Wrong("wrong_type")
            if not math.isfinite(value) or abs(value) > GREATEST:
                raise Wrong("out_of_range", min=-GREATEST, max=GREATEST)
            return value
        case kind:
            if not isinstance(value, str):
                raise Wrong("wrong_type")
            return _day(value) if kind == "date" else _one_of(attribute, value) if kind == "choice" else text(value)


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Wrong("date_invalid") from None


def _one_of(attribute: Attribute, value: str) -> str:
    plain = folded(value[: LABEL * 2])
    for each in attribute.choices:
        if folded(each) == plain:
            return each
    raise Wrong("choice_unknown", choices=", ".join(attribute.choices[:10]))
