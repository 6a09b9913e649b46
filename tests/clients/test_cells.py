"""Numbers as spreadsheets of four languages write them: read as they are meant, or not at all."""

import pytest

from estafette.accounts import Wrong
from estafette.base.languages import Language
from estafette.clients.rules.cells import number


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,234,567", 1_234_567),
        ("en", "-1,234.5", -1234.5),
        ("en", "1.234,5", 1234.5),
        ("fr", "1 234,5", 1234.5),
        ("fr", "1.234.567,5", 1_234_567.5),
        ("pt", "1,234.5", 1234.5),
        ("en", "1e-05", 0.00001),
        ("fr", "1e+15", 10**15),
        ("fr", "1,5E3", 1500),
    ],
)
def test_a_number_is_read_as_it_is_meant(language: Language, text: str, value: float) -> None:
    assert number(language)(text) == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1,5"),
        ("en", "12,34.5"),
        ("en", ",234"),
        ("fr", "1.5,2.3"),
        ("fr", "1,2,3"),
        ("en", "1e999"),
        ("en", "٣"),
    ],
)
def test_a_number_that_could_be_another_is_none(language: Language, text: str) -> None:
    with pytest.raises(Wrong):
        number(language)(text)
