"""What a filter of a segment may say, and whether it can be asked."""

from collections.abc import Iterator, Mapping
from typing import Final

from estafette.accounts import Form, Wrong, line, time_zone
from estafette.clients.models.attributes import Attribute, Kind
from estafette.clients.models.segments import (
    AttributeRule,
    CommunicationRule,
    Comparison,
    Group,
    LanguageRule,
    Rule,
    ZoneRule,
)
from estafette.clients.rules.attributes import checked, text

SEGMENTS: Final = 200
NAME: Final = 80
DEPTH: Final = 3
RULES: Final = 50
VALUES: Final = 50
DAYS: Final = 3_650

name = line(NAME)

COMPARISONS: Final[dict[Kind, frozenset[Comparison]]] = {
    "text": frozenset(("is", "is_not", "contains", "known", "unknown")),
    "choice": frozenset(("is", "is_not", "known", "unknown")),
    "number": frozenset(("is", "is_not", "less", "greater", "known", "unknown")),
    "date": frozenset(("is", "is_not", "less", "greater", "known", "unknown")),
    "boolean": frozenset(("is", "known", "unknown")),
}


def check_filter(form: Form, group: Group, known: Mapping[str, Attribute]) -> None:
    """Notes what is wrong with a filter under `filter.rules[0].value` and the like."""
    for count, (field, rule, depth) in enumerate(_walk("filter", group, 1), 1):
        if depth > DEPTH:
            form.refuse(field, "filter_too_deep", max=DEPTH)
            return
        if count > RULES:
            form.refuse("filter", "too_many", max=RULES)
            return
        _check(form, field, rule, known)


def missing(group: Group, known: Mapping[str, Attribute]) -> list[str]:
    """The keys of attributes that a filter asks for and nobody knows any more."""
    asked = {rule.key for _, rule, _ in _walk("filter", group, 1) if isinstance(rule, AttributeRule)}
    return sorted(asked - known.keys())


def _walk(field: str, group: Group, depth: int) -> Iterator[tuple[str, Rule, int]]:
    for number, rule in enumerate(group.rules):
        at = f"{field}.rules[{number}]"
        yield at, rule, depth
        # Deeper than it may be nobody need look.
        if isinstance(rule, Group) and depth <= DEPTH:
            yield from _walk(at, rule, depth + 1)


def _check(form: Form, field: str, rule: Rule, known: Mapping[str, Attribute]) -> None:
    match rule:
        case AttributeRule():
            _check_attribute(form, field, rule, known.get(rule.key))
        case LanguageRule() | ZoneRule():
            if not rule.values:
                form.refuse(f"{field}.values", "required")
            elif len(rule.values) > VALUES:
                form.refuse(f"{field}.values", "too_many", max=VALUES)
            elif isinstance(rule, ZoneRule):
                for each in rule.values:
                    if each is not None:
                        form.read(f"{field}.values", time_zone, each)
        case CommunicationRule() if rule.days is not None and not 1 <= rule.days <= DAYS:
            form.refuse(f"{field}.days", "out_of_range", min=1, max=DAYS)
        case Group() if not rule.rules:
            form.refuse(f"{field}.rules", "required")
        case _:
            pass


def _check_attribute(form: Form, field: str, rule: AttributeRule, attribute: Attribute | None) -> None:
    if attribute is None:
        form.refuse(f"{field}.key", "attribute_unknown")
    elif rule.comparison not in COMPARISONS[attribute.kind]:
        form.refuse(f"{field}.comparison", "comparison_unfit")
    elif rule.comparison in ("known", "unknown"):
        if rule.value is not None:
            form.refuse(f"{field}.value", "comparison_without_value")
    elif rule.value is None:
        form.refuse(f"{field}.value", "required")
    else:
        try:
            text(rule.value) if rule.comparison == "contains" and isinstance(rule.value, str) else checked(
                attribute, rule.value
            )
        except Wrong as wrong:
            form.refuse(f"{field}.value", wrong.code, **wrong.values)
