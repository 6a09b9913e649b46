"""What an expression is taken to mean; nothing that is typed is an exception."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.search.rules.days import days_of
from estafette.search.rules.expressions import MAX_FAULTS, MAX_OPERATORS, MAX_WORDS, read_expression

TODAY = date(2026, 3, 1)


def operators(text: str) -> list[tuple[str, str, bool]]:
    return [(each.name, each.value, each.wanted) for each in read_expression(text).operators]


def faults(text: str) -> list[tuple[str, str, int]]:
    return [(each.code, each.piece, each.place) for each in read_expression(text).faults]


def test_operators_are_taken_out_and_the_words_left_are_for_the_index() -> None:
    read = read_expression('boat from:Nora -has:image in:"River trips" "grand lit" -winter sai')
    assert operators('boat from:Nora -has:image in:"River trips" x') == [
        ("from", "Nora", True),
        ("has", "image", False),
        ("in", "River trips", True),
    ]
    assert read.words.split() == ["boat", '"grand', 'lit"', "-winter", "sai"]
    assert read.faults == ()


def test_a_word_before_an_operator_is_whole_and_the_last_of_all_may_go_on() -> None:
    assert read_expression("cham from:me").words == "cham "
    assert read_expression("from:me cham").words == " cham"
    assert read_expression("cham ").words == "cham "


def test_quotes_of_every_language_hold_a_name_together() -> None:
    for text in ('from:"Nora Weber"', "from:“Nora Weber”", "from:«Nora Weber»", 'FROM:"Nora Weber'):
        assert operators(text) == [("from", "Nora Weber", True)]


@pytest.mark.parametrize(
    "text",
    [
        "http://example.com/from:me",
        "https://x.org",
        "10:30",
        "Re: hello",
        "Note:this",
        "mailto:ann@example.com",
        "localhost:8000",
        "C:\\path",
        "foo:",
        "foo::bar",
        ":-)",
        "a:b",
        '"from:me"',
        "«has:file»",
        "тема:важно",
        "-note://x",
    ],
)
def test_what_plainly_is_text_stays_text(text: str) -> None:
    assert operators(text) == faults(text) == []
    assert read_expression(text).words.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("boat form:nora", ("search_unknown", "form:nora", 5)),
        ("has:cake", ("search_value", "has:cake", 0)),
        ("is:read", ("search_value", "is:read", 0)),
        ("x -is:unread", ("search_negation", "-is:unread", 2)),
        ("-before:2026", ("search_negation", "-before:2026", 0)),
        ("a from:", ("search_missing", "from:", 2)),
        ('in:""', ("search_missing", 'in:""', 0)),
        ("before:2026-02-30", ("search_value", "before:2026-02-30", 0)),
        ("on:tomorrow", ("search_value", "on:tomorrow", 0)),
        ("after:99999-01-01", ("search_value", "after:99999-01-01", 0)),
        ("pinned:no", ("search_value", "pinned:no", 0)),
    ],
)
def test_a_piece_that_means_nothing_is_named_with_its_place(text: str, expected: tuple[str, str, int]) -> None:
    assert faults(text) == [expected]


def test_there_is_a_limit_to_operators_words_and_faults() -> None:
    assert len(read_expression("has:file " * 30).operators) == MAX_OPERATORS
    assert [each[0] for each in faults("has:file " * (MAX_OPERATORS + 1))] == ["search_too_many"]
    assert faults("a " * MAX_WORDS) == []
    assert [each[0] for each in faults("a " * (MAX_WORDS + 1))] == ["search_too_many"]
    assert len(faults("has:x " * 50)) == MAX_FAULTS


@pytest.mark.parametrize("piece", ["-".join(["ax"] * 41), '"' + "ax " * 41 + '"', "🎂" * 41, "1." * 41])
def test_words_are_counted_also_where_signs_hold_them_together(piece: str) -> None:
    assert faults(f"boat {piece}") == [("search_too_many", piece, 5)]
    assert faults(f"{'a ' * 40}boat") == [("search_too_many", "boat", 80)]


PIECES = st.sampled_from(
    [
        "from:",
        "-in:",
        "has:file",
        "before:",
        "on:2026-02-30",
        '"',
        "-",
        ":",
        " ",
        "OR",
        "is:unread",
        "«",
        "me",
        "\0",
        "🎂",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60).map("".join)))
def test_nothing_is_an_exception_and_what_was_typed_is_somewhere(text: str) -> None:
    read = read_expression(text)
    assert len(read.operators) <= MAX_OPERATORS
    assert len(read.faults) <= MAX_FAULTS + 1
    for each in (*read.operators, *read.faults):
        assert 0 <= each.place < len(text)
        assert len(each.piece) > 1 or each.piece in text


@pytest.mark.parametrize(
    ("value", "first", "end"),
    [
        ("2026-03-01", (2026, 3, 1), (2026, 3, 2)),
        ("2026-3-1", (2026, 3, 1), (2026, 3, 2)),
        ("2026-12", (2026, 12, 1), (2027, 1, 1)),
        ("2025", (2025, 1, 1), (2026, 1, 1)),
        ("today", (2026, 3, 1), (2026, 3, 2)),
        ("Yesterday", (2026, 2, 28), (2026, 3, 1)),
        ("aujourd’hui", (2026, 3, 1), (2026, 3, 2)),
        ("hier", (2026, 2, 28), (2026, 3, 1)),
        ("hoje", (2026, 3, 1), (2026, 3, 2)),
        ("ontem", (2026, 2, 28), (2026, 3, 1)),
        ("сегодня", (2026, 3, 1), (2026, 3, 2)),
        ("Вчера", (2026, 2, 28), (2026, 3, 1)),
    ],
)
def test_days_are_read_as_people_type_them(value: str, first: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    days = days_of(value)
    assert days is not None
    assert days(TODAY) == (date(*first), date(*end))
