"""When something refused for now is tried again, by the kind of reason; how long a message is worth sending."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from estafette.base.back_off import back_off
from estafette.deliveries.models.messages import Channel, Refused

VALIDITY: Final[dict[Channel, timedelta]] = {
    "sms": timedelta(hours=48),
    "mms": timedelta(hours=48),
    "email": timedelta(days=5),
    "push": timedelta(hours=24),
    "whatsapp": timedelta(hours=48),
}
"""How long a message is tried when its sender says nothing."""
TRIED_FOR: Final = timedelta(minutes=2)
"""The same for the test of a gateway: what a dead one does not take is not to go out when nobody waits for it."""

JITTER: Final = 0.2
# One answer of "too fast" holds up a whole gateway so long, unless it named a time itself.
PAUSE_SECONDS: Final = 5.0
LONGEST_PAUSE_SECONDS: Final = 600.0


class _Plan(msgspec.Struct, frozen=True):
    """Seconds before the next attempt after the n-th refusal running, and how many refusals end it (None: expiry)."""

    delay: Callable[[int], float]
    refusals: int | None = None


def _growing(first: float, factor: float, longest: float) -> Callable[[int], float]:
    return lambda refusals: back_off(refusals, first, longest, factor=factor)


_BY_CODE: Final[dict[str, _Plan]] = {
    "throttled": _Plan(lambda _: 30.0, 20),
    "system_error": _Plan(lambda _: 30.0, 2),
    "submit_failed": _Plan(lambda _: 30.0, 2),
    "queue_full": _Plan(lambda _: 180.0, 2),
    # Too much to one recipient: 4, 16, 64 … seconds, as Meta asks for.
    "pair_throttled": _Plan(_growing(4.0, 4.0, 4096.0), 8),
    "connection_lost": _Plan(_growing(1.0, 2.0, 60.0)),
}
_BY_CHANNEL: Final[dict[Channel, _Plan]] = {
    "sms": _Plan(_growing(5.0, 2.0, 900.0)),
    "mms": _Plan(_growing(5.0, 2.0, 900.0)),
    "email": _Plan(_growing(300.0, 1.3, 14_400.0)),
    "push": _Plan(_growing(5.0, 2.0, 900.0)),
    "whatsapp": _Plan(_growing(5.0, 2.0, 900.0)),
}


def kind_of_refusal(refused: Refused) -> str:
    """What refusals are counted by: one of another kind begins anew."""
    if refused.throttled:
        return "throttled"
    return refused.code if refused.code in _BY_CODE else "other"


def retry_after(channel: Channel, refused: Refused, refusals: int, chance: float) -> float | None:
    """Seconds before the next attempt, None when there shall be none.

    `refusals` counts those of this kind running, this one included; `chance` is between 0 and 1 and spreads the delay
    by 20 % either way, so that what failed together does not come back together.
    """
    if refused.permanent:
        return None
    plan = _BY_CODE.get(kind_of_refusal(refused), _BY_CHANNEL[channel])
    if plan.refusals is not None and refusals > plan.refusals:
        return None
    if refused.retry_after is not None:
        # Never earlier than it was asked for.
        return max(0.0, refused.retry_after) * (1 + JITTER * chance)
    return plan.delay(refusals) * (1 - JITTER + 2 * JITTER * chance)


def pause(refused: Refused) -> float:
    """Seconds for which a gateway that says "too fast" gets nothing at all."""
    return min(LONGEST_PAUSE_SECONDS, max(0.1, refused.retry_after or PAUSE_SECONDS))
