"""What becomes of a step of a ladder that is due. Pure: the clock, the person's wishes and the content decide."""

from datetime import datetime, timedelta
from typing import TypeGuard

from estafette.notifications.models.contents import Content
from estafette.notifications.models.settings import Quiet, State
from estafette.notifications.rules.quiet import quiet_until


def waits_until(quiet: Quiet | None, time_zone: str, now: datetime, *, urgent: bool) -> datetime | None:
    """Until when a step waits because its person wants quiet; what is urgent does not wait."""
    return None if urgent or quiet is None else quiet_until(quiet, time_zone, now)


def is_news(content: Content | None) -> TypeGuard[Content]:
    """Whether there is something to tell: it is there, it came after what was told before, and it was not seen."""
    return content is not None and not content.seen


def due_at(content: Content, delay_seconds: int, now: datetime) -> datetime | None:
    """When a content may be told that is too young for its step now: what the step was for is gone or was read."""
    due = content.since + timedelta(seconds=delay_seconds) if content.since is not None else now
    return due if due > now else None


def leads(state: State) -> bool:
    """Whether a way is taken: what waits for a gateway that is down goes out when it is up again."""
    return state in ("ready", "gateway_down")
