"""How long to wait before something that failed is tried again: longer each time, up to a limit."""

import random
from datetime import timedelta
from typing import Final

# More steps than any limit needs: thousands of failures must not overflow.
_MOST_STEPS: Final = 60


def back_off(failures: int, first: float, longest: float, *, factor: float = 2.0, jitter: float = 0.0) -> float:
    """Seconds to wait after so many failures running, 1 being the first: `first`, then each time `factor` times more.

    At most `longest`; `jitter` is the share by which that is made shorter or longer at random, so that those who
    failed together do not come back together.
    """
    seconds = min(longest, first * factor ** min(failures - 1, _MOST_STEPS))
    return seconds * random.uniform(1 - jitter, 1 + jitter) if jitter else seconds  # noqa: S311 - a spread, no secret


def spread(pause: timedelta, most: float = 0.2) -> timedelta:
    """A pause made longer at random, by this share of it at most.

    So that not all that waits for the same receiver comes at once when it is back.
    """
    return pause * random.uniform(1, 1 + most)  # noqa: S311 - a spread, no secret
