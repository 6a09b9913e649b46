"""What can be seen: a text that must not be empty must show something."""

import re
from typing import Final
from unicodedata import category

# Blank, though Unicode counts them among the letters and symbols; and what stands for an object that is not there.
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159")
# Not given out yet, and to be ignored in display all the same (Default_Ignorable_Code_Point), or never a character.
_IGNORED: Final = re.compile("[\u2065\ufdd0-\ufdef\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e0fff]")
# A mark needs a letter to stand on. What is new in Unicode (Cn) and what fonts have of their own (Co) is seen.
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Mc", "Me", "Mn"))


def is_visible(text: str) -> bool:
    """Whether a text shows anything: not only spaces, format characters, fillers, or marks without a letter."""
    if is_plain(text):
        return not text.isspace()
    return any(_is_seen(each) for each in text)


def is_plain(text: str) -> bool:
    """Whether a text is printable ASCII: most are, and none of them needs to be looked at sign by sign."""
    return text.isascii() and text.isprintable() and text != ""


def trimmed(text: str) -> str:
    """A text without the spaces, control and format characters around it, as they come along from elsewhere."""
    if text[:1].isalnum() and text[-1:].isalnum():
        return text
    start, end = 0, len(text)
    while start < end and _is_around(text[start]):
        start += 1
    while end > start and _is_around(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_seen(character: str) -> bool:
    return category(character) not in _UNSEEN and character not in _BLANK and not _IGNORED.match(character)


def _is_around(character: str) -> bool:
    return character.isspace() or category(character) == "Cf"
