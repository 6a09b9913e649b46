"""What people may hand in: every wrong field is named at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from estafette.accounts import Wrong, line
from estafette.base.emojis import exactly_one
from estafette.base.errors import FieldError, Invalid, invalid
from estafette.presence.models.presences import CustomStatus, CustomStatusPut, StatusPut

AHEAD: Final = timedelta(days=366)
TEXT_CHARACTERS: Final = 100
INFO_CHARACTERS: Final = 500
"""Of what the documented interface of the corporate messenger calls `info`."""
ASKED_AT_ONCE: Final = 200


def check_status(given: StatusPut, now: datetime) -> None:
    """Raises Invalid for an end that is past or too far ahead, or that ends nothing."""
    wrong = _wrong_end(given.until, now)
    if given.until is not None and given.status is None:
        wrong.append(FieldError("until", "no_status_to_end"))
    if wrong:
        raise Invalid(*wrong)


def custom_status(given: CustomStatusPut, now: datetime) -> CustomStatus:
    """What somebody says of themselves; raises Invalid."""
    wrong = _wrong_end(given.until, now)
    emoji = exactly_one(given.emoji) if given.emoji else ""
    if emoji is None:
        wrong.append(FieldError("emoji", "not_an_emoji"))
    try:
        text = _text(given.text)
    except Wrong as error:
        wrong.append(FieldError("text", error.code, error.values))
        text = ""
    if not wrong and not (emoji or text):
        wrong.append(FieldError("text", "required"))
    if wrong:
        raise Invalid(*wrong)
    return CustomStatus(emoji=emoji or "", text=text, until=given.until)


def info(given: str) -> str:
    """What the documented interface says of somebody, on one line; raises Invalid."""
    try:
        return _info(" ".join(given.split()))
    except Wrong as error:
        raise invalid("info", error.code, **error.values) from error


def people(given: str) -> list[UUID]:
    """Ids with commas between, each once; raises Invalid."""
    names = [each for each in given.split(",") if each]
    if len(names) > ASKED_AT_ONCE:
        raise invalid("people", "too_many", max=ASKED_AT_ONCE)
    try:
        return list(dict.fromkeys(map(UUID, names)))
    except ValueError as error:
        raise invalid("people", "wrong_type") from error


def _wrong_end(until: datetime | None, now: datetime) -> list[FieldError]:
    if until is None:
        return []
    if until <= now:
        return [FieldError("until", "in_the_past")]
    return [FieldError("until", "too_far_ahead", {"days": AHEAD.days})] if until > now + AHEAD else []


_text: Callable[[str], str] = line(TEXT_CHARACTERS, shortest=0)
_info: Callable[[str], str] = line(INFO_CHARACTERS, shortest=0)
