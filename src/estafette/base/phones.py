"""Phone numbers, read in one way wherever somebody types or pastes one."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

import phonenumbers

from estafette.base.countries import Regions

CHARACTERS: Final = 40
# Telephone books put marks of direction around a number, each of which is a character more.
_LONGEST: Final = 200
_CODES: Final = frozenset(map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE))


@lru_cache(10_000)
def phone(text: str, regions: Regions = ()) -> str | None:
    """E.164 of a number however it was typed; None when it is no possible number, or may be more than one.

    Without a country code it is one of `regions`, and has to be valid there. Remembered: a number is asked about more
    than once on its way, and many are written to again.
    """
    found = readings(text, regions)
    return found[0] if len(found) == 1 else None


def readings(text: str, regions: Regions = ()) -> tuple[str, ...]:
    """E.164 of every number that was possibly meant, in the order of the first group of countries that has one."""
    plain = typed(text)
    if len(plain) > CHARACTERS:
        return ()
    if regions and plain.startswith("00"):
        plain = "+" + plain[2:]
    if plain.startswith("+"):
        return tuple(_possible(plain))
    for group in regions:
        found = dict.fromkeys(number for region in group for number in _valid(plain, region))
        if found:
            return tuple(found)
    return ()


def _possible(plain: str) -> Iterator[str]:
    # Whether one is in use changes faster than any table of them.
    number = _parsed(plain, None)
    if number is not None and phonenumbers.is_possible_number(number):
        yield _e164(number)


def _valid(plain: str, region: str) -> Iterator[str]:
    # Here the table is needed: nearly every row of digits is possible in nearly every country.
    number = _parsed(plain, region)
    if number is not None and phonenumbers.is_valid_number(number):
        yield _e164(number)


def _parsed(plain: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return None
    return None if number.extension else number


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def typed(text: str) -> str:
    """What of a number can be typed: without format characters, and in plain forms (full width +, digits)."""
    if len(text) > _LONGEST:
        return text
    if text.isascii():
        return text.strip()
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
    digits = number.lstrip("+")
    # No code begins with another: they have at most three digits.
    for length in (1, 2, 3):
        if digits[:length] in _CODES:
            return digits[length:]
    return digits
