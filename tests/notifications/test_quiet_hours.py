"""Quiet hours in a person's zone, over midnight, and when the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.notifications.models.settings import Quiet
from estafette.notifications.rules.quiet import clock_time, minutes_of, quiet_until

NIGHT = Quiet(quiet_from=22 * 60, quiet_until=7 * 60)
PARIS = ZoneInfo("Europe/Paris")


def in_paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-28T21:59", None),
        ("2026-11-28T22:00", "2026-11-29T07:00"),
        ("2026-11-29T00:00", "2026-11-29T07:00"),
        ("2026-11-29T06:59", "2026-11-29T07:00"),
        ("2026-11-29T07:00", None),
        # The night in which the clocks go on, and the one in which they go back.
        ("2026-03-28T23:00", "2026-03-29T07:00"),
        ("2026-10-24T23:00", "2026-10-25T07:00"),
    ],
)
def test_the_night_is_quiet_in_the_persons_zone(now: str, until: str | None) -> None:
    expected = None if until is None else in_paris(until)
    assert quiet_until(NIGHT, "Europe/Paris", in_paris(now)) == expected


def test_a_quiet_that_ends_in_the_hour_that_is_left_out_ends_after_it() -> None:
    quiet = Quiet(quiet_from=60, quiet_until=150)
    end = quiet_until(quiet, "Europe/Paris", in_paris("2026-03-29T01:30"))
    assert end == datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "half past two is half past three there"


def test_do_not_disturb_lasts_until_its_end_and_the_later_of_the_two_counts() -> None:
    now = in_paris("2026-11-28T12:00")
    until = now + timedelta(hours=1)
    assert quiet_until(Quiet(do_not_disturb=True, do_not_disturb_until=until), "Europe/Paris", now) == until
    assert quiet_until(Quiet(do_not_disturb=True, do_not_disturb_until=until), "Europe/Paris", until) is None
    both = Quiet(quiet_from=11 * 60, quiet_until=14 * 60, do_not_disturb=True, do_not_disturb_until=until)
    assert quiet_until(both, "Europe/Paris", now) == in_paris("2026-11-28T14:00")


def test_an_unknown_zone_silences_nobody_for_good() -> None:
    assert quiet_until(NIGHT, "Mars/Olympus", datetime(2026, 1, 1, 12, tzinfo=UTC)) is None


@given(
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - the zone is added below
    st.sampled_from(["UTC", "Europe/Paris", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_quiet_ends_after_now_within_a_day_and_is_over_then(start: int, end: int, at: datetime, zone: str) -> None:
    now = at.replace(tzinfo=UTC)
    until = quiet_until(Quiet(quiet_from=start, quiet_until=end), zone, now)
    if until is None:
        return
    assert now < until <= now + timedelta(hours=26)
    after = quiet_until(Quiet(quiet_from=start, quiet_until=end), zone, until)
    assert after is None or after - until <= timedelta(hours=1), "at most the hour that the clocks go through twice"


@pytest.mark.parametrize("text", ["", "7:00", "24:00", "12:60", "12.30", "１２:00", "12:00:00", "-1:00"])
def test_what_is_no_time_of_day(text: str) -> None:
    assert minutes_of(text) is None


@given(st.integers(0, 1439))
def test_times_of_day_are_read_as_they_are_written(minute: int) -> None:
    text = clock_time(minute)
    assert text is not None
    assert minutes_of(text) == minute
