"""When a person wants quiet: every day between two times in their zone, or until a time."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from estafette.notifications.models.settings import Quiet

LOOKED_AT_AGAIN: Final = timedelta(days=1)
"""What waits for a quiet without an end; when that is taken back it is looked at earlier."""
_HOUR: Final = 60


def quiet_until(quiet: Quiet, time_zone: str, now: datetime) -> datetime | None:
    """When the quiet that reigns now ends; None when there is none.

    Quiet hours begin at their first minute and end before their last one, also over midnight. A time that a change of
    the clocks leaves out ends the quiet when the clocks have gone on.
    """
    ends = [end for end in (_do_not_disturb(quiet, now), _hours(quiet, time_zone, now)) if end is not None]
    return max(ends, default=None)


def is_disturbed_by_nobody(quiet: Quiet, now: datetime) -> bool:
    """Whether do not disturb holds."""
    return quiet.do_not_disturb and (quiet.do_not_disturb_until is None or quiet.do_not_disturb_until > now)


def _do_not_disturb(quiet: Quiet, now: datetime) -> datetime | None:
    if not is_disturbed_by_nobody(quiet, now):
        return None
    return quiet.do_not_disturb_until or now + LOOKED_AT_AGAIN


def _hours(quiet: Quiet, time_zone: str, now: datetime) -> datetime | None:
    start, end = quiet.quiet_from, quiet.quiet_until
    if start is None or end is None or start == end:
        return None
    zone = _zone(time_zone)
    here = now.astimezone(zone)
    minute = here.hour * _HOUR + here.minute
    over_midnight = start > end
    if not (minute >= start or minute < end if over_midnight else start <= minute < end):
        return None
    day = here.date() + timedelta(days=1) if over_midnight and minute >= start else here.date()
    until = datetime(day.year, day.month, day.day, end // _HOUR, end % _HOUR, tzinfo=zone).astimezone(now.tzinfo)
    # In the hour that the clocks go through twice the end may seem to lie behind.
    while until <= now:
        until += timedelta(hours=1)
    return until


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        # A zone that this machine does not know (any more) must not silence anybody for good.
        return ZoneInfo("UTC")


def minutes_of(text: str) -> int | None:
    """The minute of the day that HH:MM means; None for everything else."""
    hours, colon, minutes = text.partition(":")
    if not (colon and len(hours) == 2 and len(minutes) == 2 and (hours + minutes).isascii()):
        return None
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < _HOUR):
        return None
    return int(hours) * _HOUR + int(minutes)


def clock_time(minute: int | None) -> str | None:
    """HH:MM of a minute of the day."""
    return None if minute is None else f"{minute // _HOUR:02}:{minute % _HOUR:02}"
