"""Wrong fields: every one is named, with a code that says what is wrong with it."""

from typing import Annotated, Any

import msgspec
import pytest

from estafette.base.wrong_fields import wrong_fields
from estafette.web.gate import readable_query


class Span(msgspec.Struct, forbid_unknown_fields=True):
    day: int


class Form(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=2, max_length=5)]
    count: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    spans: Annotated[list[Span], msgspec.Meta(max_length=2)] = []
    level: int | None = None


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("{}", {"name": "required"}),
        ('{"name": 5}', {"name": "wrong_type"}),
        ('{"name": null}', {"name": "wrong_type"}),
        ('{"name": "x"}', {"name": "too_short"}),
        ('{"name": "xxxxxx"}', {"name": "too_long"}),
        ('{"name": "abc", "count": 0}', {"count": "too_small"}),
        ('{"name": "abc", "count": 10}', {"count": "too_great"}),
        ('{"name": "abc", "count": "5"}', {"count": "wrong_type"}),
        ('{"name": "abc", "count": true}', {"count": "wrong_type"}),
        ('{"name": "abc", "spans": [{"day": 1}, {"day": "x"}]}', {"spans[1].day": "wrong_type"}),
        ('{"name": "abc", "spans": [{}]}', {"spans[0].day": "required"}),
        ('{"name": "abc", "spans": [{"day": 1, "night": 2}]}', {"spans[0].night": "unknown_field"}),
        ('{"name": "abc", "spans": [{"day":1},{"day":1},{"day":1}]}', {"spans": "too_many"}),
        ('{"name": "abc", "other": 1}', {"other": "unknown_field"}),
        ('{"nome": "abc", "count": 0, "level": []}',
         {"name": "required", "nome": "unknown_field", "count": "too_small", "level": "wrong_type"}),
        ("[]", {"body": "wrong_type"}),
        ("null", {"body": "wrong_type"}),
        ('"text"', {"body": "wrong_type"}),
    ],
)  # fmt: skip
def test_every_wrong_field_is_named(body: str, wrong: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(body, type=Form)
    value: Any = msgspec.json.decode(body)
    found = wrong_fields(value, Form, caught.value)
    assert {each.field: each.code for each in found} == wrong


@pytest.mark.parametrize("query", [b"q=caf%C3%A9", b"", b"a=b&c", b"q=100%", b"q=%zz", b"q=%2525"])
def test_a_query_of_text_is_read(query: bytes) -> None:
    assert readable_query(query)


@pytest.mark.parametrize("query", [b"q=%00", b"q=a%00b", b"q=%ff", b"q=%C3", b"q=%ED%A0%80"])
def test_a_query_that_is_no_text_is_not(query: bytes) -> None:
    assert not readable_query(query)
