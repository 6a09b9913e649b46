"""Hours in which a client is left in peace, by the clock on its wall."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from estafette.communications.models.schedules import QuietHours

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


def quiet_until(quiet: QuietHours, zone: str, now: datetime) -> datetime | None:
    """When the quiet that reigns in a zone now is over, in UTC; None when there is none.

    It begins at its first minute and ends before its last one, also over midnight. Where the clock goes back at its end
    it is quiet until that time has come for good; an end that the clock leaves out comes when the clock has gone on.
    """
    place = ZoneInfo(zone)
    wall = now.astimezone(place)
    if not is_quiet(quiet, wall.time()):
        return None
    goes_on = quiet.begin > quiet.end and wall.time() >= quiet.begin
    day = wall.date() + _DAY if goes_on else wall.date()
    # The later of two; of one that is left out the one behind the gap.
    end = datetime.combine(day, quiet.end, place)
    until = max(end.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    # However odd a zone is: who is left in peace now is not told that this is over.
    return until if until > now else now + _HOUR


def is_quiet(quiet: QuietHours, wall: time) -> bool:
    """Whether a clock shows a quiet time."""
    if quiet.begin <= quiet.end:
        return quiet.begin <= wall < quiet.end
    return wall >= quiet.begin or wall < quiet.end
