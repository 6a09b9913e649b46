"""When a communication may reach which client: by zone, outside quiet hours, and until when it is of use."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from estafette.communications.models.schedules import QuietHours
from estafette.communications.models.work import Work
from estafette.communications.rules.quiet_hours import quiet_until
from estafette.communications.rules.times import KEPT_FOR, UNKNOWN, is_of_client, is_zone, not_before, zones


class Moments(Struct, frozen=True, kw_only=True):
    """From when on clients may be reached; `first` is for those whose zone is not named."""

    first: datetime
    by_zone: Mapping[str, datetime]


def moments(work: Work) -> Moments:
    """The first moment of every zone, quiet hours left out: for this recipients wait at first."""
    quiet = _quiet_hours(work)
    named = zones() if quiet is not None or is_of_client(work.schedule) else ()
    times = not_before(work.schedule, (None, *named), _begins(work))
    found = {zone: _outside(quiet, _zone(work, zone), at) for zone, at in times.items()}
    return Moments(first=found.pop(None), by_zone={zone: at for zone, at in found.items() if zone is not None})


def useless_from(work: Work, zone: str | None) -> datetime:
    """From when on it is not sent any more to clients of a zone."""
    meant = not_before(work.schedule, (zone,), _begins(work))[zone]
    if work.schedule.expires_after is not None:
        return meant + timedelta(seconds=work.schedule.expires_after)
    # What somebody let begin late is not over at once.
    return max(meant, work.started_at or meant) + KEPT_FOR


def quiet_until_now(work: Work, zone: str | None, now: datetime) -> datetime | None:
    """Until when a client of a zone is left in peace, None when that is not so."""
    quiet = _quiet_hours(work)
    return None if quiet is None else quiet_until(quiet, _zone(work, zone), now)


def _quiet_hours(work: Work) -> QuietHours | None:
    # A message to a single client is about something that they wait for.
    return work.schedule.quiet if work.kind == "campaign" else None


def _begins(work: Work) -> datetime:
    return work.starts_at or work.created_at


def _zone(work: Work, zone: str | None) -> str:
    return zone if zone is not None and is_zone(zone) else work.schedule.zone or UNKNOWN


def _outside(quiet: QuietHours | None, zone: str, at: datetime) -> datetime:
    return at if quiet is None else quiet_until(quiet, zone, at) or at
