"""Phone numbers as people read them."""

import phonenumbers


def spaced(number: str) -> str:
    """A number in the form of E.164 as it is written for readers abroad (E.123), such as +33 6 39 98 00 01."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
