"""The time, asked for in one place so that tests can move it."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the present time in UTC, shifted by what a test asked for."""

    def __init__(self) -> None:
        self._shift = timedelta()

    def now(self) -> datetime:
        """The present time in UTC."""
        return datetime.now(UTC) + self._shift

    @property
    def shift(self) -> timedelta:
        """What a test asked for, for statements that go by the clock of the server."""
        return self._shift

    def move(self, by: timedelta) -> None:
        """Shifts the clock; meant for tests of what happens later."""
        self._shift += by
