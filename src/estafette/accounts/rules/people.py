"""What a person's name, e-mail address, phone number, password and time zone must be like."""

from collections.abc import Callable
from functools import cache, partial
from typing import Final
from unicodedata import category, normalize
from zoneinfo import available_timezones

from estafette.accounts.rules.forms import Wrong
from estafette.accounts.rules.words import line
from estafette.base import mailboxes, phones
from estafette.base.countries import Regions, regions
from estafette.base.languages import Language
from estafette.base.visible import is_plain, is_visible, trimmed

NAME_CHARACTERS: Final = 120
LABEL_CHARACTERS: Final = 60
EMAIL_CHARACTERS: Final = mailboxes.CHARACTERS
PHONE_CHARACTERS: Final = phones.CHARACTERS
PASSWORD_SHORTEST: Final = 10
PASSWORD_LONGEST: Final = 200
USER_AGENT_CHARACTERS: Final = 300


name = line(NAME_CHARACTERS)
label = line(LABEL_CHARACTERS)


def email(value: str) -> str:
    """An e-mail address, kept as it was typed; only what nobody can write to is refused."""
    typed = trimmed(value)
    if not is_visible(typed):
        raise Wrong("required")
    if "\0" in typed:
        raise Wrong("forbidden_character")
    key = email_key(typed)
    if max(len(typed), len(key)) > EMAIL_CHARACTERS:
        raise Wrong("too_long", max=EMAIL_CHARACTERS)
    if mailboxes.mailbox(key) is None:
        raise Wrong("email_invalid")
    # Invisible characters: two addresses that look alike would be two people.
    if " " in key or (not is_plain(key) and any(category(each)[0] in "CZ" for each in key)):
        raise Wrong("email_invalid")
    return typed


def optional_email(value: str | None) -> str | None:
    """As `email`; an empty one is none."""
    return email(value) if value and is_visible(value) else None


def email_key(value: str) -> str:
    """What two spellings of one address have in common: compatibility forms (full width …) and case do not count."""
    return normalize("NFKC", normalize("NFKC", trimmed(value)).lower())


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
    if not is_visible(composed):
        raise Wrong("required")
    return composed


def password_as_typed(value: str) -> str:
    """What somebody tries as a password, in the form that `password` gave the real one; never refused."""
    return normalize("NFKC", value[: PASSWORD_LONGEST + 1])


def phone(value: str | None, regions: Regions = ()) -> str | None:
    """A phone number in E.164 from however it was typed; an empty one is none.

    Without + and country code it is a number of one of `regions`.
    """
    if value is None or not is_visible(value):
        return None
    if len(phones.typed(value)) > PHONE_CHARACTERS:
        raise Wrong("too_long", max=PHONE_CHARACTERS)
    match phones.readings(value, regions):
        case ():
            raise Wrong("phone_invalid")
        case (number,):
            return number
        case several:
            raise Wrong("phone_ambiguous", numbers=", ".join(map(phones.spaced, several)))


def phone_in(language: Language, *zones: str | None) -> Callable[[str | None], str | None]:
    """The rule `phone` for somebody of a language in time zones."""
    return partial(phone, regions=regions(language, *zones))


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
