"""Phone numbers, read in one way wherever somebody types or pastes one."""

from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

import phonenumbers

CHARACTERS: Final = 40
# Telephone books put marks of direction around a number, each of which is a character more.
_LONGEST: Final = 200


@lru_cache(10_000)
def phone(text: str) -> str | None:
    """E.164 of a number with + and country code, however it was typed; None when it is no possible number.

    Whether one is in use changes faster than any table of them. Remembered: a number is asked about more than once on
    its way, and many are written to again.
    """
    plain = typed(text)
    if not plain.startswith("+") or len(plain) > CHARACTERS:
        return None
    try:
        number = phonenumbers.parse(plain, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or number.extension:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def typed(text: str) -> str:
    """What of a number can be typed: without format characters, and in plain forms (full width +, digits)."""
    if len(text) > _LONGEST:
        return text
    return normalize("NFKC", "".join(each for each in text if category(each) != "Cf")).strip()


def spaced(number: str) -> str:
    """A number in E.164 as it is written for readers abroad (E.123), such as +33 6 39 98 00 01."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def national_digits(number: str) -> str:
    """The digits of a number in E.164 behind those of its country."""
    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(number, None))
    except phonenumbers.NumberParseException:
        return number.lstrip("+")
