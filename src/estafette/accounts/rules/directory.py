"""What an employee's profile may hold, and what somebody who types into the directory is looking for."""

import re
from typing import Final

from estafette.accounts.rules.words import folded, line
from estafette.base import phones

LINE_CHARACTERS: Final = 120
QUERY_WORDS: Final = 10
_DIALLED: Final = re.compile(r"[\d\s()./+-]{3,}")
_LAST_DIGITS: Final = 4

text = line(LINE_CHARACTERS, shortest=0)
_query = line(LINE_CHARACTERS, shortest=0)


def phone_words(number: str | None) -> list[str]:
    """How somebody begins to type a number (E.164): with its country, without, or by its last four digits."""
    if number is None:
        return []
    return sorted({number[1:], phones.national_digits(number), number[-_LAST_DIGITS:]})


def query(typed: str | None) -> tuple[str, str]:
    """What is looked for: the beginning of a name, folded, and the words as a tsquery; both empty: everybody.

    Every word must begin a word of the entry, in any order. Digits with the signs of a phone number between are one
    word, with or without the zeros in front. Raises Wrong.
    """
    plain = folded(_query(typed or ""))
    if _DIALLED.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        return plain, " | ".join(f"'{each}':*" for each in sorted({digits, digits.lstrip("0")}) if len(each) > 2)
    return plain, " & ".join(f"'{word}':*" for word in re.findall(r"[^\W_]+", plain)[:QUERY_WORDS])
