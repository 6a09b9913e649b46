"""What a person's name, e-mail address, phone number, password and time zone must be like."""

import re
from functools import cache
from typing import Final
from unicodedata import category, normalize
from zoneinfo import available_timezones

import phonenumbers

from estafette.accounts.rules.forms import Wrong
from estafette.accounts.rules.words import line

NAME_CHARACTERS: Final = 120
LABEL_CHARACTERS: Final = 60
EMAIL_CHARACTERS: Final = 254  # RFC 5321
LOCAL_PART_CHARACTERS: Final = 64
PHONE_CHARACTERS: Final = 40
PASSWORD_SHORTEST: Final = 10
PASSWORD_LONGEST: Final = 200
USER_AGENT_CHARACTERS: Final = 300

_LOCAL_PART: Final = re.compile(r"[^\s@<>()\[\]\\,;:\"]+")
_DOMAIN: Final = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])")

name = line(NAME_CHARACTERS)
label = line(LABEL_CHARACTERS)


def email(value: str) -> str:
    """An e-mail address, kept as it was typed; only what can never be one is refused."""
    typed = value.strip()
    if not typed:
        raise Wrong("required")
    if "\0" in typed:
        raise Wrong("forbidden_character")
    key = email_key(typed)
    if max(len(typed), len(key)) > EMAIL_CHARACTERS:
        raise Wrong("too_long", max=EMAIL_CHARACTERS)
    local, _, domain = key.rpartition("@")
    if not _LOCAL_PART.fullmatch(local) or len(local) > LOCAL_PART_CHARACTERS or not _DOMAIN.fullmatch(domain):
        raise Wrong("email_invalid")
    # Invisible characters: two addresses that look alike would be two people.
    if any(category(each)[0] in "CZ" for each in key):
        raise Wrong("email_invalid")
    return typed


def optional_email(value: str | None) -> str | None:
    """As `email`; an empty one is none."""
    return email(value) if value and value.strip() else None


def email_key(value: str) -> str:
    """What two spellings of one address have in common: compatibility forms (full width …) and case do not count."""
    return normalize("NFKC", normalize("NFKC", value.strip()).lower())


def same_address(one: str, other: str) -> bool:
    """Whether two addresses differ in their spelling only."""
    return email_key(one) == email_key(other)


def password(value: str) -> str:
    """A password, of any characters, in the one form that all keyboards' compositions of it share."""
    composed = normalize("NFKC", value)
    if len(composed) < PASSWORD_SHORTEST:
        raise Wrong("too_short", min=PASSWORD_SHORTEST)
    if len(value) > PASSWORD_LONGEST or len(composed) > PASSWORD_LONGEST:
        raise Wrong("too_long", max=PASSWORD_LONGEST)
    if not any(not each.isspace() for each in composed):
        raise Wrong("required")
    return composed


def password_as_typed(value: str) -> str:
    """What somebody tries as a password, in the form that `password` gave the real one; never refused."""
    return normalize("NFKC", value[: PASSWORD_LONGEST + 1])


def phone(value: str | None) -> str | None:
    """A phone number in E.164 from however it was typed, with + and country code; an empty one is none."""
    if value is None or not value.strip():
        return None
    if len(value) > PHONE_CHARACTERS:
        raise Wrong("too_long", max=PHONE_CHARACTERS)
    try:
        number = phonenumbers.parse(normalize("NFKC", value), None)
    except phonenumbers.NumberParseException as error:
        raise Wrong("phone_invalid") from error
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise Wrong("phone_invalid")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def time_zone(value: str) -> str:
    """The name of a zone of the IANA database, such as Europe/Paris."""
    if value not in _zones():
        raise Wrong("time_zone_unknown")
    return value


def known_time_zone(value: str | None) -> str:
    """The zone if it is known, otherwise UTC: what a browser reports must not stop a sign-up."""
    return value if value in _zones() else "UTC"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
