"""Low-water marks of the queue: from where to look, since what was before has gone and need not be passed again.

While somebody reads for long (a backup), PostgreSQL cannot clear away what has left the queue, and each look from the
beginning would walk past all of it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

URGENCIES: Final = (0, 1, 2)
BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)
# What is committed late, or by a server whose clock is behind, is still found at once.
MARGIN: Final = timedelta(seconds=5)
# And what is later yet, so much later.
LOOK_BACK: Final = timedelta(seconds=15)


QueuePosition = tuple[str, int, datetime]
"""A lane, an urgency, and from when on."""


class LowWaterMarks:
    """From when on one who claims again and again has to look, for each lane and urgency."""

    def __init__(self) -> None:
        self._marks: dict[tuple[str, int], datetime] = {}
        self._begun = BEGINNING

    def positions(self, lanes: Sequence[str], now: datetime) -> list[QueuePosition]:
        """Where to look in turn, urgent ones first; now and then from the beginning."""
        if not timedelta(0) <= now - self._begun < LOOK_BACK:
            self.forget()
            self._begun = now
        return [(lane, urgency, self._marks.get((lane, urgency), BEGINNING)) for urgency in URGENCIES for lane in lanes]

    def forget(self) -> None:
        """Looks from the beginning the next time."""
        self._marks.clear()
        self._begun = BEGINNING

    def note(self, positions: Sequence[QueuePosition], last: QueuePosition | None, now: datetime) -> None:
        """Remembers how far everything was taken: up to the last one, or, when that is None, all there was."""
        newest = now - MARGIN
        for lane, urgency, _ in positions:
            if last is not None and (lane, urgency) == last[:2]:
                self._marks[lane, urgency] = min(last[2], newest)
                return
            self._marks[lane, urgency] = newest


def from_the_beginning(lanes: Sequence[str]) -> list[QueuePosition]:
    """Everywhere in these lanes."""
    return [(lane, urgency, BEGINNING) for urgency in URGENCIES for lane in lanes]
