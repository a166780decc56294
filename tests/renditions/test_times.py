from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from events_app.renditions.times import Times, language_name, minutes

from ..conference import EVENT, at

TIMES = Times(EVENT)


def test_moments_are_said_on_the_events_clocks() -> None:
    assert TIMES.clock(at(25, 9)) == "09:00"
    assert TIMES.clock(at(26, 9)) == "10:00"  # the clocks went forward
    assert TIMES.iso(at(26, 9)) == "2028-03-26T10:00+01:00"
    assert TIMES.stamp(at(2, 9)) == "2 March 2028, 09:00"


def test_what_runs_into_the_night_needs_no_second_date() -> None:
    assert TIMES.clocks(at(25, 22), at(26, 2)) == "22:00–03:00"
    assert TIMES.clocks(at(25, 9), at(26, 15)) == "09:00 – Sun 26 March 16:00"


def test_days_are_said_as_short_as_they_can_be() -> None:
    day = date(2028, 3, 25)
    assert [TIMES.day(day, form) for form in ("long", "short", "name", "number", "month")] == [
        "Saturday 25 March", "Sat 25 March", "Sat", "25", "Mar",
    ]  # fmt: skip
    assert TIMES.days(day, day) == "25 March 2028"
    assert TIMES.days(day, day + timedelta(days=2)) == "25–27 March 2028"
    assert TIMES.days(day, day + timedelta(days=9)) == "25 March – 3 April 2028"
    assert TIMES.days(day, day + timedelta(days=300)) == "25 March 2028 – 19 January 2029"


def test_the_zone_is_named() -> None:
    assert Times(replace(EVENT, ends=EVENT.starts)).zone_name() == "Greenwich Mean Time (Europe/London)"


def test_where_the_clocks_change_meanwhile_both_names_are_said() -> None:
    assert TIMES.zone_name() == "Greenwich Mean Time, then British Summer Time (Europe/London)"


def test_minutes_are_said_in_hours_where_they_are_hours() -> None:
    assert [minutes(n) for n in (0, 1, 20, 60, 90, 120)] == [
        "0 minutes", "1 minute", "20 minutes", "1 hour", "1 hour 30 minutes", "2 hours",
    ]  # fmt: skip


def test_languages_are_named_and_what_is_no_language_stays() -> None:
    assert language_name("fr") == "French"
    assert language_name("de, en") == "German · English"
    assert language_name("klingonese") == "klingonese"
