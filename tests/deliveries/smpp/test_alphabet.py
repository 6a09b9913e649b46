"""How a text becomes segments, judged by a package that knows the alphabet, too."""

import gsm0338
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.deliveries.alphabet import count_segments, encoded, encoding_of, extent, outside_gsm7, segments

JUDGE = gsm0338.Codec()
# What the judge can write, and an escape leads to nothing of its own.
ALPHABET = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000 and chr(code) != "\x1b"]


def judged(letter: str) -> bytes | None:
    try:
        return bytes(JUDGE.encode(letter)[0])
    except UnicodeError:
        return None


WRITABLE = {letter: octets for letter in ALPHABET if (octets := judged(letter)) is not None}
SEPTETS = st.text(st.sampled_from(sorted(WRITABLE)), max_size=800)
ANYTHING = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("áâãçœЖ😀€|")), max_size=400)


def test_the_alphabet_has_the_letters_that_the_judge_has() -> None:
    assert len(WRITABLE) == 127 + 10
    assert [letter for letter in ALPHABET if (encoding_of(letter) == "gsm7") != (letter in WRITABLE)] == []


@given(SEPTETS)
def test_a_text_is_written_as_the_judge_writes_it(text: str) -> None:
    assert encoding_of(text) == "gsm7"
    assert encoded(text, "gsm7") == b"".join(WRITABLE[letter] for letter in text)
    assert JUDGE.decode(encoded(text, "gsm7"))[0] == text


@given(SEPTETS)
def test_septets_are_cut_between_characters_and_fill_their_segments(text: str) -> None:
    parts = segments(text)
    sizes = [len(encoded(part, "gsm7")) for part in parts]
    assert "".join(parts) == text
    assert count_segments(text) == len(parts)
    assert all(size <= (160 if len(parts) == 1 else 153) for size in sizes)
    # A segment is left with one free place at most, and that only before a character that takes two.
    for size, following in zip(sizes, parts[1:], strict=False):
        assert size + len(WRITABLE[following[0]]) > 153
    assert (len(parts) == 1) == (len(encoded(text, "gsm7")) <= 160)


@given(ANYTHING.filter(outside_gsm7))
def test_units_of_utf_16_are_cut_between_characters_and_fill_their_segments(text: str) -> None:
    parts = segments(text)
    assert encoding_of(text) == "ucs2"
    assert [encoded(part, "ucs2").decode("utf-16-be") for part in parts] == parts
    assert "".join(parts) == text
    assert count_segments(text) == len(parts)
    sizes = [len(part.encode("utf-16-be")) // 2 for part in parts]
    assert all(size <= (70 if len(parts) == 1 else 67) for size in sizes)
    for size, following in zip(sizes, parts[1:], strict=False):
        assert size + len(following[0].encode("utf-16-be")) // 2 > 67


@given(st.one_of(ANYTHING, SEPTETS))
def test_what_is_left_can_still_be_written_and_not_one_more(text: str) -> None:
    found = extent(text)
    filler = "a"
    assert found.segments == count_segments(text)
    assert count_segments(text + filler * found.left) == found.segments
    assert count_segments(text + filler * (found.left + 1)) > found.segments


@pytest.mark.parametrize(
    ("text", "encoding", "count", "characters", "left"),
    [
        ("", "gsm7", 1, 0, 160),
        ("a" * 150, "gsm7", 1, 150, 10),
        ("a" * 160, "gsm7", 1, 160, 0),
        ("a" * 161, "gsm7", 2, 161, 145),
        ("€" * 80, "gsm7", 1, 160, 0),
        ("€" * 81, "gsm7", 2, 162, 143),
        ("a" * 152 + "€" * 5, "gsm7", 2, 162, 143),
        ("á" * 70, "ucs2", 1, 70, 0),
        ("á" * 150, "ucs2", 3, 150, 51),
        ("Ж" * 151, "ucs2", 3, 151, 50),
        ("😀" * 35, "ucs2", 1, 70, 0),
        ("😀" * 36, "ucs2", 2, 72, 61),
        ("ã" * 66 + "😀" * 3, "ucs2", 2, 72, 61),
        ("olá", "ucs2", 1, 3, 67),
        ("è à ñ Ç", "gsm7", 1, 7, 153),
    ],
)
def test_well_known_lengths(text: str, encoding: str, count: int, characters: int, left: int) -> None:
    found = extent(text)
    assert (found.encoding, found.segments, found.characters, found.left) == (encoding, count, characters, left)


def test_it_says_which_characters_make_a_text_long() -> None:
    assert outside_gsm7("ação é à função“") == ("ç", "ã", "“")
    assert outside_gsm7("[€] ^_^") == ()


def test_what_the_alphabet_has_not_is_not_written_as_something_else() -> None:
    with pytest.raises(ValueError, match="GSM"):
        encoded("`", "gsm7")
    assert encoded("\ud800", "ucs2") == b"\0?"
