"""What counts as exactly one emoji."""

import pytest

from estafette.base.emojis import LONGEST, exactly_one


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "👩🏿‍🚀", "👨‍👩‍👧‍👦", "🧑🏻‍❤️‍💋‍🧑🏿", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🇧🇷", "1️⃣", "🏳️‍🌈", "❤️"])
def test_skin_tones_flags_keycaps_and_joined_emoji_are_one(emoji: str) -> None:
    assert exactly_one(emoji) == emoji


@pytest.mark.parametrize(("typed", "meant"), [("❤", "❤️"), ("☺", "☺️"), ("👁‍🗨", "👁️‍🗨️"), ("1⃣", "1️⃣")])
def test_what_keyboards_write_in_several_ways_is_the_same_one(typed: str, meant: str) -> None:
    assert exactly_one(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "ok",
        "1",
        "👍👍",
        "👍 ",
        " 👍",
        "🏽",
        "🇧",
        "\u202e👍",
        "👍\0",
        "\ud83d",
        "\u200d",
        "\ufe0f",
        "👍" * 10_000,
    ],
)
def test_text_halves_and_several_are_none(text: str) -> None:
    assert exactly_one(text) is None


def test_the_longest_there_is_has_room() -> None:
    from emoji import EMOJI_DATA

    assert max(map(len, EMOJI_DATA)) <= LONGEST
