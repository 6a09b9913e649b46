"""What becomes of a step of a ladder that is due. Pure: the clock, the person's wishes and the story decide."""

from datetime import datetime
from typing import Literal

from estafette.notifications.models.settings import Quiet, State
from estafette.notifications.models.stories import Story
from estafette.notifications.rules.quiet import quiet_until

Verdict = Literal["tell", "over", "nothing_new"]


def waits_until(quiet: Quiet | None, time_zone: str, now: datetime, *, urgent: bool) -> datetime | None:
    """Until when a step waits because its person wants quiet; what is urgent does not wait."""
    return None if urgent or quiet is None else quiet_until(quiet, time_zone, now)


def verdict(story: Story | None, told: int) -> Verdict:
    """Whether there is something to tell; a ladder is over when its thing was seen or does not exist any more.

    `told` is how far the same way has told before: then only what came after it counts.
    """
    if story is None:
        return "nothing_new" if told else "over"
    return "over" if story.seen else "tell"


def leads(state: State) -> bool:
    """Whether a way is taken: what waits for a gateway that is down goes out when it is up again."""
    return state in ("ready", "gateway_down")
