"""A filter as a condition of SQL: words of ours with places for every value, which travels beside it.

What a condition says of a client `c` is written out here, one line for each comparison; nothing that anybody typed
becomes a part of it. `tests/clients/test_filters.py` has each of them prepared by PostgreSQL, and compares what is
found with what plain Python finds.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from estafette.clients.models.attributes import Attribute
from estafette.clients.models.clients import Channel
from estafette.clients.models.segments import (
    AddressRule,
    AttributeRule,
    CommunicationRule,
    ConsentRule,
    Group,
    LanguageRule,
    Outcome,
    Rule,
    ZoneRule,
)

_ADDRESS: Final[dict[Channel, str]] = {"email": "c.email", "sms": "c.phone", "whatsapp": "c.whatsapp"}
_CONSENT: Final = {
    "given": "{0} = ANY (c.consented)",
    "refused": "{0} = ANY (c.refused)",
    "unknown": "NOT ({0} = ANY (c.consented) OR {0} = ANY (c.refused))",
}
_KNOWN: Final = "jsonb_exists(c.attributes, {0})"
# A value that is not there is none: it is neither equal nor different, neither less nor more.
_COMPARED: Final = {
    "is": "coalesce(lower(c.attributes ->> {0}) = lower({1}), false)",
    "is_not": "coalesce(lower(c.attributes ->> {0}) <> lower({1}), false)",
    "contains": "coalesce(position(lower({1}) IN lower(c.attributes ->> {0})) > 0, false)",
    "less": 'coalesce((c.attributes ->> {0}) COLLATE "C" < {1}, false)',
    "greater": 'coalesce((c.attributes ->> {0}) COLLATE "C" > {1}, false)',
}
# Of an attribute that was another before a value may have stayed that is no number.
_A_NUMBER: Final = "CASE WHEN jsonb_typeof(c.attributes -> {0}) = 'number' THEN (c.attributes -> {0})::numeric END"
_NUMBERS: Final = {
    "is": f"coalesce(({_A_NUMBER}) = {{1}}::text::numeric, false)",
    "is_not": f"coalesce(({_A_NUMBER}) <> {{1}}::text::numeric, false)",
    "less": f"coalesce(({_A_NUMBER}) < {{1}}::text::numeric, false)",
    "greater": f"coalesce(({_A_NUMBER}) > {{1}}::text::numeric, false)",
}


# Read by its name: the view is published by a layer above, which hands segments what it alone knows.
_COMMUNICATED: Final = "EXISTS (SELECT FROM communicated m WHERE m.client_id = c.id AND m.status = ANY ({0}){1})"
_STATUSES: Final[dict[Outcome, list[str]]] = {
    "received": ["SENT", "DELIVERED"],
    "not_received": ["SENT", "DELIVERED"],
    "failed": ["SYSTEM_ERROR", "RECEIVER_ERROR", "OPERATOR_ERROR"],
}


class Condition(NamedTuple):
    """A condition about a client `c`, and the values of its places; the first of them is $1 after those of others."""

    sql: str
    values: list[object]


def condition(group: Group, known: Mapping[str, Attribute], first: int) -> Condition:
    """The condition of a filter that was checked; its places are numbered from `first`."""
    compiler = _Compiler(known, first)
    return Condition(compiler.group(group), compiler.values)


class _Compiler:
    def __init__(self, known: Mapping[str, Attribute], first: int) -> None:
        self._known = known
        self._first = first
        self.values: list[object] = []

    def group(self, group: Group) -> str:
        if not group.rules:
            return "true"
        between = " AND " if group.match == "all" else " OR "
        return f"({between.join(self._rule(each) for each in group.rules)})"

    def _rule(self, rule: Rule) -> str:
        match rule:
            case Group():
                return self.group(rule)
            case ConsentRule():
                return _CONSENT[rule.state].format(self._place(rule.channel))
            case AddressRule():
                return f"{_ADDRESS[rule.channel]} IS {'NOT NULL' if rule.present else 'NULL'}"
            case LanguageRule():
                return self._among("c.language", rule.values)
            case ZoneRule():
                return self._among("c.time_zone", rule.values)
            case CommunicationRule():
                return self._communicated(rule)
            case AttributeRule():
                return self._attribute(rule)

    def _attribute(self, rule: AttributeRule) -> str:
        key = self._place(rule.key)
        if rule.comparison in ("known", "unknown"):
            known = _KNOWN.format(key)
            return known if rule.comparison == "known" else f"NOT {known}"
        is_number = self._known[rule.key].kind == "number"
        text = str(rule.value).lower() if isinstance(rule.value, bool) else str(rule.value)
        return (_NUMBERS if is_number else _COMPARED)[rule.comparison].format(key, self._place(text))

    def _communicated(self, rule: CommunicationRule) -> str:
        statuses = self._place(_STATUSES[rule.outcome], "text[]")
        more = ""
        if rule.communication_id is not None:
            more += f" AND m.communication_id = {self._place(rule.communication_id, 'uuid')}"
        if rule.channel is not None:
            more += f" AND m.channel = {self._place(rule.channel)}"
        if rule.days is not None:
            more += f" AND m.at > now() - make_interval(days => {self._place(rule.days, 'integer')})"
        exists = _COMMUNICATED.format(statuses, more)
        return f"NOT {exists}" if rule.outcome == "not_received" else exists

    def _among(self, column: str, values: Sequence[str | None]) -> str:
        given = [each for each in values if each is not None]
        among = f"coalesce({column} = ANY ({self._place(given, 'text[]')}), false)"
        return f"({among} OR {column} IS NULL)" if None in values else among

    def _place(self, value: object, kind: str = "text") -> str:
        self.values.append(value)
        return f"${self._first + len(self.values) - 1}::{kind}"
