"""The throttle of a lane: a bucket that fills by so many a minute and holds what one second brings."""

from datetime import datetime

from estafette.communications.models.work import Pace


def refilled(pace: Pace, per_minute: int | None, now: datetime) -> Pace:
    """The bucket as it is now."""
    if per_minute is None:
        return Pace(tokens=pace.tokens, refilled_at=now)
    seconds = max(0.0, (now - pace.refilled_at).total_seconds())
    most = max(1.0, per_minute / 60)
    return Pace(tokens=min(most, pace.tokens + seconds * per_minute / 60), refilled_at=max(now, pace.refilled_at))


def spent(pace: Pace, count: int) -> Pace:
    """The bucket after so many were handed over."""
    return Pace(tokens=pace.tokens - count, refilled_at=pace.refilled_at)
