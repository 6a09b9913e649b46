"""When a communication may reach which client: by zone, outside quiet hours, and until when it is of use."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from estafette.communications.models.schedules import QuietHours, Schedule
from estafette.communications.models.work import KEPT_FOR, Work

_ANYWHERE: Final = "UTC"


class Moments(Struct, frozen=True, kw_only=True):
    """From when on clients may be reached; `first` is for those whose zone is not named."""

    first: datetime
    by_zone: Mapping[str, datetime]


def moments(work: Work) -> Moments:
    """The first moment of every zone, quiet hours left out: for this recipients wait at first."""
    schedule, quiet = work.schedule, quiet_hours(work)
    default = schedule.zone or _ANYWHERE
    zones = available_timezones() if quiet is not None or _is_of_client(schedule) else set[str]()
    by_zone = {zone: _outside(quiet, zone, time_in(work, zone)) for zone in zones}
    return Moments(first=_outside(quiet, default, time_in(work, default)), by_zone=by_zone)


def time_in(work: Work, zone: str | None) -> datetime:
    """When a communication was meant to reach clients of a zone."""
    schedule = work.schedule
    if schedule.local_time is not None and _is_of_client(schedule):
        return _instant(schedule.local_time, zone or schedule.zone or _ANYWHERE)
    return work.starts_at or work.created_at


def useless_from(work: Work, zone: str | None) -> datetime:
    """From when on it is not sent any more to clients of a zone."""
    meant = time_in(work, zone)
    if work.schedule.expires_after is not None:
        return meant + timedelta(seconds=work.schedule.expires_after)
    # What somebody let begin late is not over at once.
    return max(meant, work.started_at or meant) + KEPT_FOR


def quiet_until_now(work: Work, zone: str | None, now: datetime) -> datetime | None:
    """Until when a client of a zone is left in peace, None when that is not so."""
    quiet = quiet_hours(work)
    until = _outside(quiet, zone or work.schedule.zone or _ANYWHERE, now)
    return until if until > now else None


def quiet_hours(work: Work) -> QuietHours | None:
    """The hours that are kept; a message to a single client is about something that they wait for."""
    return work.schedule.quiet if work.kind == "campaign" else None


def _is_of_client(schedule: Schedule) -> bool:
    return schedule.of_client and schedule.local_time is not None


def _outside(quiet: QuietHours | None, zone: str, at: datetime) -> datetime:
    """The first moment from then on that is in no quiet hours."""
    if quiet is None or quiet.begin == quiet.end:
        return at
    local = at.astimezone(ZoneInfo(zone))
    wall = local.time()
    over_midnight = quiet.begin > quiet.end
    inside = wall >= quiet.begin or wall < quiet.end if over_midnight else quiet.begin <= wall < quiet.end
    if not inside:
        return at
    day = local.date() + timedelta(days=1 if over_midnight and wall >= quiet.begin else 0)
    return max(at, _instant(datetime.combine(day, quiet.end), zone))


def _instant(wall: datetime, zone: str) -> datetime:
    """Wall time as an instant: one that a clock leaves out is as much later, of two the first counts."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
