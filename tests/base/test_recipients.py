"""Phone numbers and e-mail addresses: read in one way, wherever they come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.base.countries import regions
from estafette.base.languages import Language
from estafette.base.mailboxes import CHARACTERS, mailbox, on_the_wire
from estafette.base.phones import phone, readings


@pytest.mark.parametrize(
    "typed",
    [
        "+33639980009",
        "\u202a+33 6 39 98 00 09\u202c",  # as telephone books of phones copy it
        "\u200e+33\u00a06\u00a039\u00a098\u00a000\u00a009\u200f",
        "\u2066+33 6.39.98.00.09\u2069",
        "\ufeff ＋３３ ６ ３９ ９８ ００ ０９\n",
        "+33\u200b6\u00ad39\u206098\u200d0009",
    ],
)
def test_a_pasted_number_is_the_number(typed: str) -> None:
    assert phone(typed) == "+33639980009"


@pytest.mark.parametrize(
    "typed", ["", "\u202a\u202c", "0639980009", "+12", "+33639980009 ext. 5", "\u202a+" + "1" * 300]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert phone(typed) is None


@pytest.mark.parametrize(
    ("typed", "language", "zones", "number"),
    [
        ("06 12 34 56 78", "fr", [], "+33612345678"),
        ("06 12 34 56 78", "en", ["America/New_York", "Europe/Paris"], "+33612345678"),  # the partner's country
        ("06 12 34 56 78", "ru", ["Europe/Paris"], "+33612345678"),
        ("(11) 96123-4567", "pt", ["America/Sao_Paulo"], "+5511961234567"),
        ("912 345 678", "pt", ["Europe/Lisbon"], "+351912345678"),
        ("8 912 345-67-89", "ru", ["Europe/Moscow"], "+79123456789"),
        ("07911 123456", "en", [], "+447911123456"),
        ("98765 43210", "en", ["Asia/Calcutta"], "+919876543210"),  # a former name, which browsers still give
        ("0033 6 12 34 56 78", "en", ["America/New_York"], "+33612345678"),
        ("+33 6 12 34 56 78", "ru", ["Europe/Berlin"], "+33612345678"),
        ("\u202a06 12 34 56 78\u202c", "fr", ["Nowhere/Land"], "+33612345678"),
    ],
)
def test_a_number_without_a_country_is_one_of_where_people_are(
    typed: str, language: Language, zones: list[str], number: str
) -> None:
    assert phone(typed, regions(language, *zones)) == number


@pytest.mark.parametrize("typed", ["06 12 34 56", "12", "", "0", "06 12 34 56 78 ext. 5", "00"])
def test_what_no_country_here_has_is_no_number(typed: str) -> None:
    assert readings(typed, regions("fr", "Europe/Paris")) == ()


def test_a_number_that_two_countries_have_is_not_guessed() -> None:
    # A Swiss mobile number, and a French one that was given out later.
    both = regions("fr", "Europe/Zurich", "Europe/Paris")
    assert phone("079 123 45 67", both) is None
    assert readings("079 123 45 67", both) == ("+41791234567", "+33791234567")
    assert phone("079 123 45 67", regions("fr", "Europe/Zurich")) == "+41791234567"


@given(st.text(max_size=60))
def test_where_people_are_changes_no_number_with_a_country(text: str) -> None:
    if (number := phone(text)) is not None:
        assert phone(text, regions("ru", "Europe/Paris")) == number


@pytest.mark.parametrize(
    ("typed", "kept", "written"),
    [
        ("user@example.com", "user@example.com", "user@example.com"),
        ("user@example.com\u202c", "user@example.com", "user@example.com"),
        ("\u202a\ufeff user@example.com\u200b\n", "user@example.com", "user@example.com"),
        ("Ｕser＠example.com", "User@example.com", "User@example.com"),
        ("a@exämple.org", "a@exämple.org", "a@xn--exmple-cua.org"),
        ("a@straße.example", "a@straße.example", "a@xn--strae-oqa.example"),
        ("o'neil+x_y@sub-domain.example", "o'neil+x_y@sub-domain.example", "o'neil+x_y@sub-domain.example"),
    ],
)
def test_an_address_is_kept_in_one_form_and_written_to_in_ascii(typed: str, kept: str, written: str) -> None:
    assert mailbox(typed) == kept
    assert on_the_wire(kept) == written


@pytest.mark.parametrize(
    "typed",
    [
        "a@ex_ample.com",
        "é@example.com",
        "почта@пример.рф",
        "us\u200ber@example.com",
        "a@-b.example",
        "a@b-.example",
        "a@b",
        "a@127.0.0.1",
        "a@b..example",
        '"a b"@example.com',
        "a@b@example.com",
        "a@" + "b" * 64 + ".example",
        "a" * 65 + "@example.com",
        "a@" + "ü" * 60 + ".example",
        "a@" + "b." * 126 + "example",
    ],
)
def test_what_nobody_can_write_to_is_no_address(typed: str) -> None:
    assert mailbox(typed) is None


@given(st.text(max_size=80) | st.builds("{}@{}".format, st.text(max_size=20), st.text(max_size=20)))
def test_what_is_kept_can_be_written_to_and_stays_as_it_is(text: str) -> None:
    kept = mailbox(text)
    if kept is not None:
        written = on_the_wire(kept)
        assert written is not None
        assert written.isascii()
        assert len(written) <= CHARACTERS
        assert mailbox(kept) == kept
