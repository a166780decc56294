from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from events_app.intake import times
from events_app.intake.days import Listed, day_change
from events_app.intake.oddities import Oddities


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("00:30", 30), ("1:00", 60), ("0:20", 20), ("01:30:00", 90), ("1:02:00:00", 1560), ("45", 45), ("PT1H30M", 90),
     ("P1D", 1440), ("", None), ("nonsense", None), ("1:2:3:4:5", None), ("99999999:00", None), ("-1:00", None)],
)  # fmt: skip
def test_spans_are_read_as_minutes(written: str, minutes: int | None) -> None:
    assert times.span(written) == minutes


@pytest.mark.parametrize(
    ("written", "found"),
    [("09:30", time(9, 30)), ("9.30", time(9, 30)), ("9h30", time(9, 30)), ("1:15 pm", time(13, 15)),
     ("12:00 am", time(0)), ("24:00", None), ("9:75", None), ("soon", None)],
)  # fmt: skip
def test_times_of_day_are_read(written: str, found: time | None) -> None:
    assert times.clock_time(written) == found


def test_zones_are_known_by_their_iana_names_only() -> None:
    assert times.known_zone("europe/london") == "Europe/London"
    assert [times.known_zone(name) for name in ("CEST", "../../etc/passwd", "", "Europe", "\x00")] == [""] * 5


def test_a_zone_is_found_that_shows_the_offsets() -> None:
    summer = datetime.fromisoformat("2028-07-01T09:00:00+02:00")
    winter = datetime.fromisoformat("2028-12-01T09:00:00+01:00")
    assert times.zone_for([summer, winter]) == "Europe/Berlin"
    assert times.zone_for([datetime.fromisoformat("2028-07-01T09:00:00-04:00")]) == "America/New_York"
    assert times.zone_for([datetime.fromisoformat("2028-07-01T09:00:00+00:00")]) == ""
    assert times.zone_for([datetime.fromisoformat("2028-07-01T09:00:00-12:00")]) == "Etc/GMT+12"


def test_times_that_clocks_skip_or_show_twice_are_taken_in_one_way_and_reported() -> None:
    odd = Oddities()
    clock = times.Clock("Europe/London", odd)
    assert clock.utc(datetime(2028, 3, 26, 1, 30), "a") == datetime(2028, 3, 26, 1, 30, tzinfo=UTC)
    assert clock.utc(datetime(2028, 10, 29, 1, 30), "b") == datetime(2028, 10, 29, 0, 30, tzinfo=UTC)
    assert clock.utc(datetime(2028, 3, 26, 2, 30), "c") == datetime(2028, 3, 26, 1, 30, tzinfo=UTC)
    assert [one.where for one in odd.told()] == ["a", "b"]
    assert "never showed 2028-03-26 01:30" in odd.told()[0].what
    assert "twice" in odd.told()[1].what


def _listed(*moments: str) -> list[Listed]:
    return [Listed(moment, date(2028, 3, 25), datetime.fromisoformat(moment)) for moment in moments]


def test_days_begin_where_everything_falls_on_its_own_day() -> None:
    odd = Oddities()
    assert day_change(_listed("2028-03-25T09:00"), None, odd) == 0
    assert day_change(_listed("2028-03-25T09:00"), 540, odd) == 540
    assert day_change(_listed("2028-03-25T08:00"), 540, odd) == 0
    assert day_change(_listed("2028-03-25T09:30", "2028-03-26T02:00"), None, odd) == 540
    assert day_change(_listed("2028-03-25T09:30", "2028-03-26T02:00"), 240, odd) == 240
    assert odd.told() == ()


def test_what_is_listed_under_a_wrong_day_is_reported() -> None:
    odd = Oddities()
    assert day_change(_listed("2028-03-25T09:00", "2028-03-25T10:00", "2028-03-28T10:00"), 240, odd) == 240
    assert [one.where for one in odd.told()] == ["2028-03-28T10:00"]
