"""Understanding a phone number by where the people are who write and get it."""

from estafette.accounts.actions.reaching import partner_zones
from estafette.accounts.models.phones import TypedPhone, UnderstoodPhone
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form
from estafette.base.database import Database
from estafette.base.errors import FieldError, Invalid, invalid
from estafette.base.languages import Language
from estafette.base.phones import spaced


async def understand(database: Database, given: TypedPhone, language: Language) -> UnderstoodPhone:
    """What somebody's number is understood as; raises Invalid where it is none, or may be several."""
    zones = {} if given.partner_id is None else await partner_zones(database, [given.partner_id])
    number, wrong = read_phone(given.phone, language, given.time_zone, *zones.values())
    if wrong:
        raise Invalid(*wrong)
    if number is None:
        raise invalid("phone", "required")
    return UnderstoodPhone(phone=number, spaced=spaced(number))


def read_phone(text: str, language: Language, *zones: str | None) -> tuple[str | None, list[FieldError]]:
    """The number as a person's profile would take it, or what is wrong with it; an empty one is None."""
    form = Form()
    number = form.read("phone", rules.phone_in(language, *zones), text)
    return (None if form.errors else number), form.errors
