"""The rate limiter of a gateway, counted in segments: a bucket that holds what may go out in one second."""

from collections.abc import Sequence

# So that a gateway of a thousand a second is not asked for each message apart.
SHORTEST_WAIT_SECONDS = 0.05


def burst(per_second: float) -> float:
    """What the bucket holds when it is full: a second's worth, at least one segment."""
    return max(1.0, per_second)


def refilled(tokens: float, elapsed: float, per_second: float) -> float:
    """What the bucket holds after so many seconds; a clock that was set back takes nothing away."""
    return min(burst(per_second), tokens + max(0.0, elapsed) * per_second)


def affordable(tokens: float, per_second: float, segments: Sequence[int]) -> int:
    """How many messages of these sizes, in order, may go out now.

    One that is larger than the full bucket goes out when the bucket is full and leaves a debt.
    """
    full = burst(per_second)
    for count, size in enumerate(segments):
        if tokens < min(size, full):
            return count
        tokens -= size
    return len(segments)


def wait(tokens: float, per_second: float, size: int) -> float:
    """Seconds until a message of a size may go out."""
    missing = min(size, burst(per_second)) - tokens
    return max(SHORTEST_WAIT_SECONDS, missing / per_second)


def share(most: int, per_second: float) -> int:
    """How many messages of what is not urgent may go out at once: half of what the full bucket holds, at least one."""
    return max(1, min(most, int(burst(per_second) / 2)))
