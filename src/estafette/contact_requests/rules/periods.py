"""Days of a partner: when they begin, and how they are gathered into weeks and months."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from estafette.base.errors import FieldError, Invalid
from estafette.contact_requests.models.counts import Grouping

# Beyond these there is no request, and calendars come to their end.
FIRST: Final = date(2000, 1, 1)
LAST: Final = date(2999, 12, 31)


def check_period(first: date | None, last: date | None) -> None:
    """Raises Invalid for days that no calendar of ours has."""
    values = {"min": FIRST.isoformat(), "max": LAST.isoformat()}
    wrong = [
        FieldError(name, "out_of_range", values)
        for name, day in (("from", first), ("to", last))
        if day is not None and not FIRST <= day <= LAST
    ]
    if wrong:
        raise Invalid(*wrong)


def day_of(at: datetime, time_zone: str) -> date:
    """The day of a moment in a zone."""
    return at.astimezone(_zone(time_zone)).date()


def beginning(day: date, time_zone: str) -> datetime:
    """When a day begins in a zone."""
    return datetime.combine(day, time.min, _zone(time_zone))


def end(day: date, time_zone: str) -> datetime:
    """When the day after begins."""
    return beginning(day + timedelta(days=1), time_zone)


def local(at: datetime, time_zone: str) -> datetime:
    """A moment as clocks in a zone show it."""
    return at.astimezone(_zone(time_zone)).replace(tzinfo=None)


def group_of(day: date, grouping: Grouping) -> str:
    """The key of the day, week (ISO 8601) or month that a day is part of."""
    match grouping:
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case "month":
            return f"{day:%Y-%m}"
        case _:
            return day.isoformat()


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
