"""Phone numbers and e-mail addresses: read in one way, wherever they come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.base.mailboxes import CHARACTERS, mailbox, on_the_wire
from estafette.base.phones import phone


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
