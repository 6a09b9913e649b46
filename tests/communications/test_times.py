"""Wall time becomes an instant in every zone there is, and quiet hours never end before they should."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from estafette.base.errors import Invalid
from estafette.communications.models.schedules import QuietHours, Schedule
from estafette.communications.rules.quiet_hours import is_quiet, quiet_until
from estafette.communications.rules.times import instant, not_before, resolve, zones

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
wall_time = datetime.fromisoformat
ZONES = st.sampled_from(zones())
WALLS = st.datetimes(wall_time("2000-01-01T00:00"), wall_time("2037-12-31T00:00")).map(
    lambda each: each.replace(second=0, microsecond=0)
)
CLOCKS = st.times().map(lambda each: each.replace(second=0, microsecond=0))


@settings(max_examples=300, deadline=None)
@given(wall=WALLS, zone=ZONES)
@example(wall=wall_time("2026-03-29T02:30"), zone="Europe/Paris")
@example(wall=wall_time("2026-10-25T02:30"), zone="Europe/Paris")
@example(wall=wall_time("2011-12-30T09:00"), zone="Pacific/Apia")
@example(wall=wall_time("2026-04-05T01:45"), zone="Australia/Lord_Howe")
def test_the_clock_shows_the_wall_time_unless_it_left_it_out(wall: datetime, zone: str) -> None:
    place = ZoneInfo(zone)
    at = instant(wall, zone)
    shown = at.astimezone(place)
    gap = wall.replace(tzinfo=place, fold=0).utcoffset() != wall.replace(tzinfo=place, fold=1).utcoffset()
    if shown.replace(tzinfo=None) != wall:
        # Left out: as much later as the clock went forward.
        assert gap
        assert shown.replace(tzinfo=None) > wall
        before, after = (at + timedelta(days=days) for days in (-2, 2))
        forward = after.astimezone(place).utcoffset() - before.astimezone(place).utcoffset()  # type: ignore[operator]
        assert shown.replace(tzinfo=None) - wall == forward
    else:
        earlier = wall.replace(tzinfo=place, fold=0).astimezone(UTC)
        assert at == earlier
        assert at <= wall.replace(tzinfo=place, fold=1).astimezone(UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "at"),
    [
        ("2026-03-29T02:30", "Europe/Paris", "2026-03-29T01:30+00:00"),
        ("2026-10-25T02:30", "Europe/Paris", "2026-10-25T00:30+00:00"),
        ("2026-05-17T09:00", "America/Sao_Paulo", "2026-05-17T12:00+00:00"),
    ],
)
def test_gaps_are_shifted_forward_and_of_two_times_the_first_counts(wall: str, zone: str, at: str) -> None:
    schedule = Schedule(local_time=datetime.fromisoformat(wall), zone=zone)
    resolved = resolve(schedule, NOW)
    assert resolved.send_at == resolved.starts_at == datetime.fromisoformat(at)
    assert resolved.expires_at == resolved.starts_at + timedelta(days=2)


@settings(max_examples=20, deadline=None)
@given(
    wall=st.datetimes(wall_time("2026-02-28T00:00"), wall_time("2028-01-01T00:00")),
    zone=ZONES,
    of=st.lists(ZONES | st.none() | st.just("Mars/Base"), max_size=20),
    kept=st.integers(60, 86400 * 30) | st.none(),
)
def test_no_client_is_reached_before_it_begins_or_after_it_ends(
    wall: datetime, zone: str, of: list[str | None], kept: int | None
) -> None:
    schedule = Schedule(local_time=wall, zone=zone, of_client=True, expires_after=kept)
    assume(instant(wall, zone) >= NOW)
    resolved = resolve(schedule, NOW)
    found = not_before(schedule, of, resolved.starts_at)
    assert found.keys() == set(of)
    assert all(NOW <= resolved.starts_at <= each < resolved.expires_at for each in found.values())
    assert all(found[each] == resolved.send_at for each in of if each in (None, "Mars/Base"))


@settings(max_examples=400, deadline=None)
@given(
    begin=CLOCKS,
    end=CLOCKS,
    zone=ZONES,
    now=st.datetimes(wall_time("2000-01-01T00:00"), wall_time("2037-01-01T00:00"), timezones=st.just(UTC)),
)
@example(begin=time(22), end=time(2, 30), zone="Europe/Paris", now=datetime(2026, 10, 25, 0, 10, tzinfo=UTC))
@example(begin=time(22), end=time(2, 30), zone="Europe/Paris", now=datetime(2026, 3, 28, 23, 10, tzinfo=UTC))
@example(begin=time(23), end=time(9), zone="Pacific/Apia", now=datetime(2011, 12, 30, 9, 30, tzinfo=UTC))
@example(begin=time(1, 15), end=time(1, 45), zone="Australia/Lord_Howe", now=datetime(2026, 4, 4, 14, 50, tzinfo=UTC))
def test_quiet_hours_never_end_before_they_should(begin: time, end: time, zone: str, now: datetime) -> None:
    quiet, place = QuietHours(begin=begin, end=end), ZoneInfo(zone)
    until = quiet_until(quiet, zone, now)
    if until is None:
        assert not is_quiet(quiet, now.astimezone(place).time())
        return
    assert until > now
    assert not is_quiet(quiet, until.astimezone(place).time())
    assert until - now <= timedelta(hours=50)
    # Nor is it quiet again before the next evening: the hour that comes twice is over.
    assert quiet_until(quiet, zone, until) is None


@pytest.mark.parametrize(
    ("given_", "wrong"),
    [
        ({"send_at": NOW - timedelta(minutes=2)}, ("schedule.send_at", "time_past")),
        ({"send_at": wall_time("2026-05-01T00:00")}, ("schedule.send_at", "time_without_zone")),
        ({"local_time": wall_time("2026-02-01T00:00"), "zone": "UTC"}, ("schedule.local_time", "time_past")),
        ({"local_time": wall_time("0001-01-01T00:00"), "zone": "UTC"}, ("schedule.local_time", "time_past")),
        ({"local_time": wall_time("9999-12-31T00:00"), "zone": "UTC"}, ("schedule.local_time", "time_too_far")),
        ({"local_time": wall_time("2026-05-01T00:00")}, ("schedule.zone", "required")),
        ({"local_time": wall_time("2026-05-01T00:00"), "zone": "Mars/Base"}, ("schedule.zone", "time_zone_unknown")),
        (
            {"local_time": wall_time("2026-05-01T00:00"), "zone": "../passwd"},
            ("schedule.zone", "time_zone_unknown"),
        ),
    ],
)
def test_a_time_that_cannot_be_is_refused_by_name(given_: dict[str, Any], wrong: tuple[str, str]) -> None:
    with pytest.raises(Invalid) as problem:
        resolve(Schedule(**given_), NOW)
    assert [(each.field, each.code) for each in problem.value.fields] == [wrong]


def test_without_a_time_it_begins_at_once() -> None:
    resolved = resolve(Schedule(expires_after=3600), NOW)
    assert (resolved.send_at, resolved.starts_at, resolved.expires_at) == (None, NOW, NOW + timedelta(hours=1))
