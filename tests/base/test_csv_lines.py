"""What strangers wrote stays text in a spreadsheet, whatever separator its reader chooses."""

import csv
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from estafette.base.languages import LANGUAGES, Language
from estafette.base.tables.csv_lines import SEPARATORS as OURS
from estafette.base.tables.csv_lines import lines

SIGNS = "=+-@%＝＋－＠"
SEPARATORS = ",;\t|: "


def cells(row: list[str], separator: str, quoting: int) -> list[str]:
    """A row as a program reads it that was told this separator."""
    text = lines([row], "en").decode()
    reader = csv.reader(text.splitlines(), delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    return [cell for each in reader for cell in each]


def test_every_cell_stands_in_quotes() -> None:
    assert (
        lines([["Ann", "", "1"], ['say "hello"', "a,b", "c"]], "en") == b'"Ann","","1"\r\n"say ""hello""","a,b","c"\r\n'
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("x;=1+1;y", "x;'=1+1;y"),
        ("x\t@SUM(A1)", "x\t'@SUM(A1)"),
        ('x;"=1+1"', 'x;"\'=1+1"'),
        ("x,  ＝1+1", "x,  '＝1+1"),
        ("one\n-2", "one\n'-2"),
        ("and =1+1", "and '=1+1"),
        ("+33639980001", "'+33639980001"),
        ("+33 6 39 98 00 01", "+33 6 39 98 00 01"),
        ("+1 415-555-0100", "+1 415-555-0100"),
        ("+1-2", "'+1-2"),
        ("+33 6+1", "'+33 6+1"),
        ("+33 A1", "'+33 A1"),
        (" =1+1", " '=1+1"),
        ("x =\u00a01+1", "x '=\u00a01+1"),
        ("Friday -", "Friday '-"),
        ("Friday - or Monday", "Friday - or Monday"),
        ("Friday -\nor Monday", "Friday -\nor Monday"),
        ("ann@example.com", "ann@example.com"),
        ("Vaux-le-Vicomte, 2026-05-17", "Vaux-le-Vicomte, 2026-05-17"),
    ],
)
def test_a_sign_that_could_begin_a_formula_is_made_text(written: str, kept: str) -> None:
    assert list(csv.reader(lines([[written]], "en").decode().splitlines(keepends=True))) == [[kept]]


@given(
    row=st.lists(st.text(alphabet=SIGNS + SEPARATORS + "\"'\n1a\xa0\u2028", max_size=12), min_size=1, max_size=3),
    separator=st.sampled_from(SEPARATORS),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_NONE]),
)
@example(row=["a", "x;=1+1;y"], separator=";", quoting=csv.QUOTE_MINIMAL)
@example(row=["a", ';"=1+1"'], separator=";", quoting=csv.QUOTE_MINIMAL)
@example(row=[" =", ""], separator=" ", quoting=csv.QUOTE_NONE)
@example(row=["x =", "&A1 x"], separator=" ", quoting=csv.QUOTE_NONE)
@example(row=[" =1"], separator=" ", quoting=csv.QUOTE_NONE)
@example(row=["x =\xa01"], separator=" ", quoting=csv.QUOTE_NONE)
@example(row=["x =\t1"], separator=" ", quoting=csv.QUOTE_NONE)
def test_no_separator_makes_a_formula_of_a_part(row: list[str], separator: str, quoting: int) -> None:
    for cell in cells(row, separator, quoting):
        begins = cell.lstrip('" \xa0\u2028\t\n')
        # A sign alone is no formula, and neither is a country's code.
        computes = begins[:1] in tuple(SIGNS) and begins[1:].strip('" \xa0\u2028')
        assert not computes or re.fullmatch(r"\+\d+(?: \d[\d-]*)*", begins.strip('" ')), cell


@pytest.mark.parametrize("language", LANGUAGES)
def test_cells_are_separated_as_spreadsheets_of_the_language_expect(language: Language) -> None:
    rows = csv.reader(lines([["a;b", "c,d"]], language).decode().splitlines(), delimiter=OURS[language])
    assert list(rows) == [["a;b", "c,d"]]
    assert OURS[language] == ("," if language == "en" else ";")


def test_thousands_of_separators_are_looked_at_once() -> None:
    assert len(lines([["; " * 100_000]], "en")) == 200_004
