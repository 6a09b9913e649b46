"""What becomes of a step of a ladder that is due. Pure: the clock, the person's wishes and the story decide."""

from datetime import datetime, timedelta
from typing import TypeGuard

from estafette.notifications.models.settings import Quiet, State
from estafette.notifications.models.stories import Story
from estafette.notifications.rules.quiet import quiet_until


def waits_until(quiet: Quiet | None, time_zone: str, now: datetime, *, urgent: bool) -> datetime | None:
    """Until when a step waits because its person wants quiet; what is urgent does not wait."""
    return None if urgent or quiet is None else quiet_until(quiet, time_zone, now)


def is_news(story: Story | None) -> TypeGuard[Story]:
    """Whether there is something to tell: it is there, it came after what was told before, and it was not seen."""
    return story is not None and not story.seen


def ripens_at(story: Story, delay_seconds: int, now: datetime) -> datetime | None:
    """When a story may be told that is too young for its step now, since what the step was for is gone or was read."""
    ripe = story.since + timedelta(seconds=delay_seconds) if story.since is not None else now
    return ripe if ripe > now else None


def leads(state: State) -> bool:
    """Whether a way is taken: what waits for a gateway that is down goes out when it is up again."""
    return state in ("ready", "gateway_down")
