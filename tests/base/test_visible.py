"""What counts as empty: a text that shows nothing, of whatever characters it is made."""

import pytest

from estafette.base.visible import is_visible, trimmed

UNSEEN = [
    "",
    " \t\n\u00a0\u3000",
    "\u200b",  # zero width space
    "\u2800",  # a Braille pattern without dots
    "\u3164",  # Hangul filler
    "\u115f\u1160\uffa0",
    "\u00ad\u2060\ufeff",
    "\u202a\u202c\u2066\u2069",
    "\u0301\u20e3",  # marks without a letter
    "\ufe0f\U000e0101",  # variation selectors
    "\U000e0041\U000e007f",  # tags
    "\ufffc",
]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert not is_visible(text)
    assert not is_visible(text * 3)


@pytest.mark.parametrize(
    "text", ["a", ".", "\u200b.\u200b", "e\u0301", "🎂", "👩\u200d💻", "\ufffd", "ﷺ", "क\u093f", "\ue000", "\U0001fae9"]
)
def test_a_letter_a_sign_and_a_picture_are_seen(text: str) -> None:
    assert is_visible(text)


def test_what_came_along_around_a_text_is_left_out_and_what_is_within_stays() -> None:
    assert trimmed("\u202a \ufeffa \u200bb\u202c\n") == "a \u200bb"
    assert trimmed(" \u200b ") == ""
