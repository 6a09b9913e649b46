"""What is valid to leave, how often, and what is valid to note about it."""

import re
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from estafette.accounts import ContactProfile
from estafette.base.errors import FieldError, Invalid
from estafette.base.limits import Allowance
from estafette.base.quotas import Used
from estafette.base.visible import is_visible
from estafette.contact_requests.models.requests import NewRequest, State

MESSAGE: Final = 5_000
NOTE: Final = 5_000
# Somewhere on earth it is still yesterday.
EARLIEST: Final = timedelta(days=-1)
YEARS_AHEAD: Final = 2
# The same person about the same advert within so long asks the same thing again.
REPEATED: Final = timedelta(hours=24)

HOUR: Final = 3_600
DAY: Final = 86_400
PER_PERSON_AND_HOUR: Final = 20
PER_PERSON_AND_DAY: Final = 60
PER_ADDRESS_AND_HOUR: Final = 120

# PostgreSQL cannot store NUL, and half of a surrogate pair is no character.
_NOT_STORED: Final = re.compile("[\0\ud800-\udfff]")


def wrong_content(new: NewRequest, today: date) -> list[FieldError]:
    """What is wrong with the message and the date; `today` is that of UTC."""
    wrong: list[FieldError] = []
    if len(new.message) > MESSAGE:
        wrong.append(FieldError("message", "too_long", {"max": MESSAGE}))
    elif _NOT_STORED.search(new.message):
        wrong.append(FieldError("message", "forbidden_character"))
    earliest, latest = today + EARLIEST, _years_later(today, YEARS_AHEAD)
    if new.starts_at is not None and not earliest <= new.starts_at <= latest:
        values = {"min": earliest.isoformat(), "max": latest.isoformat()}
        wrong.append(FieldError("starts_at", "out_of_range", values))
    return wrong


def said(message: str) -> str:
    """What a person wrote, which is optional: "" when nothing of it can be seen."""
    return message if is_visible(message) else ""


def wrong_contact(profile: ContactProfile | None) -> list[FieldError]:
    """What is missing to reach the person; no profile is somebody else's."""
    if profile is None:
        return [FieldError("profile_id", "unknown")]
    missing = {"email": profile.email, "phone": profile.phone}
    return [FieldError(field, "required") for field, value in missing.items() if not value]


def allowances(person_id: UUID, neighbourhood: str) -> tuple[Allowance, ...]:
    """How many requests a person and a network address may leave."""
    return (
        Allowance(f"contact-requests:hour:{person_id}", PER_PERSON_AND_HOUR, HOUR),
        Allowance(f"contact-requests:day:{person_id}", PER_PERSON_AND_DAY, DAY),
        Allowance(f"contact-requests:address:{neighbourhood}", PER_ADDRESS_AND_HOUR, HOUR),
    )


def weight(message: str) -> Used:
    """What a request takes of the day's quotas: as much as a message does."""
    return Used(messages=1, bytes=len(message.encode()))


def shown_state(state: State) -> State:
    """How far a request is for the person who left it: nobody is told that they were taken for spam."""
    return "seen" if state == "spam" else state


def check_note(text: str) -> str:
    """The note without space around it; raises Invalid."""
    note = text.strip()
    if not is_visible(note):
        raise Invalid(FieldError("text", "required"))
    if len(note) > NOTE:
        raise Invalid(FieldError("text", "too_long", {"max": NOTE}))
    if _NOT_STORED.search(note):
        raise Invalid(FieldError("text", "forbidden_character"))
    return note


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # The 29th of February.
        return day.replace(year=day.year + years, day=28)
