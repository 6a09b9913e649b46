"""When a communication begins, reaches each client and ends: what a clock on a wall showed becomes an instant.

Wall time that a clock leaves out is moved forward by as much as the clock is; of one that comes twice the first counts.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec import Struct

from estafette.base.errors import invalid
from estafette.communications.models.schedules import Schedule

KEPT_FOR: Final = timedelta(days=2)
"""How long after a client's time a message may leave where nothing else is said."""
PAST: Final = timedelta(minutes=1)
"""Who fills in a form for "now" is not told that now is past."""
FIRST: Final = datetime(1970, 1, 2)  # noqa: DTZ001
LAST: Final = datetime(9990, 1, 1)  # noqa: DTZ001
"""Wall times beyond these are none that anybody means."""
UNKNOWN: Final = "UTC"
"""The zone of those of whom none is known, where a schedule names none."""


class Resolved(Struct, frozen=True, kw_only=True):
    """A schedule as instants: `send_at` as it was said, None for at once, and between which anything may leave."""

    send_at: datetime | None
    starts_at: datetime
    expires_at: datetime


def resolve(schedule: Schedule, now: datetime) -> Resolved:
    """The instants of a schedule; raises Invalid with `time_past` or `time_zone_unknown` for what cannot be.

    Where each client has its own time it begins with the zone that comes first, and `send_at` is the time in `zone`.
    """
    kept = KEPT_FOR if schedule.expires_after is None else timedelta(seconds=schedule.expires_after)
    if schedule.local_time is None and schedule.send_at is None:
        return Resolved(send_at=None, starts_at=now, expires_at=now + kept)
    field = "schedule.send_at" if schedule.local_time is None else "schedule.local_time"
    send_at = _said(schedule)
    if send_at < now - PAST:
        raise invalid(field, "time_past")
    if not is_of_client(schedule) or schedule.local_time is None:
        return Resolved(send_at=send_at, starts_at=send_at, expires_at=send_at + kept)
    instants = [instant(schedule.local_time, zone) for zone in zones()]
    # Where the day has begun earlier the time may be past already: those clients get it at once.
    return Resolved(send_at=send_at, starts_at=max(min(instants), now), expires_at=max(instants) + kept)


def not_before(schedule: Schedule, of: Iterable[str | None], starts_at: datetime) -> dict[str | None, datetime]:
    """From when on clients of these zones are reached, never before `starts_at`; None: those of whom none is known."""
    if not is_of_client(schedule) or schedule.local_time is None:
        return dict.fromkeys(of, starts_at)
    wall, default = schedule.local_time, schedule.zone or UNKNOWN
    return {zone: max(instant(wall, zone if zone is not None and is_zone(zone) else default), starts_at) for zone in of}


def is_of_client(schedule: Schedule) -> bool:
    """Whether each client has a time of its own."""
    return schedule.of_client and schedule.local_time is not None


def instant(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time in a zone, in UTC."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def storable(at: datetime) -> datetime:
    """A moment with an offset, or the nearest that is one everywhere: an offset can move it out of all years."""
    return min(max(at, FIRST.replace(tzinfo=UTC)), LAST.replace(tzinfo=UTC))


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@cache
def zones() -> tuple[str, ...]:
    """All zones in which a client may be."""
    return tuple(sorted(available_timezones()))


def _said(schedule: Schedule) -> datetime:
    if schedule.local_time is None:
        if schedule.send_at is None or schedule.send_at.tzinfo is None:
            raise invalid("schedule.send_at", "time_without_zone")
        return schedule.send_at.astimezone(UTC)
    if schedule.zone is None:
        raise invalid("schedule.zone", "required")
    if not is_zone(schedule.zone):
        raise invalid("schedule.zone", "time_zone_unknown")
    if schedule.local_time.tzinfo is not None:
        raise invalid("schedule.local_time", "time_with_zone")
    if not FIRST <= schedule.local_time <= LAST:
        raise invalid("schedule.local_time", "time_past" if schedule.local_time < FIRST else "time_too_far")
    return instant(schedule.local_time, schedule.zone)
