"""Segments describe clients: a filter finds what plain Python finds, and one that cannot be asked says so."""

import itertools
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafette.base.errors import Invalid
from estafette.clients.actions import attributes, exporting, segments
from estafette.clients.errors import SegmentChanged, SegmentOutdated, UnknownSegment
from estafette.clients.models.attributes import Kind
from estafette.clients.models.clients import CHANNELS, Client, GivenConsent
from estafette.clients.models.segments import (
    AddressRule,
    AttributeRule,
    ConsentRule,
    Group,
    LanguageRule,
    NewSegment,
    SegmentChanges,
    ZoneRule,
)
from estafette.clients.rules.segments import COMPARISONS
from estafette.clients.store import segments as statements
from tests.clients.scene import Register

VALUES: dict[str, list[Any]] = {
    "city": ["Lyon", "LYON", "Ly", "%", "'; DROP TABLE clients; --"],
    "spent": [0, 2, -1, 2.5, 10],
    "since": ["2026-01-31", "2025-12-31", "2026-10-01"],
    "member": [True, False],
    "tier": ["Gold", "Silver"],
}


def plainly(rule: Any, client: Client) -> bool:
    """Whether a client meets a rule, without SQL."""
    match rule:
        case Group():
            found = [plainly(each, client) for each in rule.rules]
            return (all(found) if rule.match == "all" else any(found)) if found else True
        case ConsentRule():
            said = {**dict.fromkeys(client.consented, "given"), **dict.fromkeys(client.refused, "refused")}
            return said.get(rule.channel, "unknown") == rule.state
        case AddressRule():
            address = {"email": client.email, "sms": client.phone, "whatsapp": client.whatsapp}[rule.channel]
            return (address is not None) == rule.present
        case LanguageRule():
            return client.language in rule.values
        case ZoneRule():
            return client.time_zone in rule.values
        case _:
            pass
    value: Any = client.attributes.get(rule.key)
    if rule.comparison in ("known", "unknown"):
        return (value is not None) == (rule.comparison == "known")
    if value is None:
        return False
    one: Any = value.lower() if isinstance(value, str) else value
    other: Any = rule.value.lower() if isinstance(rule.value, str) else rule.value
    return {
        "is": lambda: one == other,
        "is_not": lambda: one != other,
        "contains": lambda: other in one,
        "less": lambda: one < other,
        "greater": lambda: one > other,
    }[rule.comparison]()


@st.composite
def attribute_rules(draw: st.DrawFn) -> AttributeRule:
    kinds: dict[str, Kind] = {"city": "text", "spent": "number", "since": "date", "member": "boolean", "tier": "choice"}
    key = draw(st.sampled_from(sorted(kinds)))
    comparison = draw(st.sampled_from(sorted(COMPARISONS[kinds[key]])))
    value = None if comparison in ("known", "unknown") else draw(st.sampled_from(VALUES[key]))
    return AttributeRule(key=key, comparison=comparison, value=value)


RULES = st.one_of(
    attribute_rules(),
    st.builds(ConsentRule, channel=st.sampled_from(CHANNELS), state=st.sampled_from(["given", "refused", "unknown"])),
    st.builds(AddressRule, channel=st.sampled_from(CHANNELS), present=st.booleans()),
    st.builds(LanguageRule, values=st.lists(st.sampled_from(["en", "fr", None]), min_size=1)),
    st.builds(ZoneRule, values=st.lists(st.sampled_from(["Europe/Paris", "UTC", None]), min_size=1)),
)
GROUPS = st.recursive(
    st.builds(Group, match=st.sampled_from(["all", "any"]), rules=st.lists(RULES, min_size=1, max_size=3)),
    lambda inner: st.builds(
        Group, match=st.sampled_from(["all", "any"]), rules=st.lists(RULES | inner, min_size=1, max_size=3)
    ),
    max_leaves=3,
).filter(lambda group: depth(group) <= 3)


def depth(group: Group) -> int:
    return 1 + max((depth(each) for each in group.rules if isinstance(each, Group)), default=0)


async def some_clients(register: Register) -> None:
    """Clients that differ in all that a filter can ask."""
    for number, (language, zone) in enumerate(itertools.product(("en", "fr", None), ("Europe/Paris", "UTC", None))):
        given = {key: values[number % len(values)] for key, values in VALUES.items() if (number + len(key)) % 3}
        said = GivenConsent(given=number % 2 == 0, source="Fair")
        await register.add(
            f"Client {number}",
            language=language,
            time_zone=zone,
            email=f"c{number}@example.com" if number % 3 else None,
            phone=f"+3361234567{number}" if number % 4 else None,
            attributes=given,
            consents={CHANNELS[number % 3]: said} if number < 7 else {},
        )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(group=GROUPS)
async def test_a_filter_finds_what_plain_python_finds(register: Register, group: Group) -> None:
    if not await register.names():
        await some_clients(register)
    everybody = await register.everybody()
    expected = [each.name for each in everybody if plainly(group, each)]
    told = await segments.count_filter(register.database, register.root, group)
    assert (told.count, told.exact, told.clients) == (len(expected), True, len(everybody))
    assert [each.name for each in told.some] == expected[:5]


