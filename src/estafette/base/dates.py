"""Days and times as people of each language write them (CLDR, by Babel)."""

from datetime import date, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime

from estafette.base.languages import Language

_LOCALES: Final[dict[Language, str]] = {"en": "en_GB", "fr": "fr_FR", "pt": "pt_BR", "ru": "ru_RU"}


def day_in_words(day: date, language: Language) -> str:
    """Such as 28 November 2026."""
    return format_date(day, "long", locale=_LOCALES[language])


def moment_in_words(moment: datetime, language: Language, time_zone: str) -> str:
    """Day and time in a zone, such as 28 Nov 2026, 14:05; in UTC when the zone is not known."""
    zone: tzinfo
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return format_datetime(moment.astimezone(zone), "d MMM y, HH:mm", locale=_LOCALES[language])
