"""Days and times as people of each language write them (CLDR, by Babel)."""

from datetime import date, datetime, time, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime

from estafette.base.languages import Language

_LOCALES: Final[dict[Language, str]] = {"en": "en_GB", "fr": "fr_FR", "pt": "pt_BR", "ru": "ru_RU"}
# Nothing of ours is older, and a day more than the last one of the calendar is none.
_FIRST: Final = date(1970, 1, 1)
_LAST: Final = date(9999, 12, 30)


def day_in_words(day: date, language: Language) -> str:
    """Such as 28 November 2026."""
    return format_date(day, "long", locale=_LOCALES[language])


def moment_in_words(moment: datetime, language: Language, time_zone: str) -> str:
    """Day and time in a zone, such as 28 Nov 2026, 14:05; in UTC when the zone is not known."""
    return format_datetime(moment.astimezone(_zone(time_zone)), "d MMM y, HH:mm", locale=_LOCALES[language])


def start_of_day(day: date, time_zone: str) -> datetime:
    """When a day begins in a zone, in UTC when the zone is not known; days beyond what we can keep are moved there."""
    return datetime.combine(min(max(day, _FIRST), _LAST), time.min, _zone(time_zone))


def day_of(moment: datetime, time_zone: str) -> date:
    """Which day it is at a moment in a zone, in UTC when the zone is not known."""
    return moment.astimezone(_zone(time_zone)).date()


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