async def test_a_segment_is_listed_page_by_page_and_exported(register: Register, monkeypatch: Any) -> None:
    await some_clients(register)
    monkeypatch.setattr(statements, "STRETCH", 2)
    group = Group(rules=[AddressRule(channel="email", present=True)])
    made = await segments.add_segment(register.database, register.root, NewSegment(name="By e-mail", filter=group))
    seen: list[str] = []
    after = None
    while True:
        page, after = await segments.segment_page(register.database, made.id, after, 1)
        seen += [each.name for each in page]
        if after is None:
            break
    assert seen == ["Client 1", "Client 2", "Client 4", "Client 5", "Client 7", "Client 8"]
    pieces = await exporting.export_csv(register.database, register.root, made.id)
    content = b"".join([each async for each in pieces]).decode()
    assert [line.split(",")[1] for line in content.splitlines()[1:]] == [f'"{name}"' for name in seen]


RULE = ConsentRule(channel="sms", state="given")


def nested(levels: int) -> Group:
    group = Group(rules=[RULE])
    for _ in range(levels - 1):
        group = Group(rules=[group])
    return group


@pytest.mark.parametrize(
    ("group", "wrong"),
    [
        (Group(rules=[AttributeRule(key="shoe", comparison="known")]), {"filter.rules[0].key": "attribute_unknown"}),
        (
            Group(rules=[AttributeRule(key="city", comparison="less", value="x")]),
            {"filter.rules[0].comparison": "comparison_unfit"},
        ),
        (Group(rules=[AttributeRule(key="spent", comparison="is")]), {"filter.rules[0].value": "required"}),
        (
            Group(rules=[AttributeRule(key="spent", comparison="is", value="2")]),
            {"filter.rules[0].value": "wrong_type"},
        ),
        (
            Group(rules=[AttributeRule(key="city", comparison="known", value="x")]),
            {"filter.rules[0].value": "comparison_without_value"},
        ),
        (
            Group(rules=[AttributeRule(key="city", comparison="contains", value="x" * 501)]),
            {"filter.rules[0].value": "too_long"},
        ),
        (Group(rules=[LanguageRule(values=[])]), {"filter.rules[0].values": "required"}),
        (Group(rules=[ZoneRule(values=["Mars/Base"])]), {"filter.rules[0].values": "time_zone_unknown"}),
        (Group(rules=[RULE, Group(rules=[])]), {"filter.rules[1].rules": "required"}),
        (nested(4), {"filter.rules[0].rules[0].rules[0].rules[0]": "filter_too_deep"}),
        (Group(rules=[RULE] * 51), {"filter": "too_many"}),
    ],
)
async def test_a_filter_that_cannot_be_asked_is_refused(
    register: Register, group: Group, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as problem:
        await segments.count_filter(register.database, register.root, group)
    assert {each.field: each.code for each in problem.value.fields} == wrong


async def test_a_segment_that_asks_for_a_removed_attribute_says_so(register: Register) -> None:
    group = Group(rules=[AttributeRule(key="city", comparison="is", value="Lyon")])
    made = await segments.add_segment(register.database, register.root, NewSegment(name="Lyon", filter=group))
    assert made.missing == []
    await attributes.remove_attribute(register.database, register.root, "city")
    [told] = await segments.list_segments(register.database, register.root)
    assert told.missing == ["city"]
    with pytest.raises(SegmentOutdated):
        await segments.segment_page(register.database, made.id, None, 10)


async def test_segments_have_names_of_their_own_and_are_changed_as_they_were_seen(register: Register) -> None:
    new = NewSegment(name="Everybody", filter=Group())
    made = await segments.add_segment(register.database, register.root, new)
    with pytest.raises(Invalid):
        await segments.add_segment(register.database, register.root, NewSegment(name="EVERYBODY", filter=Group()))
    changed = await segments.change_segment(
        register.database, register.root, made.id, SegmentChanges(revision=1, name="All")
    )
    assert (changed.name, changed.revision) == ("All", 2)
    with pytest.raises(SegmentChanged):
        await segments.change_segment(register.database, register.root, made.id, SegmentChanges(revision=1, name="X"))
    await segments.delete_segment(register.database, register.root, made.id)
    with pytest.raises(UnknownSegment):
        await segments.delete_segment(register.database, register.root, made.id)
    with pytest.raises(UnknownSegment):
        await segments.segment_page(register.database, uuid4(), None, 10)


async def test_what_takes_too_long_to_count_is_estimated(register: Register, monkeypatch: Any) -> None:
    await some_clients(register)
    held = "SELECT count(*) FROM clients c, pg_advisory_xact_lock(1) WHERE {condition}"
    monkeypatch.setattr(statements, "_COUNT", held)
    monkeypatch.setattr(statements, "COUNTED_MS", 20)
    async with register.database.transaction() as somebody_else:
        await somebody_else.execute("SELECT pg_advisory_xact_lock(1)")
        told = await segments.count_filter(register.database, register.root, Group())
    assert (told.count, told.exact) == (9, False)
